"""The log of actions a coordinator keeps today, in Excel or Word or pasted into chat: values out, no database."""

from models.sources.log.reading import Log, Past, read_log

__all__ = ["Log", "Past", "read_log"]
