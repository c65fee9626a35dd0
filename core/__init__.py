"""What the office's rules say: pure decisions over frozen records.

Nothing below this package opens a file, asks the clock, draws a random number or writes a
sentence. Time, ids and the actor come in as arguments; refusals go out as `RuleError`.
"""
