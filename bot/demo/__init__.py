"""The demo: the example partnership with a year behind it, in a workspace of its own, under a clock that can be moved."""
