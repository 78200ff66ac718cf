"""Reading: texts to claims, without a ledger."""

from __future__ import annotations

import os
from typing import Any

from . import _gainsay, _given
from ._gainsay import Batches, Table


def extract(
    texts: Any,
    *,
    published: Any = None,
    outlet: Any = None,
    author: Any = None,
    title: Any = None,
    url: Any = None,
    id: Any = None,
    language: Any = None,
    words: str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> Table:
    """Reads texts and gives what they claim: a table with a row for each claim.

    ``texts`` is a list of texts; or a column of texts of pyarrow, polars or pandas; or a table of reports with the
    columns ``text`` and, as far as they are known, ``id, published, publisher, author, title, url, language``: anything
    with ``__arrow_c_stream__`` or ``__arrow_c_array__``.

    The other arguments say the same of every text, or give one value for each; in a table they fill what is null.
    ``published`` is the day it was said (a date, or text like ``2014-06-03``): "yesterday" is counted from it.
    ``outlet`` is who published it. A text without ``id`` is called by its position, counted from 0.
    What is given nowhere is looked for in the text, as the command line does.

    ``words`` is whose words to read by beside gainsay's own: a folder of lists, or a ledger with lists of its own.
    ``threads`` is on how many threads to read, all cores where nothing is said; it changes nothing of the result.

    A text that cannot be read costs one line in ``.warnings`` of the table, and an ``InputWarning``.
    Names stand in the table as they stand in the texts: they are yours.

    >>> claims = gainsay.extract(
    ...     ["Shells killed 5 civilians in Al-Qusour yesterday, activists said."],
    ...     published="2014-06-03", outlet="Euphrates Wire")
    >>> claim, = claims.to_pylist()
    >>> claim["kind"], claim["count"]["what"], claim["count"]["low"], claim["source"][0]["mention"]
    ('casualties', 'killed', 5, 'activists')
    >>> claim["time"]["start"]
    datetime.date(2014, 6, 2)

    Raises ``InputError`` where what is given is no such thing.
    """
    given = _fields(published, outlet, author, title, url, id, language)
    table = _gainsay.extract(_given.texts(texts), given, threads, _given.perhaps(words))
    _given.say(table.warnings, "texts")
    return table


def extract_batches(
    texts: Any,
    *,
    published: Any = None,
    outlet: Any = None,
    author: Any = None,
    title: Any = None,
    url: Any = None,
    id: Any = None,
    language: Any = None,
    words: str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> Batches:
    """As :func:`extract`, a few hundred texts at a time: memory stays flat, however many there are.

    Gives an iterator of tables, which is also an Arrow stream: other libraries read on as they need.

    >>> import pyarrow as pa
    >>> reports = pa.RecordBatchReader.from_batches(
    ...     pa.schema([("text", pa.string())]),
    ...     (pa.record_batch({"text": ["Rebels captured Ayyash."]}) for _ in range(3)))
    >>> sum(len(claims) for claims in gainsay.extract_batches(reports))
    3

    ``.warnings`` of the iterator is what was not read so far.
    """
    given = _fields(published, outlet, author, title, url, id, language)
    return Batches(_given.texts(texts), given, threads, _given.perhaps(words))


def _fields(
    published: Any, outlet: Any, author: Any, title: Any, url: Any, id: Any, language: Any
) -> dict[str, Any]:
    values = {
        "published": published,
        "publisher": outlet,
        "author": author,
        "title": title,
        "url": url,
        "id": id,
        "language": language,
    }
    return {name: _given.column(value, name) for name, value in values.items() if value is not None}
