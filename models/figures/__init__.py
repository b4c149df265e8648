"""Change, rank, hotspots: values in, values out. Nothing here knows a session, a reply or a screen."""
