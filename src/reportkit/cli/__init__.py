"""The command line: thin, each command imports what it needs."""

from reportkit.cli.main import main

__all__ = ["main"]
