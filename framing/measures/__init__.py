"""Measures: each marks places in articles, or scores them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points

from framing.errors import InternalError, OptionError
from framing.measures._base import Marks, Measure, Reading
from framing.measures.headline import Headline
from framing.measures.hedging import Hedging
from framing.measures.loaded import Loaded
from framing.measures.naming import Naming
from framing.measures.passives import Passives
from framing.measures.readability import Readability
from framing.measures.scare_quotes import ScareQuotes
from framing.measures.sourcing import Sourcing

__all__ = ["Marks", "Measure", "Reading", "available", "choose"]

GROUP = "framing.measures"
_OWN: tuple[type[Measure], ...] = (Loaded, Naming, Hedging, ScareQuotes, Passives, Sourcing, Headline, Readability)


@cache
def available() -> dict[str, type[Measure]]:
    """Return all measures by name: the package's own, then those of installed plugins.

    A plugin is a class derived from `Measure`, registered under the entry point group ``framing.measures``.

    Raises
    ------
    InternalError
        If a plugin cannot be loaded or takes a name that exists.
    """
    found = {measure.name: measure for measure in _OWN}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        measure = point.load()
        if not (isinstance(measure, type) and issubclass(measure, Measure)) or measure.name in found:
            msg = f"plugin {point.value} is no Measure with a name of its own"
            raise InternalError(msg)
        found[measure.name] = measure
    return found


def choose(names: Sequence[str] | None = None, further: Sequence[type[Measure]] = ()) -> list[Measure]:
    """Return measures by name, all of them by default, in their fixed order.

    Parameters
    ----------
    names : sequence of str, optional
    further : sequence of Measure
        Those that stand to the right of this package: trained models.

    Raises
    ------
    OptionError
        If a name is unknown; the message lists those that exist.
    """
    known = {**available(), **{measure.name: measure for measure in further}}
    unknown = [name for name in names or () if name not in known and name != "attribution"]
    if unknown:
        msg = f"measure {unknown[0]!r}; allowed are attribution, {', '.join(known)}"
        raise OptionError(msg)
    return [measure() for name, measure in known.items() if names is None or name in names]
