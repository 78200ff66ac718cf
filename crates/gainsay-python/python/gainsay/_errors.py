"""What may go wrong: each is one line that says what, where, and what to do."""

from __future__ import annotations


class GainsayError(Exception):
    """Anything that goes wrong in gainsay."""


class InputError(GainsayError, ValueError):
    """What was given to read, or asked for, is no good."""


class LedgerError(GainsayError):
    """A ledger cannot be opened, read or written."""


class NotFound(GainsayError, LookupError):
    """Nobody is known by this name, or nothing has this id; the nearest are offered."""


class InputWarning(UserWarning):
    """Some of what was given could not be read; the rest was."""
