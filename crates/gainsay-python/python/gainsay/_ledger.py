"""Ledgers, and what can be answered from them."""

from __future__ import annotations

import datetime
import getpass
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeAlias

from . import _gainsay, _given
from ._errors import LedgerError
from ._gainsay import Table

Day: TypeAlias = "str | datetime.date | None"
Names: TypeAlias = "str | Iterable[str] | None"
Path: TypeAlias = "str | os.PathLike[str]"


class Weighed:
    """Claims that were weighed, and the answers from them; every answer is a table.

    All answers take the same filters, as the command line does:

    - ``place``, ``actor``, ``source``: ids, or any names in any spelling; one, or several
    - ``kind``: the kind of claim; for disputes, of dispute
    - ``report``: a report's id
    - ``from_``, ``to``: when it happened
    - ``known_by``: only what had been said by this day
    - ``according_to``: only what this source says

    Private persons stand under pseudonyms, the same one everywhere, unless ``names=True``: who hands a table on should
    have to think of it. Their ids then begin with ``v~``, and may be asked for as they are. Offsets of evidence count
    over the report's own text, whatever ``exact`` calls somebody.
    """

    def __init__(self, answers: _gainsay.Answers, warnings: list[str] | None = None) -> None:
        self._answers = answers
        self.warnings: list[str] = warnings or []

    def claims(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        kind: str | None = None,
        report: str | None = None,
        event: str | None = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """What is said, with report, outlet, day, the independent voices (``roots``) behind it, and its event.

        >>> claims = ledger.claims(kind="capture", place="Siyasiyeh bridge")
        >>> claims.to_pylist()[0]["place"][0]["id"]
        'siyasiyeh-bridge'
        """
        return self._table("claims", names, **_but(locals()))

    def events(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        kind: str | None = None,
        report: str | None = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """What several claims are held to be about: where, when, who, how many (``ucdp``), and how well founded."""
        return self._table("events", names, **_but(locals()))

    def disputes(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        kind: str | None = None,
        report: str | None = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Claims about one thing that cannot all be true, each side with its sources.

        ``kind`` may be ``count, actor, occurrence, holder, place, time`` or ``tie``. ``revision`` is true where the same
        voice says something newer.
        """
        return self._table("disputes", names, **_but(locals()))

    def sources(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        kind: str | None = None,
        report: str | None = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Who says it: whose side they are on, whom they cite, whose reports they repost."""
        return self._table("sources", names, **_but(locals()))

    def actors(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        kind: str | None = None,
        report: str | None = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Whom claims name, with all their spellings."""
        return self._table("actors", names, **_but(locals()))

    def places(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        kind: str | None = None,
        report: str | None = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Which places claims name, with coordinates (WGS84) and P-codes where they are known."""
        return self._table("places", names, **_but(locals()))

    def tally(
        self,
        policy: str = "ucdp",
        *,
        measure: str | None = None,
        group: str | None = None,
        event: str | None = None,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        kind: str | None = None,
        report: str | None = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """How many, by source and under a policy: ``ucdp``, ``acled``, ``airwars`` or ``by-source``.

        ``measure`` is what is counted (``killed, injured, displaced`` …), ``group`` of whom (``civilians, children,
        government-side, all`` …).

        >>> row, = ledger.tally("ucdp", measure="killed", group="islamic-state-side", from_="2016-01-16",
        ...     to="2016-01-20", place="Deir ez-Zor province").to_pylist()
        >>> row["low"], row["best"], row["high"], row["rule"]
        (22, 22, 42, 'tie -> low')
        """
        return self._table("tally", names, **_but(locals()))

    def control(
        self,
        at: Day,
        *,
        policy: str = "voices",
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Who holds which place on a day: ``held``, ``claimed``, ``contested`` or ``unknown``.

        ``policy`` is what counts as a change of hands: ``voices`` or ``acled``.
        """
        return self._table("control", names, **_but(locals()))

    def holdings(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Who held which place from when to when."""
        return self._table("holdings", names, **_but(locals()))

    def sieges(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Who is cut off, by whom, from when to when, and from what."""
        return self._table("sieges", names, **_but(locals()))

    def ties(
        self,
        a: Names,
        b: Names,
        *,
        place: Names = None,
        source: Names = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """How two actors stood to each other over time, and who says so."""
        return self._table("ties", names, **_but(locals()))

    def displacement(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """Who fled and who is displaced, by each voice; never added up."""
        return self._table("displacement", names, **_but(locals()))

    def needs(
        self,
        *,
        place: Names = None,
        actor: Names = None,
        source: Names = None,
        from_: Day = None,
        to: Day = None,
        known_by: Day = None,
        according_to: Names = None,
        names: bool = False,
    ) -> Table:
        """How many are in need or live under siege, by each voice; never added up."""
        return self._table("needs", names, **_but(locals()))

    def access(self, place: Names, at: Day, *, known_by: Day = None, names: bool = False) -> Table:
        """Which ways lead into a place on a day, and through whose hands."""
        return self._table("access", names, **_but(locals()))

    def close(self) -> None:
        """Lets go of what was weighed; nothing can be asked after."""
        self._answers.close()

    def __enter__(self) -> Any:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _table(self, what: str, names: bool, **asked: Any) -> Table:
        return self._answers.table(what, _asked(asked), names)


@dataclass(frozen=True)
class Added:
    """What became of what was given to :meth:`Ledger.add`."""

    #: Reports that are new in the ledger.
    added: int
    #: Reports that were there already.
    unchanged: int
    #: Claims read from the new ones.
    claims: int
    #: What was not taken in, and why: a line each.
    refused: list[str] = field(default_factory=list)
    #: What is wrong with reports that were taken in.
    faulty: list[str] = field(default_factory=list)
    #: What is worth knowing of the rest.
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Verified:
    """What :meth:`Ledger.verify` found."""

    #: What is not as it should be: a line each; nothing where all is well.
    faults: list[str]
    #: Number and hash of the log's last entry: noted down elsewhere it shows later whether the log was cut.
    head: str | None
    #: How many reports.
    reports: int | None
    #: How many claims.
    claims: int | None
    #: Reports were added that have not been weighed yet.
    stale: bool

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not self.faults


class Ledger(Weighed):
    """A ledger, as it stood when it was opened; :func:`open` gives it.

    >>> with gainsay.open(path) as ledger:
    ...     ledger.events(kind="capture", place="Siyasiyeh bridge").to_pylist()[0]["id"]
    '2014-06-03-capture-siyasiyeh-bridge'
    """

    def __init__(self, path: Path) -> None:
        self.path: str = _given.path(path)
        super().__init__(_gainsay.open(self.path))

    def add(self, *inputs: Path, by: str | None = None, threads: int | None = None) -> Added:
        """Takes files and folders in, as ``gainsay add`` does; what is there already changes nothing.

        ``by`` is who takes them in, as the log shall say. Answers are then from what was added, too. Where it is
        interrupted, what was written stays, and the same call goes on where it stopped.
        """
        if self._answers.closed:
            raise LedgerError("the ledger is closed")
        paths = [_given.path(one) for one in inputs]
        try:
            figures, lines = _gainsay.add(self.path, paths, by or _who(), threads)
        finally:
            self.refresh()
        return Added(
            figures["added"], figures["unchanged"], figures["claims"], lines["refused"], lines["faulty"], lines["notes"]
        )

    def refresh(self) -> None:
        """Answers from now on from the ledger as it stands now."""
        before = self._answers
        self._answers = _gainsay.open(self.path)
        before.close()

    def verify(self) -> Verified:
        """Checks every hash, the chain of the log, and all that is derived.

        >>> ledger.verify().ok
        True
        """
        faults, head, counts, stale = _gainsay.verify(self.path)
        reports, claims = counts or (None, None)
        return Verified(faults, head, reports, claims, stale)

    def why(self, id: str, *, names: bool = False) -> dict[str, Any]:
        """Everything behind the id of a claim, event or dispute: words, rules, chain, decisions.

        >>> list(ledger.why("2014-06-03-capture-siyasiyeh-bridge")["event"])
        ['event', 'voices']
        """
        found: dict[str, Any] = json.loads(self._answers.why(id, names))
        return found

    def __repr__(self) -> str:
        return f"<gainsay.Ledger {self.path}>"


def open(path: Path) -> Ledger:
    """Opens a ledger. It is read, and written only by :meth:`Ledger.add`.

    Raises ``LedgerError`` where there is none, or it cannot be read.
    """
    return Ledger(path)


def init(path: Path, *, by: str | None = None) -> Ledger:
    """Makes an empty ledger and opens it; ``by`` is who begins its log.

    Raises ``LedgerError`` where there is a file already.
    """
    _gainsay.init(_given.path(path), by or _who())
    return Ledger(path)


def weigh(claims: Any, reports: Any, *, words: Path | None = None) -> Weighed:
    """Weighs claims that no ledger keeps: who stands behind them, which are about one event, which cannot all be true.

    ``claims`` is a table as :func:`extract` gives it, of any reader; ``reports`` the table it was read from, with the
    same ids; ``words`` as there. What cannot be taken is in ``.warnings``, and an ``InputWarning``.

    >>> import pyarrow as pa
    >>> reports = pa.table({"id": ["a", "b"], "published": ["2014-06-03"] * 2, "publisher": ["SANA", "Reuters"],
    ...     "text": ["Shells killed 5 civilians in Al-Qusour, the army said.",
    ...              "Shells killed 9 civilians in Al-Qusour, activists said."]})
    >>> weighed = gainsay.weigh(gainsay.extract(reports), reports)
    >>> [side["value"] for side in weighed.disputes(kind="count").to_pylist()[0]["sides"]]
    ['5', '9']
    """
    tables = _given.table(claims, "claims"), _given.table(reports, "reports")
    answers, warnings = _gainsay.weigh(*tables, _given.perhaps(words))
    _given.say(warnings, "claims")
    return Weighed(answers, warnings)


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _but(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in ("self", "names")}


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    lists = ("place", "actor", "source", "according_to", "a", "b")
    days = ("from_", "to", "known_by", "at")
    words = ("kind", "report", "event", "policy", "measure", "group")
    asked: dict[str, Any] = {name: _given.many(given.get(name), name) for name in lists}
    asked.update({name.rstrip("_"): _given.day(given.get(name), name) for name in days})
    asked.update({name: given.get(name) for name in words})
    return asked
