"""reportkit: cited, reproducible briefs on the 287(g) status of any US place."""

__version__ = "0.1.0"
