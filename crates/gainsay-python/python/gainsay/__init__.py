"""gainsay: from reports of a conflict to claims, and to what can be said of them.

- :func:`extract` reads texts to claims; :func:`extract_batches` does so in a stream.
- :func:`open` opens a ledger, :func:`init` makes one; :class:`Ledger` answers from it.
- :func:`weigh` weighs claims that no ledger keeps.

Every table is a :class:`Table`, which pyarrow, polars, pandas and DuckDB take as their own.
"""

from __future__ import annotations

from ._errors import GainsayError, InputError, InputWarning, LedgerError, NotFound
from ._gainsay import Batches, Schema, Table, __version__
from ._ledger import Added, Ledger, Verified, Weighed, init, open, weigh
from ._read import extract, extract_batches

__all__ = [
    "Added",
    "Batches",
    "GainsayError",
    "InputError",
    "InputWarning",
    "Ledger",
    "LedgerError",
    "NotFound",
    "Schema",
    "Table",
    "Verified",
    "Weighed",
    "__version__",
    "extract",
    "extract_batches",
    "init",
    "open",
    "weigh",
]
