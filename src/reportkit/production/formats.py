"""What a brief can be written as, and how."""

PROGRAM = ("html", "pdf", "json", "ipynb")
"""The brief on the nation."""
BRIEF = (*PROGRAM, "letters")
"""The brief on a place; `letters` are the records requests, as text and for word processors."""
LANGUAGES = ("en",)
ENGINES = ("reportkit", "kernel")
"""What runs the notebook: the process itself, or a kernel of its own."""
PROCESSES, SECONDS = (1, 256), (1, 86_400)
"""The least and the most processes of a run, and seconds that one brief may take."""
