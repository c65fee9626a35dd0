"""What a paper of any kind is made from."""

import json
from datetime import date
from typing import Any

from core.model import Document, DocumentKind
from core.papers.evidence import evidence_of
from core.town.town import Town


def said(document: Document, town: Town, day: date) -> dict[str, Any]:
    """What a paper is made from: frozen once it is signed, as things are before."""
    if document.evidence:
        found: dict[str, Any] = json.loads(document.evidence)
        return found
    if document.kind == DocumentKind.SUMMARY:
        from core.year.evidence import summary_evidence

        return summary_evidence(document, town, day)
    if document.variant is not None:
        from core.papers.appraisal import circular_evidence

        return circular_evidence(document, town, day)
    return evidence_of(document, town, day)
