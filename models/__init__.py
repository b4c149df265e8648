"""The tables, a subject a file, and the rules that live on the record. `models.tables` has all of them together."""
