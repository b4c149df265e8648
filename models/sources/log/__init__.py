"""The log of actions a coordinator keeps today, in Excel or Word or pasted into chat: values out, no database.

`reading` reads a file, `pasted` a text. Nothing is imported here: whether a text is a list (`lines`) is asked of every line typed.
"""
