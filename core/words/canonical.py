"""Data as one text that is always the same, and the digest it is known by."""

import hashlib
import json
from typing import Any


def frozen(evidence: dict[str, Any]) -> str:
    """Data as canonical JSON: keys sorted, no blanks."""
    return json.dumps(evidence, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 of frozen data."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
