"""The life of a paper (docs/domain.md 10): numbers are taken at signing, under the lock, and never again.

Signing a notice, a circular or a talk raises its items in the same transaction, by the very steps of the loop.
"""

from datetime import date
from typing import assert_never

from msgspec.structs import replace

from core.actions.loop.levels import Criticise, Summon, Supervise
from core.actions.papers import DraftPaper, ReceivePaper, ServePaper, SignPaper, WithdrawPaper
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop import levels
from core.deciding.loop.road import active_unit
from core.errors import Clash, Incomplete, NotFound, RuleError
from core.model import (
    OF_A_PERIOD,
    TO_A_UNIT,
    Document,
    DocumentKind,
    DocumentState,
    Item,
    Role,
    State,
    Trigger,
)
from core.papers.due import trigger_of
from core.papers.evidence import evidence_of
from core.papers.numbering import read_number, series_of, written_number
from core.roles import ON_SITE
from core.words.canonical import digest_of, frozen
from core.words.text import key_of

ISSUERS = (Role.CLERK, Role.LEADER)
SIGNERS: dict[DocumentKind, tuple[Role, ...]] = {
    DocumentKind.ASSIGNMENT: ISSUERS,
    DocumentKind.SUPERVISION: (Role.LEADER,),
    DocumentKind.CIRCULAR: (Role.LEADER,),
    DocumentKind.TALK: (Role.LEADER,),
    DocumentKind.EXPOSURE: ISSUERS,
    DocumentKind.BRIEF: ISSUERS,
    DocumentKind.APPRAISAL: (Role.LEADER,),
    DocumentKind.SUMMARY: (Role.LEADER,),
}
"""Who signs what (docs/domain.md 4)."""
_WITHOUT_ITEMS = frozenset({DocumentKind.BRIEF})
_STATES: dict[DocumentKind, tuple[State, ...]] = {
    DocumentKind.ASSIGNMENT: (State.RECTIFYING, State.AWAITING, State.CLOSED),
    DocumentKind.SUPERVISION: (State.RECTIFYING, State.AWAITING),
    DocumentKind.CIRCULAR: (State.RECTIFYING, State.AWAITING),
    DocumentKind.TALK: (State.RECTIFYING, State.AWAITING),
}
"""States of the items a paper may be about."""
D = DocumentState


@decides
def draft_paper(draft: Draft, action: DraftPaper) -> Document:
    """A draft; whatever it needs to be signed may still be missing but for its items and unit."""
    role = draft.require(ON_SITE)
    kind = DocumentKind(action.kind)
    if kind in OF_A_PERIOD:
        raise Incomplete("circular_of_period")
    day = draft.day(action.on)
    if kind in TO_A_UNIT:
        if action.unit is None:
            raise Incomplete("missing", verb="draft_paper", number="", fields=("unit",))
        active_unit(draft, action.unit)
    if kind == DocumentKind.SUPERVISION and action.reason not in ("", *Trigger):
        raise RuleError("unknown_reason", value=action.reason, expected=tuple(Trigger))
    if kind in _WITHOUT_ITEMS and not action.items and not action.text.strip():
        raise Incomplete("missing", verb="draft_paper", number=kind, fields=("text",))
    if not action.items and kind not in _WITHOUT_ITEMS:
        raise Incomplete("missing", verb="draft_paper", number="", fields=("items",))
    for key in dict.fromkeys(action.items):
        item = draft.item(key)
        _check_item(item, kind, action.unit)
        if kind == DocumentKind.CIRCULAR:
            levels.check_criticised(item, day)
        if kind == DocumentKind.TALK:
            levels.check_summoned(item, day)
    if action.work_until is not None and action.work_until < day:
        raise RuleError("due_before_issue", number="", due=action.work_until, on=day)
    document = Document(
        id=draft.new_id("documents"),
        kind=kind,
        unit=action.unit,
        items=tuple(dict.fromkeys(action.items)),
        work_until=action.work_until,
        reason=action.reason,
        reference=action.reference,
        text=action.text,
        drafted_on=day,
    )
    draft.put("documents", document)
    draft.note(document, "draft_paper", role, table="documents", on=day, note=action.note)
    return document


def _check_item(item: Item, kind: DocumentKind, unit: int | None) -> None:
    states = _STATES.get(kind)
    if states is not None and item.state not in states:
        raise RuleError("not_for_paper", number=item.label, state=item.state)
    lead = item.assignment.lead if item.assignment else None
    if kind in TO_A_UNIT and lead != unit:
        raise RuleError("another_unit", number=item.label)


@decides
def sign_paper(draft: Draft, action: SignPaper) -> None:
    """签发: everything the paper needs is there, and all of it happens or nothing does."""
    key = action.document or max((d.id for d in draft.rows("documents")), default=0)
    document = _known(draft, key, D.DRAFTED)
    role = draft.require(SIGNERS[document.kind])
    if document.kind in OF_A_PERIOD:
        raise Incomplete("circular_of_period")
    day = draft.day(action.on)
    if action.reference:
        document = replace(document, reference=action.reference)
    year, seq, number = numbered(draft, document, action.number, day)
    document = replace(document, state=D.SIGNED, number=number, year=year, seq=seq, signed_on=day)
    for key in document.items:
        _check_item(draft.item(key), document.kind, document.unit)
    evidence = frozen(evidence_of(document, draft.town, day, draft.item))
    document = replace(document, evidence=evidence, digest=digest_of(evidence))
    _raise_items(draft, document, day)
    draft.put("documents", document)
    draft.note(
        document,
        "sign_paper",
        role,
        table="documents",
        on=day,
        reference=number,
        from_state=D.DRAFTED,
        to_state=D.SIGNED,
        note=action.note,
    )


