"""The gate: one service account, a key a person, no shell (docs/gate.md)."""
