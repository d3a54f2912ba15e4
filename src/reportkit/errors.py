"""The exceptions that reportkit raises.

Every message names the thing, where it is (file and row or page) and what to do next.
All of them carry only their message, so they survive pickling between processes.
"""


class ReportkitError(Exception):
    """Base of every error that a user of reportkit can meet."""


class PlaceError(ReportkitError):
    """A place cannot be used."""


class UnknownPlace(PlaceError):
    """No place has this name; the message lists the nearest names."""

    def __init__(self, message: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message, nearest)
        self.nearest = nearest

    def __str__(self) -> str:
        return str(self.args[0])


class AmbiguousPlace(PlaceError):
    """Several places have this name; `candidates` holds their ids."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message, candidates)
        self.candidates = candidates

    def __str__(self) -> str:
        return str(self.args[0])


class InputError(ReportkitError):
    """A source file cannot be read as what it should be."""


class ListError(InputError):
    """A workbook is not a list that ICE publishes, or a value in it is outside the code lists."""


class MemorandumError(InputError):
    """A file is not a PDF that can be read as a memorandum of agreement."""


class NoMemorandumError(MemorandumError):
    """A PDF was read in full and is another document than a memorandum of agreement."""


class StoreError(ReportkitError):
    """An evidence store is missing, damaged or of another version."""


class DateError(ReportkitError):
    """An as-of date is not a date, lies in the future or before the first list."""


class BriefError(ReportkitError):
    """A brief could not be made; nothing was written."""


class OutputError(ReportkitError):
    """A result could not be written; earlier results are untouched."""


class ClusterError(ReportkitError):
    """There is no cluster, or none of its workers can make the briefs; nothing was begun."""


def one_line(error: object) -> str:
    """What an error of another library says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__
