"""Places: each composes widgets and turns their wishes into actions."""
