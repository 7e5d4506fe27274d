"""What a report is called where nobody gave it a title."""

from __future__ import annotations

from framing.render._story import NO_NAMES, Story, clean


def title_of(story: Story) -> str:
    """Return the title of the one article, or one made from the names of the groups."""
    groups = story.comparison.groups
    if story.one_article and len(story.comparison.articles):
        name = str(story.comparison.articles["title"].iloc[0])
        if name and name != "nan":
            return clean(name, 160)
    if story.lone and len(groups):
        if (called := _nameless(story)) is not None:
            return called
        return story.wording("title.single", group=clean(groups["group"].iloc[0], 80))
    if 1 < len(groups) <= 3:
        names = [clean(group, 40) for group in groups["group"]]
        return story.wording("title.few", names=story.wording.listing(names))
    return story.wording("title.several", n=len(groups), groups=story.noun(len(groups)))


def _nameless(story: Story) -> str | None:
    """Return what one article without a title, or articles without a group, are called; None if they have a name."""
    group, n = str(story.comparison.groups["group"].iloc[0]), int(story.comparison.groups["n_articles"].iloc[0])
    if group in NO_NAMES:
        return story.wording("title.article_unknown") if n == 1 else story.wording("title.unknown", n=n)
    return story.wording("title.article", group=clean(group, 80)) if n == 1 else None