def numbered(draft: Draft, document: Document, by_hand: str, day: date) -> tuple[int, int, str]:
    """Year, count and number of a paper: the next of its series, or one given by hand that nobody has."""
    kind, prefix = document.kind, draft.town.settings.doc_prefix
    if not by_hand.strip():
        seq = draft.next_number(series_of(kind, day.year))
        return day.year, seq, written_number(kind, day.year, seq, prefix)
    read = read_number(kind, by_hand, day)
    if read is None:
        raise RuleError("bad_doc_number", value=by_hand)
    year, seq = read
    written = written_number(kind, year, seq, prefix)
    if not by_hand.strip().isdigit() and not key_of(written).endswith(key_of(by_hand)):
        raise RuleError("bad_doc_number", value=by_hand, expected=written)
    for other in draft.all(Document):
        series = series_of(other.kind, other.year)
        if other.number and (series, other.seq) == (series_of(kind, year), seq):
            raise Clash("number_taken", number=other.number)
    draft.advance(series_of(kind, year), seq)
    return year, seq, written


def _raise_items(draft: Draft, document: Document, day: date) -> None:
    """What signing does to the items, by the steps of the loop."""
    for key in document.items:
        item = draft.item(key)
        match document.kind:
            case DocumentKind.SUPERVISION:
                reason = Trigger(document.reason) if document.reason else trigger_of(item, day)
                levels.supervise(
                    draft,
                    Supervise(
                        item=key,
                        on=day,
                        reason=reason,
                        work_until=document.work_until,
                        reference=document.number,
                    ),
                )
            case DocumentKind.CIRCULAR:
                if not document.reference:
                    raise Incomplete(
                        "missing", verb="criticise", number=item.label, fields=("reference",)
                    )
                named = f"{document.number} {document.reference}"
                levels.criticise(draft, Criticise(item=key, on=day, reference=named))
            case DocumentKind.TALK:
                record = document.text or document.number
                until = document.work_until
                levels.summon(draft, Summon(item=key, on=day, record=record, work_until=until))
            case (
                DocumentKind.ASSIGNMENT
                | DocumentKind.EXPOSURE
                | DocumentKind.BRIEF
                | DocumentKind.APPRAISAL
                | DocumentKind.SUMMARY
            ):
                return  # nothing follows from them
            case _:
                assert_never(document.kind)


@decides
def serve_paper(draft: Draft, action: ServePaper) -> None:
    """送达."""
    document = _known(draft, action.document, D.SIGNED)
    role = draft.require(ISSUERS)
    day = _behind(draft, document, action.on)
    _moved(
        draft, replace(document, state=D.SERVED, served_on=day), document, "serve_paper", role, day
    )


@decides
def receive_paper(draft: Draft, action: ReceivePaper) -> None:
    """回执; a paper whose serving nobody entered is served by it."""
    document = _known(draft, action.document, D.SIGNED, D.SERVED)
    role = draft.require(ISSUERS)
    day = _behind(draft, document, action.on)
    after = replace(
        document,
        state=D.RECEIVED,
        served_on=document.served_on or day,
        received_on=day,
        received_by=action.by,
    )
    _moved(draft, after, document, "receive_paper", role, day, note=action.note)


@decides
def withdraw_paper(draft: Draft, action: WithdrawPaper) -> None:
    """作废; what it did to its items stays, since it was known to the unit."""
    document = _known(draft, action.document, *(state for state in D if state != D.WITHDRAWN))
    role = draft.require(SIGNERS[document.kind] if document.number else ON_SITE)
    if not action.reason and document.state != D.DRAFTED:
        raise Incomplete(
            "missing", verb="withdraw_paper", number=document.label, fields=("reason",)
        )
    day = draft.day(action.on)
    after = replace(document, state=D.WITHDRAWN, withdrawn_on=day, withdrawn_why=action.reason)
    _moved(draft, after, document, "withdraw_paper", role, day, reason=action.reason)


def _behind(draft: Draft, document: Document, on: date | None) -> date:
    """The day of a step, which is not before the paper was signed."""
    day = draft.day(on)
    if document.signed_on and day < document.signed_on:
        raise RuleError("before_issue", number=document.label, on=day, issued_on=document.signed_on)
    return day


def _moved(
    draft: Draft,
    after: Document,
    before: Document,
    verb: str,
    role: Role,
    day: date,
    *,
    reason: str = "",
    note: str = "",
) -> None:
    draft.put("documents", after)
    draft.note(
        after,
        verb,
        role,
        table="documents",
        on=day,
        from_state=before.state,
        to_state=after.state,
        reason=reason,
        note=note,
    )


def _known(draft: Draft, key: int, *states: DocumentState) -> Document:
    document = draft.get("documents", key)
    if not isinstance(document, Document) or not document.active:
        raise NotFound("no_document", value=f"D{key}")
    if document.state not in states:
        raise Clash("document_is", number=document.label, state=document.state)
    return document
