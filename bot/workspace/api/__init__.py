"""The Web API: one family of methods a file. A new file with a `@method` in it adds methods."""
