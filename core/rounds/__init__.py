"""What a round proposes: the year's calendar, what a find takes off, what to look at in a zone."""
