"""The gaps of a place: safeguards that its agreements lack or have in part, the worst first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportkit.evidence import Citation, Claim
from reportkit.findings.citations import Citations
from reportkit.findings.cited import known
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.findings.papers import Paper, best, our_papers, who
from reportkit.findings.safeguards import (
    LACKING,
    WORST_FIRST,
    Safeguard,
    answers,
    find_safeguards,
    rate,
    worst,
)
from reportkit.findings.status import Status
from reportkit.library import load_facts
from reportkit.library.rubric import LINKED, Indicator, SafeguardState, load_rubric
from reportkit.roster.values import MODELS

# So many agreements are named, and so many memoranda cited one by one; of more, the number is told.
_NAMED = 3
# So many findings on the whole program are told, those of the greatest weight.
_TOLD = 3
_READ = "absent only where every page that could hold it was read"


@dataclass(frozen=True, slots=True)
class Gap:
    """A safeguard that some agreement here lacks or has in part, by its own text or its form."""

    safeguard: Safeguard

    @property
    def indicator(self) -> Indicator:
        """The safeguard's record in the rubric."""
        return self.safeguard.indicator

    @property
    def state(self) -> SafeguardState:
        """What is told: the state by own texts, else by standard forms."""
        own = self.safeguard.state
        return own if own in LACKING else self.safeguard.form_state

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Own texts before standard forms, absent before partly, the greatest weight first."""
        by_form = self.safeguard.state not in LACKING
        return by_form, WORST_FIRST.index(self.state), -self.indicator.weight


def find_gaps(safeguards: Mapping[str, Safeguard]) -> tuple[Gap, ...]:
    """The gaps among some safeguards, the worst first."""
    gaps = (Gap(item) for item in safeguards.values())
    return tuple(sorted((gap for gap in gaps if gap.state in LACKING), key=lambda gap: gap.rank))


@lru_cache(maxsize=4)
def national_states(national: National) -> Mapping[str, Counter[SafeguardState]]:
    """How many agreements on the newest list are in each state, by the id of the indicator.

    Unknown are those without a memorandum on hand, and those that cannot be read on the point.
    """
    held_by = national.store.memoranda_of
    asked = [answers(held, best(held_by.get(held.id, ()))) for held in national.snapshot.listed]
    own = (item for item in load_rubric() if item.scope == "own")
    return {item.id: Counter(rate(item, ask) for ask in asked) for item in own}


def share(gap: Gap, national: National) -> tuple[int, int]:
    """How many agreements of the nation have the gap, of how many that are known on the point.

    Those that have a safeguard in part count where it is partly in place here too.
    """
    states = national_states(national)[gap.indicator.id]
    lacking = LACKING if gap.state == "partly" else ("absent",)
    return sum(states[state] for state in lacking), states.total() - states["unknown"]


def reason(indicator: Indicator, as_of: dt.date) -> str | None:
    """The fact that says why a safeguard matters: the first that was known on the day."""
    facts = load_facts()
    return next((name for name in indicator.why if known(facts[name], as_of)), None)


def gap_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """What the agreements of a place lack, what they have, and what is not known of them."""
    if not papers:
        return ()
    chosen = our_papers(status, papers)
    if not chosen:
        return (_none(national, cite),)
    state = status.place.kind == "state"
    safeguards = find_safeguards(papers, whole=state)
    teller = _Teller(chosen, national, cite, whole=state)
    found = [told for gap in find_gaps(safeguards) for told in teller.gap(gap)]
    return (*found, *teller.rest(safeguards), *_programme(chosen, national, cite))


def _none(national: National, cite: Citations) -> Claim:
    """Statewide agencies alone can act here: a state's brief tells the gaps of their agreements."""
    newest = national.snapshot.list
    return claim(
        "gaps.none",
        "gaps.none",
        "no row of the newest list whose agency is local and can act in the place",
        (cite.list(newest),),
        list_date=newest.date.isoformat(),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes the claims on some agreements; `whole` where they are too many to cite each."""

    papers: tuple[Paper, ...]
    national: National
    cite: Citations
    whole: bool

    def gap(self, gap: Gap) -> Iterator[Claim]:
        """One gap: here, in the nation, and why it matters."""
        indicator = gap.indicator
        for state in LACKING:
            if gap.safeguard.having(state) or gap.safeguard.by_form(state):
                yield self._here(gap.safeguard, state)
        lack, count = share(gap, self.national)
        newest = self.national.snapshot.list
        listed = indicator.terms == {LINKED}
        if count:
            yield claim(
                f"gaps.share.{indicator.id}",
                "gaps.share",
                "agreements on the newest list with the gap, of those known on the point; "
                "agreements that have a safeguard in part count where it is in part here",
                (self.cite.list(newest),)
                if listed
                else (self.cite.list(newest), self.cite.table("terms")),
                safeguard=f"gaps.name.{indicator.id}",
                lack=lack,
                known=count,
            )
        if fact := reason(indicator, self.national.snapshot.as_of):
            yield _why(f"gaps.why.{indicator.id}", indicator, fact, self.cite)

    def _here(self, own: Safeguard, state: SafeguardState) -> Claim:
        """Which agreements are in a state, by their own text and by the standard form."""
        read, standard = own.having(state), own.by_form(state)
        known_here = [paper for paper, held in own.held if held != "unknown"]
        known_here += [paper for paper, _ in own.standard]
        holding = (*read, *standard)
        names = who(holding, known_here)
        kind = "both" if read and standard else "read" if read else "form"
        if len(self.papers) == 1:
            message = "gaps.one" if read else "gaps.one.form"
        elif len(names) <= _NAMED and not self.whole and len(holding) < len(known_here):
            message = f"gaps.named.{kind}"
        else:
            message = f"gaps.here.{kind}"
        return claim(
            f"gaps.here.{own.indicator.id}.{state}",
            message,
            "level of the rubric that the agreement's own text reaches, else the standard form "
            f"that model and signing date imply; {_READ}",
            (*self._grounds(own.indicator, read), *self._forms(standard)),
            told=f"gaps.told.{own.indicator.id}.{state}",
            agreements=names,
            n=len(holding),
            known=len(known_here),
            standard=len(standard),
        )

    def rest(self, safeguards: Mapping[str, Safeguard]) -> Iterator[Claim]:
        """What is in place, what could not be read, and whose text is not known."""
        items = safeguards.values()
        better = ("in_place", "unknown")
        sound = [i for i in items if i.state == "in_place" and i.form_state in better]
        if sound:
            yield self._names(
                "in_place",
                "level of the rubric that the own texts known on the point reach",
                sound,
                tuple(
                    dict.fromkeys(
                        cited
                        for item in sound
                        for cited in self._sources(item.indicator, item.having("in_place"))
                    )
                ),
            )
        by_form = [i for i in items if i.state == "unknown" and i.form_state == "in_place"]
        if by_form:
            standard = [paper for item in by_form for paper, _ in item.standard]
            yield self._names(
                "form_in_place",
                "level of the rubric that the standard form reaches",
                by_form,
                self._forms(standard),
            )
        texts = tuple(paper for paper in self.papers if paper.memorandum)
        unread = [i for i in items if i.state == i.form_state == "unknown"]
        if texts and unread:
            yield self._names(
                "unread",
                "safeguards whose terms no memorandum on hand can be read on",
                unread,
                self._memoranda(texts),
            )
        untold = tuple(paper for paper in self.papers if paper.basis == "unknown")
        if untold:
            yield claim(
                "gaps.unheld",
                "gaps.unheld" if len(self.papers) > 1 else "gaps.unheld.only",
                "no memorandum on file, and no known form for the model and signing date",
                self._rows(untold),
                n=len(untold),
            )
        if len(untold) == len(self.papers):
            yield from self._elsewhere()

    def _elsewhere(self) -> Iterator[Claim]:
        """What most memoranda on hand of each model here lack, for a place of which none is."""
        store, newest = self.national.store, self.national.snapshot
        here = {paper.held.model for paper in self.papers}
        asked = {
            model: [
                answers(held, best(store.memoranda_of[held.id]))
                for held in newest.listed
                if held.model == model and held.id in store.memoranda_of
            ]
            for model in MODELS
            if model in here
        }
        lacking = [
            item
            for item in load_rubric()
            if item.scope == "own" and item.terms != {LINKED}
            if all(
                2 * sum(rate(item, ask) == "absent" for ask in some) > len(some)
                for some in asked.values()
            )
        ]
        if lacking:
            yield claim(
                "gaps.elsewhere",
                "gaps.elsewhere",
                "safeguards absent from more than half of the memoranda on hand of each model here, "
                "of agreements on the newest list",
                (self.cite.list(newest.list), self.cite.table("terms")),
                models=tuple(asked),
                n=sum(map(len, asked.values())),
                names=tuple(f"gaps.name.{item.id}" for item in _by_weight(lacking)),
            )

    def _names(
        self,
        kind: str,
        rule: str,
        items: Sequence[Safeguard],
        evidence: tuple[Citation, ...],
    ) -> Claim:
        return claim(
            f"gaps.{kind}",
            f"gaps.{kind}" if len(self.papers) > 1 else f"gaps.{kind}.only",
            rule,
            evidence,
            names=tuple(
                f"gaps.name.{item.id}" for item in _by_weight([i.indicator for i in items])
            ),
        )

    def _grounds(self, indicator: Indicator, papers: Sequence[Paper]) -> tuple[Citation, ...]:
        """The pages that say so; where nothing is said, the memoranda as a whole."""
        if indicator.terms == {LINKED}:
            return self._rows(papers)
        if self.whole or len(papers) > _NAMED:
            return (self.cite.table("terms"),)
        return tuple(
            dict.fromkeys(
                self.cite.memorandum(paper.memorandum, paper.held, page or None)
                for paper in papers
                if paper.memorandum
                for page in pages(indicator, paper) or (0,)
            )
        )

    def _sources(self, indicator: Indicator, papers: Sequence[Paper]) -> tuple[Citation, ...]:
        return self._rows(papers) if indicator.terms == {LINKED} else self._memoranda(papers)

    def _memoranda(self, papers: Sequence[Paper]) -> tuple[Citation, ...]:
        if self.whole or len(papers) > _NAMED:
            return (self.cite.table("terms"),)
        return tuple(
            self.cite.memorandum(paper.memorandum, paper.held)
            for paper in papers
            if paper.memorandum
        )

    def _rows(self, papers: Sequence[Paper]) -> tuple[Citation, ...]:
        if self.whole or len(papers) > _NAMED:
            return (self.cite.list(self.national.snapshot.list),)
        return tuple(self.cite.row(paper.held.last) for paper in papers)

    def _forms(self, papers: Sequence[Paper]) -> tuple[Citation, ...]:
        forms = dict.fromkeys(paper.form for paper in papers if paper.form)
        return tuple(self.cite.form(form) for form in sorted(forms))


def pages(indicator: Indicator, paper: Paper) -> tuple[int, ...]:
    """The pages of a memorandum that hold what an indicator asks for, in order."""
    found = (paper.found(term) for term in indicator.terms)
    return tuple(sorted({item.page for item in found if item and item.page}))


def _by_weight(items: Sequence[Indicator]) -> list[Indicator]:
    return sorted(items, key=lambda item: -item.weight)


def _why(identity: str, indicator: Indicator, fact: str, cite: Citations) -> Claim:
    return claim(
        identity, f"gaps.why.{indicator.id}.{fact}", "cited fact, in short", (cite.fact(fact),)
    )


def programme(
    papers: Sequence[Paper], as_of: dt.date
) -> tuple[tuple[Indicator, SafeguardState, tuple[str, ...]], ...]:
    """What sources report on the whole program, for the models of some agreements.

    Returns:
        Each programme-wide indicator, the greatest weight first, with the worst state that sources
        known on the day report for these models, and their facts; unknown where there is none.
    """
    models = {paper.held.model for paper in papers}
    facts = load_facts()
    told = []
    for item in _by_weight([item for item in load_rubric() if item.scope == "programme"]):
        reported = [
            (finding.state, fact)
            for finding in item.findings
            for fact in finding.facts
            if models & set(finding.models) and known(facts[fact], as_of)
        ]
        names = tuple(dict.fromkeys(fact for _, fact in reported))
        told.append((item, worst(state for state, _ in reported), names))
    return tuple(told)


def _programme(papers: Sequence[Paper], national: National, cite: Citations) -> Iterator[Claim]:
    """Findings on the whole program, and that it is not known what came of them."""
    told = [item for item in programme(papers, national.snapshot.as_of) if item[2]][:_TOLD]
    for indicator, _, facts in told:
        for fact in facts:
            yield _why(f"gaps.programme.{indicator.id}.{fact}", indicator, fact, cite)
    if told:
        yield claim(
            "gaps.programme.since",
            "gaps.programme.since",
            "no cited fact on hand tells what came of these findings",
            (cite.library("facts"),),
        )
