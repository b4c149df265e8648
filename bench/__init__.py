"""Ratios of ours to a baseline, measured side by side in one run: `make bench`, or `python -m bench hotspots load` for some."""
