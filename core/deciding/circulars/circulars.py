"""The road of a 考核通报: draft, published, signed (docs/circular.md 1)."""

from datetime import date

from msgspec.structs import replace

from core.actions.papers import DraftCircular, EditCircular, PublishCircular, SignCircular
from core.calendar.spans import Length, Span, read_span
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.papers import ISSUERS, numbered
from core.deciding.rounds.states import appeals_about, finalise, not_before, publish, window
from core.errors import Clash, NotAllowed, NotFound, Refusal, RuleError
from core.model import (
    About,
    Document,
    DocumentKind,
    DocumentState,
    Points,
    Request,
    RequestKind,
    RequestState,
    Role,
    Round,
    RoundState,
)
from core.papers.appraisal import VARIANTS, circular_evidence
from core.papers.since_published import since_published
from core.rounds.windows import window_runs
from core.stats.recorded import span_of
from core.words.canonical import digest_of, frozen

D, R = DocumentState, RoundState
PARTS = ("good", "next")
"""Parts of a circular that a clerk writes."""


@decides
def draft_circular(draft: Draft, action: DraftCircular) -> Document:
    """A draft, of a running month too."""
    role = draft.require(ISSUERS)
    span = read_span(action.period, draft.now.today)
    if span.first > draft.now.today:
        raise RuleError("bad_period", value=action.period)
    variant = VARIANTS[span.length]
    for other in draft.all(Document):
        live = other.active and other.state != D.WITHDRAWN
        if live and (other.variant, other.period) == (variant, span.code):
            raise Clash("circular_there", value=span.chinese, number=other.label)
    paper = Document(
        id=draft.new_id("documents"),
        kind=DocumentKind.APPRAISAL,
        variant=variant,
        period=span.code,
        texts=_texts(action.texts),
        drafted_on=draft.day(action.on),
    )
    draft.put("documents", paper)
    draft.note(paper, "draft_circular", role, table="documents", note=span.chinese)
    return paper


def _texts(texts: dict[str, str]) -> dict[str, str]:
    for part in texts:
        if part not in PARTS:
            raise RuleError("unknown_word", field="text", value=part, expected=PARTS)
    return {part: text for part, text in texts.items() if text.strip()}


@decides
def edit_circular(draft: Draft, action: EditCircular) -> None:
    """The clerk's words, until it is signed."""
    role = draft.require(ISSUERS)
    paper = known(draft, action.document, D.DRAFTED, D.PUBLISHED)
    texts = _texts({**paper.texts, **action.texts})
    if texts == paper.texts:
        raise RuleError("nothing_changed", number=paper.label)
    draft.put("documents", replace(paper, texts=texts))
    draft.note(paper, "edit_circular", role, table="documents")


@decides
def publish_circular(draft: Draft, action: PublishCircular) -> None:
    """公示, by a leader, once its period is over."""
    role = draft.require((Role.LEADER,))
    paper = known(draft, action.document, D.DRAFTED)
    span, day = span_of(paper), draft.day(action.on)
    if not span.over(day):
        raise Clash("period_runs", value=span.chinese, until=span.last)
    not_before(paper.label, day, paper.drafted_on)
    if span.length == Length.MONTH:
        for held in _rounds(draft, span, R.SCORED):
            publish(draft, held, day, role)
    until, _provisional = window(draft, day, span.months[-1])
    after = replace(paper, state=D.PUBLISHED, published_on=day, objections_until=until)
    evidence = frozen(circular_evidence(after, draft.overlaid(), draft.now.today))
    after = replace(after, published=evidence)
    draft.put("documents", after)
    _told(draft, paper, after, "publish_circular", role, day)


@decides
def sign_circular(draft: Draft, action: SignCircular) -> None:
    """签发, by a leader, once nobody can object any more and every round of the month is scored."""
    role = draft.require((Role.LEADER,))
    paper = known(draft, action.document, D.PUBLISHED)
    span, day = span_of(paper), draft.day(action.on)
    _check_ready(draft, paper, span, day)
    if span.length == Length.MONTH:
        for held in _rounds(draft, span, R.SCORED, R.PUBLISHED):
            finalise(draft, held, day, role)
    year, seq, number = numbered(draft, paper, action.number, day)
    after = replace(
        paper,
        state=D.SIGNED,
        number=number,
        year=year,
        seq=seq,
        signed_on=day,
        reference=action.reference or paper.reference,
    )
    found = circular_evidence(after, draft.overlaid(), day)
    found["since_published"] = since_published(draft.overlaid(), paper, found)
    evidence = frozen(found)
    after = replace(after, evidence=evidence, digest=digest_of(evidence))
    draft.put("documents", after)
    _told(draft, paper, after, "sign_circular", role, day, reference=number)


def _check_ready(draft: Draft, paper: Document, span: Span, day: date) -> None:
    """Refuse to sign; every reason is named."""
    reasons: list[RuleError] = []
    posted: list[Document | Round] = [paper]
    if span.length == Length.MONTH:
        posted += _rounds(draft, span, R.PUBLISHED)
    running = [each for each in posted if window_runs(each, day)]
    if running:
        last = max(running, key=lambda each: each.objections_until or day)
        until = last.objections_until
        reasons.append(NotAllowed("objections_run", number=last.label, until=until))
    undecided = _undecided(draft, paper, span)
    if undecided:
        reasons.append(Clash("appeals_undecided", number=paper.label, count=len(undecided)))
    if span.length == Length.MONTH:
        reasons += [
            Clash("round_unscored", number=held.number, state=held.state)
            for held in _rounds(draft, span, R.PLANNED, R.UNDERWAY)
        ]
    if len(reasons) == 1:
        raise reasons[0]
    if reasons:
        refusals: tuple[Refusal, ...] = tuple(error.refusal for error in reasons)
        raise RuleError.of(Refusal("not_to_sign", {"reasons": refusals}, refusals[0].kind))


def _rounds(draft: Draft, span: Span, *states: RoundState) -> list[Round]:
    """The rounds of a month that count, in some states."""
    return [
        held
        for held in draft.all(Round)
        if held.active and held.counts and held.state in states and held.held_on in span
    ]


def _undecided(draft: Draft, paper: Document, span: Span) -> list[Request]:
    """Appeals that wait for a decision and could change what it says."""
    found = [r for held in _rounds(draft, span, *R) for r in appeals_about(draft, held)]
    for request in draft.all(Request):
        waits = request.kind == RequestKind.APPEAL and request.state == RequestState.ASKED
        if not waits:
            continue
        if request.asked.about == About.LATE:
            label = draft.item(request.item).label
            if f'"{label}/{request.assignment}"' in paper.published:
                found.append(request)
        elif request.asked.about == About.POINTS:
            entry = draft.get("points", request.asked.points or 0)
            if isinstance(entry, Points) and entry.month == span.code:
                found.append(request)
    return found


def _told(
    draft: Draft,
    before: Document,
    after: Document,
    verb: str,
    role: Role,
    day: date,
    reference: str = "",
) -> None:
    draft.note(
        after,
        verb,
        role,
        table="documents",
        on=day,
        reference=reference,
        from_state=before.state,
        to_state=after.state,
    )


def known(draft: Draft, key: int, *states: DocumentState) -> Document:
    """A circular in one of some states. Raises `NotFound`, `Clash("document_is")`."""
    paper = draft.get("documents", key)
    if not isinstance(paper, Document) or not paper.active or paper.variant is None:
        raise NotFound("no_document", value=f"D{key}")
    if paper.state not in states:
        raise Clash("document_is", number=paper.label, state=paper.state)
    return paper
