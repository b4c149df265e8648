"""What the bot says unasked, and the keeping of house between: one timed job a file."""
