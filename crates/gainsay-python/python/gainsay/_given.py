"""What people hand over, made into what the Rust part takes: lists, texts and Arrow."""

from __future__ import annotations

import datetime
import os
import sys
import warnings
from collections.abc import Iterable
from typing import Any

from ._errors import InputError, InputWarning


def column(value: Any, name: str) -> Any:
    """A text for all rows, a list, or anything of Arrow's; dates become texts."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return day(value, name)
    if isinstance(value, bytes):
        raise InputError(f"{name} is bytes; decode it first, as in .decode('utf-8')")
    if _is_series(value):
        return _of_series(value, name)
    if hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__"):
        return value
    if isinstance(value, Iterable):
        return [day(item, name) if isinstance(item, datetime.date) else item for item in value]
    return value


def texts(value: Any) -> Any:
    """A table of reports, a column of texts, or a list of them."""
    if isinstance(value, str):
        raise InputError("texts is one text; give a list of texts: [text]")
    if _is_frame(value):
        return _of_frame(value)
    return column(value, "texts")


def table(value: Any, name: str) -> Any:
    """A table of anybody's."""
    if _is_frame(value):
        return _of_frame(value)
    if hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__"):
        return value
    kind = type(value).__name__
    raise InputError(f"{name}: {kind} is no Arrow table; give one of pyarrow, polars, pandas or DuckDB")


def day(value: Any, name: str) -> str | None:
    """A day as ISO text."""
    if value is None:
        return None
    # pandas' NaT is a datetime that is none.
    if value != value:
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, (datetime.date, str)):
        return value if isinstance(value, str) else value.isoformat()
    raise InputError(f"{name} is {type(value).__name__}; give a date, or text like 2014-06-20")


def many(value: Any, name: str) -> list[str]:
    """One name or several."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    names = list(value)
    for one in names:
        if not isinstance(one, str):
            raise InputError(f"{name} is {type(one).__name__}; give a name or id, or a list of them")
    return names


def path(value: str | os.PathLike[str]) -> str:
    """A path as text."""
    return os.fspath(value)


def perhaps(value: str | os.PathLike[str] | None) -> str | None:
    """A path, where there is one."""
    return None if value is None else path(value)


def say(lines: list[str], of: str) -> None:
    """Warns once of all that was not read."""
    if lines:
        more = f" (and {len(lines) - 1} more; see .warnings)" if len(lines) > 1 else ""
        warnings.warn(f"{lines[0]}{more}", InputWarning, stacklevel=3)


def _is_series(value: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, (pandas.Series, pandas.Index))


def _is_frame(value: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def _of_series(value: Any, name: str) -> Any:
    try:
        import pyarrow
    except ImportError:
        return [_plain(item, name) for item in value]
    try:
        return pyarrow.chunked_array([pyarrow.Array.from_pandas(value)])
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError):
        return [_plain(item, name) for item in value]
    except TypeError:
        # Already chunked, as pandas' own Arrow columns are.
        return pyarrow.Array.from_pandas(value)


def _of_frame(value: Any) -> Any:
    try:
        import pyarrow
    except ImportError:
        raise InputError("a pandas frame needs pyarrow; run `pip install pyarrow`") from None
    try:
        return pyarrow.Table.from_pandas(value, preserve_index=False)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError) as error:
        raise InputError(f"the frame is no table of single types ({error.args[0]}); mend the column") from None


def _plain(item: Any, name: str) -> Any:
    if item is None or item != item:
        return None
    return day(item, name) if isinstance(item, datetime.date) else item
