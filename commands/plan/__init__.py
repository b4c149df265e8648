"""The action plan: what `/action` is made of, one thing it does a file."""
