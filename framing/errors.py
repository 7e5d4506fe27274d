"""What can go wrong, and whose fault it is.

Every error that `framing` raises on purpose is a `FramingError`. Its message is one line that names the file, the
line where there is one, what was found and what is allowed. The command line prints it and exits with `exit_code`.
"""

from __future__ import annotations


class FramingError(Exception):
    """Base of all errors that framing raises on purpose."""

    exit_code = 2


class InputError(FramingError):
    """An input cannot be read as it was given: file, column, encoding, row."""


class OptionError(FramingError):
    """An option has a value that is not allowed; the message lists what is."""


class LexiconError(FramingError):
    """A lexicon breaks a rule of lexicons/README.md; the message names file and line."""


class LayoutError(FramingError):
    """A report layout, style or wording file cannot be used."""


class MissingExtraError(FramingError):
    """A feature needs an optional dependency; the message says which extra to install."""


class InternalError(FramingError):
    """A fault of ours."""

    exit_code = 1
