"""What comes next for a round or a circular."""

from core.actions.action import Action
from core.actions.papers import PublishCircular, ServePaper, SignCircular
from core.actions.rounds import FinaliseRound, PublishRound, ScoreRound, StartRound
from core.model import Document, DocumentState, Round, RoundState


def next_of_round(held: Round) -> Action | None:
    """The step behind the state a round is in; None where there is none."""
    match held.state:
        case RoundState.PLANNED:
            return StartRound(round=held.id)
        case RoundState.UNDERWAY:
            return ScoreRound(round=held.id)
        case RoundState.SCORED:
            return PublishRound(round=held.id)
        case RoundState.PUBLISHED:
            return FinaliseRound(round=held.id)
        case _:
            return None


def next_of_circular(paper: Document) -> Action | None:
    """The step behind the state a circular is in; None where there is none."""
    match paper.state:
        case DocumentState.DRAFTED:
            return PublishCircular(document=paper.id)
        case DocumentState.PUBLISHED:
            return SignCircular(document=paper.id)
        case DocumentState.SIGNED:
            return ServePaper(document=paper.id)
        case _:
            return None
