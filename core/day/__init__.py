"""A day's work: queues, triage, columns, whom to remind, where to walk."""
