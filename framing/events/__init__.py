"""Which articles are on one event, and which repeat the words of another."""

from framing.events._events import Events
from framing.events._match import match_events

__all__ = ["Events", "match_events"]
