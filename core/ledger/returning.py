"""Ledgers that come back: which item a row is, and what the unit changed of it (docs/domain.md 8).

A unit changes its own columns only, and only by a claim that it is done: that is fed back, and waits for
re-inspection. What it changed elsewhere, and what both sides changed, is a conflict and no winner.
"""

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from core.actions.loop.correcting import CORRECTABLE, Correct
from core.actions.wish import Wish
from core.ledger.outcome import Entry, RowChoice
from core.ledger.record import FIELDS, KEYS, OWN_COLUMNS, PortableRecord, Projector
from core.ledger.rows.hands import Hands
from core.ledger.rows.matching import Matching
from core.ledger.rows.row import Row
from core.ledger.rows.steps import jotted, submission
from core.loop import NOT_ISSUED
from core.model import Item, State
from core.town.town import Town
from core.words.cells import plain
from core.words.claims import DONE
from core.words.text import key_of, without_phones

_BY_LEDGER = "台账返回"
"""Why something was corrected, in the history."""
_NOT_OURS = re.compile(
    r"不是我|不归我|不属于?我|非我(?:单位|所|站|队|村|社区)|与我.{0,4}无关|不在.{0,6}(?:辖区|范围|职责)|不属(?:于)?本|职责外|应由"
)
"""Words by which a unit says that a problem is another's."""
_WORDS_OF_WORK = frozenset({"responsible", "measure", "progress"})
"""What a unit says of its work while it goes on."""
_RETYPED = frozenset({"location", "description"})
_COMPARED = tuple(f.key for f in FIELDS if not f.derived and f.key not in ("number", "diary"))


