"""What a run has to make: an edition that stands is not made again, and every other says why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from reportkit.errors import OutputError
from reportkit.findings.lookup import as_of_date
from reportkit.findings.national import National
from reportkit.findings.standing import changes, standing
from reportkit.places import Place
from reportkit.production.folders import edition_folder, place_folder
from reportkit.production.job import Job, Outcome, Task
from reportkit.production.outputs import Held, Outputs
from reportkit.production.record import NAME, Record, damaged, formats_of, outdated
from reportkit.store import Store

_FIRST = ("not made yet",)
_AGAIN = "asked for again"
_ELSEWHERE = "figures of its state or of the nation, or a source that it cites, changed"


class Plan:
    """Decides place by place, from the records beside the briefs.

    With a fixed day an edition stands while all that it tells is the same. Without, it also stands
    when newer lists say nothing new of its place: its figures of state and nation are of its day.
    """

    def __init__(self, job: Job, outputs: Outputs, store: Store, *, again: bool = False) -> None:
        self._job, self._outputs, self._store, self._again = job, outputs, store, again
        self._day = as_of_date(job.as_of, store).isoformat()

    def decide(self, places: Iterable[Place]) -> Iterator[Outcome | Task]:
        """For each place a task, or the outcome `current`."""
        return map(self._decide, places)

    def _decide(self, place: Place) -> Outcome | Task:
        try:
            return self._decided(place)
        except (OSError, OutputError) as error:
            reason = str(error)
            if isinstance(error, OSError):
                reason = f"{error.filename or place_folder(place)}: {error.strerror or error}"
            why = f"{reason}, so what was made before cannot be looked at"
            return Outcome(place.geoid, "held", None, (why,))

    def _decided(self, place: Place) -> Outcome | Task:
        edition = self._edition(place)
        if edition is None:
            return Task(place.geoid, _FIRST, self._begun(place))
        folder, held, record = edition
        here = record.as_of == self._day
        # Files of one edition are made together, so those of the formats that it has come along.
        also = record.formats if here else ()
        reasons = [_AGAIN] if self._again else []
        reasons += outdated(record, self._job)
        reasons += damaged(record, held) or self._edited(folder, held, record)
        if reasons:
            return Task(place.geoid, tuple(reasons), also)
        if record.inputs.get("store") != self._job.store_sha256:
            reasons += changes(record.standing, standing(place, self._national))
            if here:
                why = tuple(reasons) or (_ELSEWHERE,)
                return Task(place.geoid, why, also, unless=record.report_id)
            if reasons:
                return Task(place.geoid, tuple(reasons), also)
        return Outcome(place.geoid, "current", folder, (f"the edition of {record.as_of} stands",))

    @cached_property
    def _national(self) -> National:
        from reportkit.brief.assemble import nation_as_of

        return nation_as_of(self._store, as_of_date(self._job.as_of, self._store))

    def _edition(self, place: Place) -> tuple[str, Mapping[str, Held], Record] | None:
        """Folder, files and record of the newest edition that was finished, by the day asked for."""
        home = place_folder(place)
        days = [self._day] if self._job.as_of else reversed(self._outputs.days(home))
        for day in days:
            if day > self._day:
                continue
            folder = edition_folder(home, day, self._job.lang)
            held = self._outputs.held(folder)
            if NAME in held:
                record = Record.from_bytes(self._outputs.read(folder, NAME))
                if record and (record.geoid, record.as_of) == (place.geoid, day):
                    return folder, held, record
        return None

    def _begun(self, place: Place) -> tuple[str, ...]:
        """The formats of the files that are there without a record, so that none stays behind."""
        folder = edition_folder(place_folder(place), self._day, self._job.lang)
        return formats_of(self._outputs.held(folder))

    def _edited(self, folder: str, held: Mapping[str, Held], record: Record) -> list[str]:
        """Files that were written after their record and are not what it says."""
        return [
            f"{name} was changed since"
            for name, (_, sha256) in record.files.items()
            if held[name].written > held[NAME].written
            and hashlib.sha256(self._outputs.read(folder, name)).hexdigest() != sha256
        ]
