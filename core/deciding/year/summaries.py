"""工作总结: drafted, drafted anew, edited, signed (docs/year.md 5)."""

import json

from msgspec.structs import replace

from core.actions.papers import DraftSummary, EditSummary, SignSummary
from core.calendar.periods import Stretch, read_period
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.papers import ISSUERS, numbered
from core.errors import Clash, Incomplete, NotAllowed, NotFound, RuleError
from core.measures import Question
from core.model import Document, DocumentKind, DocumentState, Paragraph, Role
from core.words.canonical import digest_of, frozen
from core.year.body import as_drawn, gaps_of, merged, moved, order_of
from core.year.clauses import names_in
from core.year.drafting import draw
from core.year.evidence import summary_evidence, summary_in
from core.year.stretch_numbers import Numbers
from core.year.usual_sentences import PARTS, sentences

D = DocumentState
LONGEST = 4000
"""Most characters of one paragraph."""


def _numbers(draft: Draft, period: Stretch) -> Numbers:
    return Numbers(Question(draft.overlaid(), period))


@decides
def draft_summary(draft: Draft, action: DraftSummary) -> Document:
    """A draft, or the one there is drafted anew: numbers follow, the clerk's words stay."""
    role = draft.require(ISSUERS)
    period = read_period(action.period, draft.now.today)
    held = summary_in(draft.all(Document), period.code)
    if held is not None and held.state != D.DRAFTED:
        raise Clash("summary_signed", value=period.chinese, number=held.label)
    numbers = _numbers(draft, period)
    paper = held or Document(
        id=draft.new_id("documents"),
        kind=DocumentKind.SUMMARY,
        period=period.code,
        drafted_on=draft.now.today,
    )
    paper = replace(paper, body=merged(paper.body, draw(numbers.asked, numbers)))
    paper = replace(paper, numbers=as_drawn(paper, numbers))
    if paper == held:
        raise RuleError("nothing_changed", number=held.label)
    draft.put("documents", paper)
    verb = "redraft_summary" if held else "draft_summary"
    draft.note(paper, verb, role, table="documents", note=period.chinese)
    return paper


def known(draft: Draft, key: int, *states: DocumentState) -> Document:
    """A summary in one of some states. Raises `NotFound`, `Clash("document_is")`."""
    paper = draft.get("documents", key)
    if not isinstance(paper, Document) or not paper.active or paper.kind != DocumentKind.SUMMARY:
        raise NotFound("no_document", value=f"D{key}")
    if paper.state not in states:
        raise Clash("document_is", number=paper.label, state=paper.state)
    return paper


@decides
def edit_summary(draft: Draft, action: EditSummary) -> None:
    """Words of the clerk, paragraphs left out, gaps that may stay."""
    role = draft.require(ISSUERS)
    paper = known(draft, action.document, D.DRAFTED)
    numbers = _numbers(draft, read_period(paper.period, draft.now.today))
    body = list(paper.body)
    for key, text in action.texts.items():
        _write(body, key, text.strip(), action.parts.get(key, ""), numbers)
    keys = {each.key for each in body}
    for key in action.off:
        if key not in keys:
            raise NotFound("no_paragraph", value=key)
    body = [replace(each, off=action.off.get(each.key, each.off)) for each in body]
    after = replace(paper, body=tuple(body))
    if action.accepted:
        if draft.actor.roles and Role.LEADER not in draft.actor.roles:
            raise NotAllowed("role", roles=(Role.LEADER,))
        known_gaps = {gap.name for gap in gaps_of(after, numbers)}
        for name, reason in action.accepted.items():
            if name not in known_gaps:
                raise NotFound("no_gap", value=name)
            if not reason.strip():
                raise Incomplete("missing", table="documents", fields=("reason",))
        after = replace(after, accepted={**paper.accepted, **action.accepted})
    after = replace(after, numbers=_more_drawn(paper, after, numbers))
    if after == paper:
        raise RuleError("nothing_changed", number=paper.label)
    draft.put("documents", after)
    told = "、".join((*action.texts, *action.off, *action.accepted))
    draft.note(after, "edit_summary", role, table="documents", note=told)


def _more_drawn(before: Document, after: Document, numbers: Numbers) -> str:
    """The numbers as drawn, with those a clerk has put in since as they are now."""
    return frozen({**json.loads(as_drawn(after, numbers)), **json.loads(before.numbers or "{}")})


def _write(body: list[Paragraph], key: str, text: str, part: str, numbers: Numbers) -> None:
    if len(text) > LONGEST:
        raise RuleError("too_long", field="text", limit=LONGEST, length=len(text))
    unknown = next((name for name in names_in(text) if not numbers.knows(name)), None)
    if unknown is not None:
        raise NotFound("no_measure", value=unknown)
    at = next((n for n, each in enumerate(body) if each.key == key), None)
    if at is None:
        standard_part = {s.key: s.part for s in sentences(numbers.asked)}.get(key)
        part = standard_part or part
        if part not in {each.key for each in PARTS} or not text:
            raise NotFound("no_paragraph", value=key)
        own = standard_part is None
        new = Paragraph(key=key, part=part, text=text, own=own, edited=not own)
        body.append(new)
        body.sort(key=lambda each: order_of(each.part))
        return
    held = body[at]
    if held.own:
        if text:
            body[at] = replace(held, text=text)
        else:
            del body[at]
        return
    standard = {p.key: p.text for p in draw(numbers.asked, numbers).paragraphs}
    same = not text or text == standard.get(key)
    body[at] = replace(held, text=standard.get(key, "") if same else text, edited=not same)
    if same and key not in standard:
        del body[at]


@decides
def sign_summary(draft: Draft, action: SignSummary) -> None:
    """签发, by a leader: over, as read, and every gap accepted."""
    role = draft.require((Role.LEADER,))
    paper = known(draft, action.document, D.DRAFTED)
    day = draft.day(action.on)
    period = read_period(paper.period, draft.now.today)
    if not period.over:
        raise Clash("period_runs", value=period.chinese, until=period.last)
    numbers = _numbers(draft, period)
    changed = moved(paper.numbers, numbers)
    if changed:
        told = "、".join(f"{m.name} {m.before}→{m.now}" for m in changed[:3])
        raise Clash("summary_moved", number=paper.label, count=len(changed), value=told)
    open_gaps = [gap for gap in gaps_of(paper, numbers) if not gap.accepted]
    if open_gaps:
        told = "、".join(f"{g.key} {g.mark}" for g in open_gaps[:3])
        raise Incomplete("summary_gaps", number=paper.label, count=len(open_gaps), value=told)
    year, seq, number = numbered(draft, paper, action.number, day)
    after = replace(paper, state=D.SIGNED, number=number, year=year, seq=seq, signed_on=day)
    evidence = frozen(summary_evidence(after, draft.overlaid(), draft.now.today))
    after = replace(after, evidence=evidence, digest=digest_of(evidence))
    draft.put("documents", after)
    draft.note(
        after,
        "sign_summary",
        role,
        table="documents",
        on=day,
        reference=number,
        from_state=D.DRAFTED,
        to_state=D.SIGNED,
    )
