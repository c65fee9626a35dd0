"""What papers are called, and how far they have come; translated when shown."""

from core.model import DocumentKind, DocumentState
from tui.words.i18n import N_

DOCUMENT_STATES = {
    DocumentState.DRAFTED: N_("drafted"),
    DocumentState.PUBLISHED: N_("published"),
    DocumentState.SIGNED: N_("signed"),
    DocumentState.SERVED: N_("served"),
    DocumentState.RECEIVED: N_("answered"),
    DocumentState.WITHDRAWN: N_("withdrawn"),
}
"""How far a paper has come."""

DOCUMENT_KINDS = {
    DocumentKind.ASSIGNMENT: N_("Assignment list"),
    DocumentKind.SUPERVISION: N_("Supervision notice"),
    DocumentKind.CIRCULAR: N_("Circular"),
    DocumentKind.TALK: N_("Record of a talk"),
    DocumentKind.EXPOSURE: N_("Public list"),
    DocumentKind.BRIEF: N_("Brief"),
    DocumentKind.APPRAISAL: N_("Appraisal circular"),
    DocumentKind.SUMMARY: N_("Work summary"),
}
"""What a paper is."""
