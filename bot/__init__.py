"""What hears and speaks, and all the wiring."""