class Returning:
    """Rows of one import that are about items already here."""

    def __init__(
        self,
        town: Town,
        projector: Projector,
        hands: Hands,
        handed: Mapping[int, Item],
        matching: Matching,
    ) -> None:
        """`handed` are items as they were handed out; `matching` knows what was said of each row."""
        self._town = town
        self._projector = projector
        self._hands = hands
        self._handed = handed
        self._matching = matching

    def _choice(self, row: Row, *, edited: bool) -> RowChoice | None:
        """The same; of a row that was `edited` since, the newer version of its ledger holds."""
        choice = self._matching.choice(row.incoming)
        return RowChoice.THEIRS if edited and choice == RowChoice.SURE else choice

    def entry(
        self, row: Row, item: Item, record: PortableRecord, claim: str | None, *, certain: bool
    ) -> Entry:
        """The same, the unit's answer to what it was given, or a conflict."""
        current = self._as_told(item)
        handed = self._handed.get(item.id)
        base = self._projector.record(handed) if handed is not None else current
        cells = row.incoming.cells
        given = {key for key in KEYS if plain(cells.get(key)) or cells.get(key)}
        differs = tuple(
            key
            for key in _COMPARED
            if key in given
            and _differ(key, record[key], base[key])
            and _differ(key, record[key], current[key])
        )
        if certain and "note" in differs:
            differs = self._with_note(row, record, current, differs)
        ours = {key for key in differs if current[key] != base[key]}
        edited = any(doubt.code == "edited" for doubt in row.doubts)
        if not certain and not edited:
            written = plain(cells.get("number"))
            slip = bool(written) and item in self._town.near(written)
            row.doubt("number_slip" if slip else "perhaps", "number", item.label)
        own_day = record["feedback_on"] and record["feedback_on"] != base["feedback_on"]
        if claim is None and own_day and not _NOT_OURS.search(row.text("progress")):
            claim = DONE  # a day of completion that the unit filled in
        choice = self._choice(row, edited=edited)
        corrections = jotted(row, item, self._town, self._hands.today) if certain else ()
        if choice == RowChoice.THEIRS:
            corrections += self._corrected(row, item, record, differs)
            differs, ours = tuple(key for key in differs if key in OWN_COLUMNS), set()
        elif choice == RowChoice.OURS:
            differs = tuple(key for key in differs if key in OWN_COLUMNS and key not in ours)
            ours = set()
        its_own = set(differs) <= OWN_COLUMNS and not ours
        if certain and differs and its_own and item.state == State.RECTIFYING:
            told_anew = {"progress", "feedback_on"} & set(differs)  # not what we handed out
            if claim == DONE and told_anew and self._hands.submit:
                return self._answered(row, item, record, claim, differs, corrections)
            words = self._told_words(row, item, record, differs)
            corrections = (*corrections, words) if words is not None else corrections
            differs = differs if words is not None else ()
        if corrections:
            first, *more = corrections
            return self._entry(
                row,
                item,
                record,
                claim,
                action="update",
                wish=first,
                more=tuple(more),
                differs=differs,
            )
        return self._entry(
            row,
            item,
            record,
            claim,
            action="conflict" if differs or not certain else "same",
            differs=differs,
            here={key: current[key] for key in differs},
        )

    def _as_told(self, item: Item) -> PortableRecord:
        """What is known of an item: of one that nobody was given yet with what its row said of that."""
        found = self._projector.record(item)
        kept = item.proposed
        if kept is None or item.state not in NOT_ISSUED:
            return found
        told = {
            "lead_unit": self._projector.unit(kept.lead),
            "co_units": self._projector.units(kept.co),
            "due_on": kept.due,
            "feedback_on": kept.feedback_on,
            "photos_after": list(kept.photos_after),
            **{key: getattr(kept, key) for key in (*_WORDS_OF_WORK, "requirement")},
        }
        return {**found, **{key: value for key, value in told.items() if not found[key]}}

    def said_anew(
        self, row: Row, item: Item, record: PortableRecord, claim: str | None
    ) -> Entry | None:
        """What a row known by its text alone says anew of work that goes on; None where it says nothing."""
        if item.state != State.RECTIFYING or claim == DONE:
            return None
        current = self._projector.record(item)
        differs = tuple(
            key
            for key in sorted(_WORDS_OF_WORK)
            if row.text(key) and _differ(key, record[key], current[key])
        )
        words = self._told_words(row, item, record, differs) if differs else None
        if words is None:
            return None
        return self._entry(row, item, record, claim, action="update", wish=words, differs=differs)

    @staticmethod
    def _with_note(
        row: Row, record: PortableRecord, current: PortableRecord, differs: tuple[str, ...]
    ) -> tuple[str, ...]:
        """What a unit adds in the column of notes is something it says of its work."""
        before, now = current["note"] or "", record["note"] or ""
        added = now.removeprefix(before).strip("；; ") if now.startswith(before) else now
        record["note"] = current["note"]
        if added and added not in (record["progress"] or ""):
            said = "；".join(text for text in (record["progress"], f"备注：{added}") if text)
            record["progress"] = row.texts["progress"] = said
            if said == current["progress"]:  # it came back twice
                return tuple(key for key in differs if key not in ("note", "progress"))
        return tuple(dict.fromkeys((*(k for k in differs if k != "note"), "progress")))

    @staticmethod
    def _told_words(
        row: Row, item: Item, record: PortableRecord, differs: tuple[str, ...]
    ) -> Wish | None:
        """What a unit says of its work without claiming it done: kept with the item and its history."""
        fields: dict[str, Any] = {
            key: str(record[key]) for key in sorted(_WORDS_OF_WORK & set(differs)) if record[key]
        }
        said = [row.text(key) for key in ("feedback_on", "photos_after") if key in differs]
        if any(said):
            before = fields.get("progress") or record["progress"] or ""
            fields["progress"] = "；".join(text for text in (before, *said) if text)
        if _NOT_OURS.search(str(record["progress"] or "")):
            row.doubt("not_ours", "progress", row.text("progress"))
        assignment = item.assignment
        fields = {k: v for k, v in fields.items() if assignment and getattr(assignment, k) != v}
        if not fields:
            return None
        action = Correct(item=item.id, fields=fields, reason=_BY_LEDGER)
        return Wish(action, item.revision, {"state": item.state})

    def _answered(
        self,
        row: Row,
        item: Item,
        record: PortableRecord,
        claim: str,
        differs: tuple[str, ...],
        corrections: tuple[Wish, ...],
    ) -> Entry:
        on, issued = record["feedback_on"], item.assignment.issued_on if item.assignment else None
        if on is not None and issued is not None and on < issued:
            row.doubt("before_issue", "feedback_on", on.isoformat())
            on = None
        submit = submission(self._hands, row, item.id, on)
        if "responsible" in differs:
            submit = replace(submit, responsible=row.text("responsible"))
        wish = Wish(submit, item.revision, {"state": item.state})
        first, *more = (*corrections, wish)
        return self._entry(
            row,
            item,
            record,
            claim,
            action="update",
            wish=first,
            more=tuple(more),
            differs=differs,
        )

    def _corrected(
        self, row: Row, item: Item, record: PortableRecord, differs: tuple[str, ...]
    ) -> tuple[Wish, ...]:
        """A correction of what may be corrected (T26); the rest is said and stays."""
        fields: dict[str, Any] = {}
        words = _WORDS_OF_WORK if item.state == State.RECTIFYING else frozenset()
        for key in differs:
            if key in words:  # its unit's own, kept beside
                continue
            name = "due" if key == "due_on" else key
            if key in ("zone", "zone_name") and record["zone"]:
                fields["zone"] = next(
                    z.id for z in self._town.zones.values() if z.code == record["zone"]
                )
            elif name in CORRECTABLE and record[key] and "****" not in str(record[key]):
                value = record[key]
                fields[name] = tuple(value) if isinstance(value, list) else value
            elif key not in OWN_COLUMNS:
                row.doubt("not_taken", key, plain(record[key]))
        if not fields:
            return ()
        known = {name: getattr(item, name) for name in fields if hasattr(item, name)}
        action = Correct(item=item.id, fields=fields, reason=_BY_LEDGER)
        return (Wish(action, item.revision, {"state": item.state, **known}),)

    def _entry(
        self, row: Row, item: Item, record: PortableRecord, claim: str | None, **what: Any
    ) -> Entry:
        return Entry(
            sheet=row.incoming.sheet,
            row=row.incoming.row,
            record=record,
            claim=claim,
            doubts=tuple(row.doubts),
            item=item.id,
            **what,
        )


def _differ(key: str, one: Any, other: Any) -> bool:
    """Whether a field has another value; place and text may be spaced and punctuated anew."""
    if isinstance(one, str) and isinstance(other, str):
        if "****" in one:  # a mobile number was struck out when it went out
            other = without_phones(other)
        if key in _RETYPED:
            return key_of(one) != key_of(other)
    if isinstance(one, list) and isinstance(other, list):
        return not set(one) <= set(other)  # photos that are here besides are no difference
    return bool(one != other)
