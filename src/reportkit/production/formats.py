"""What a brief can be written as."""

PROGRAM = ("html", "pdf", "json", "ipynb")
"""The brief on the nation."""
BRIEF = (*PROGRAM, "letters")
"""The brief on a place; `letters` are the records requests, as text and for word processors."""
