"""The fact check as claims: what was said, the verdict, what the record shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reportkit.evidence import Citation, Claim
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.findings.verdicts import Checked, check
from reportkit.library.fields import span
from reportkit.library.statements import Statement, load_statements


def factcheck_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """The claims on the package's statements that were made by the as-of date, then how many hold.

    A statement's claim is `check.<id>`; what more is known of it has ids that begin so.
    """
    as_of = national.snapshot.as_of
    made = [item for item in load_statements() if span(item.source.published)[1] <= as_of]
    checked = [check(item, national) for item in made]
    if not checked:
        return ()
    return (
        _summary(checked, cite),
        *checked_claims(checked, cite, lambda item: cite.library("statements")),
    )


def _summary(checked: list[Checked], cite: Citations) -> Claim:
    verdicts = [item.verdict for item in checked]
    return claim(
        "check.all.summary",
        "check.summary",
        "verdicts on all statements",
        (cite.library("statements"),),
        n=len(verdicts),
        holds=verdicts.count("holds"),
        other=sum(verdict.startswith("other") for verdict in verdicts),
        fails=verdicts.count("fails"),
        unknown=verdicts.count("unknown"),
    )


def checked_claims(
    checked: Iterable[Checked], cite: Citations, said: Callable[[Statement], Citation]
) -> Iterator[Claim]:
    """The claims on checked statements; `said` cites where a statement is recorded."""
    for item in checked:
        statement = item.statement
        evidence = (
            *map(cite.list, item.lists),
            *map(cite.table, item.tables),
            *map(cite.fact, item.facts),
            *map(cite.library, item.libraries),
            said(statement),
        )
        yield claim(
            f"check.{statement.id}",
            item.message,
            item.rule,
            tuple(dict.fromkeys(evidence)),
            said=statement.text,
            publisher=statement.source.publisher,
            published=statement.source.published,
            verdict=f"check.verdict.{item.verdict}",
            **item.values,
        )
        if item.reached:
            yield claim(
                f"check.{statement.id}.reached",
                f"check.reached.{statement.measure}",
                "first list on which the count is as high",
                (cite.list(item.reached.list),),
                date=item.reached.list.date.isoformat(),
            )
        for name in item.facts:
            yield fact_claim(name, f"check.{statement.id}", cite)
