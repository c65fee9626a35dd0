"""One circular, word for word: what a change of its prose or its figures does to it is seen here."""

import json
import os
from datetime import date
from pathlib import Path

from playing import Played

from core.actions.papers import DraftCircular, PublishCircular, SignCircular
from store.papers.circular.message import appraisal_message
from store.papers.compose import paper_of
from store.papers.paper import plain_text

DATA = Path(__file__).parents[1] / "data"
KEPT = DATA / "circular_march.txt"
WORDS = "各责任单位要举一反三。\n村居要加强除四害工作。"


def test_a_circular_says_what_it_said() -> None:
    played = Played(json.loads((DATA / "stats_march.json").read_text("utf-8")))
    posted = date(2026, 4, 6)
    played.until(posted)
    draft = DraftCircular(period="2026-03", texts={"next": WORDS})
    key = played.do(posted, draft).of("documents")[0].id
    played.do(posted, PublishCircular(document=key))
    played.until(date(2026, 4, 8))
    played.do(date(2026, 4, 13), SignCircular(document=key))
    evidence = json.loads(played.town.documents[key].evidence)
    message = appraisal_message(evidence)
    assert len(message.splitlines()) <= 40
    text = f"{plain_text(paper_of(evidence))}\n-----\n{message}\n"
    if os.environ.get("ZG_KEEP"):
        KEPT.write_text(text, encoding="utf-8")
    assert text == KEPT.read_text("utf-8")
