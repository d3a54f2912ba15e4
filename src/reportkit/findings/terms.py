"""What the agreements permit: a claim for each cell of the matrix, a claim for each term told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportkit.evidence import Citation, Claim, Value
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.findings.papers import Column, Paper, columns, local_papers, who
from reportkit.findings.points import in_form, shown, told, value_name
from reportkit.findings.status import Status
from reportkit.moa.declared import Term, statement
from reportkit.moa.values import Found

# So many agreements are named where a term is not the same in all; of more, the number is told.
_NAMED = 4
_READ = "absent only where every page that could hold it was read"


def term_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """What is on file, the matrix of powers, and the terms of the local agreements."""
    if not papers:
        return ()
    state = status.place.kind == "state"
    found = [_on_file(status, papers, national, cite), *_unknown(papers, cite)]
    for column in columns(papers, grouped=state):
        found += [*_column(column, cite, whole=state)]
    if not state:
        local = local_papers(papers)
        found += [*_own([paper for paper in local if paper.memorandum], cite)]
        found += [*_standard(local, cite)]
    return tuple(found)


def _on_file(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> Claim:
    held = national.store.memoranda_of
    listed = national.snapshot.listed
    return claim(
        "terms.on_file",
        "terms.on_file.state" if status.place.kind == "state" else "terms.on_file",
        "agreements on the newest list to which a memorandum in the store belongs",
        (cite.list(national.snapshot.list),),
        place=status.place.name,
        k=sum(paper.memorandum is not None for paper in papers),
        n=len(papers),
        nation_k=sum(item.id in held for item in listed),
        nation_n=len(listed),
    )


def _unknown(papers: Sequence[Paper], cite: Citations) -> Iterator[Claim]:
    """The agreements of which neither the memorandum nor the form is known."""
    unknown = [paper for paper in papers if paper.basis == "unknown"]
    if unknown:
        many = len(unknown) > _NAMED
        lists = tuple(dict.fromkeys(cite.list(paper.held.last.list) for paper in unknown))
        yield claim(
            "terms.unknown",
            "terms.unknown.many" if many else "terms.unknown",
            "no memorandum on file, and no known form for the model and signing date on the list",
            lists if many else tuple(cite.row(paper.held.last) for paper in unknown),
            agreements=tuple(paper.name for paper in unknown[:_NAMED]),
            n=len(unknown),
        )


def cell_id(column: Column, term: Term) -> str:
    """The id of the claim on memoranda that a cell of the matrix shows."""
    return f"terms.cell.{column.id}.{term.id}"


def form_id(column: Column) -> str:
    """The id of the claim on the standard form that the cells of a column show."""
    return f"terms.column.{column.id}"


def count_id(column: Column) -> str:
    """The id of the claim that counts a state's memoranda, which the cells of a column show."""
    return f"terms.counted.{column.id}"


def _column(column: Column, cite: Citations, *, whole: bool) -> Iterator[Claim]:
    """The cells of one column; none where neither a memorandum nor a form tells."""
    rows = [(term, held) for term in shown() if (held := heard(column, term))]
    if whole and rows and not column.alone:
        yield _tally(column, rows, cite)
    else:
        cell = _alone if column.alone else _counted
        yield from (cell(column, term, held, cite) for term, held in rows)
    if len(column.papers) > len(column.on_file) and column.form:
        yield _by_form(column, column.form, cite)


def heard(column: Column, term: Term) -> list[tuple[Paper, Found]]:
    """What the memoranda of a column say on a term."""
    return [(paper, found) for paper in column.on_file if (found := paper.found(term.id))]


def count(held: Sequence[tuple[Paper, Found]]) -> dict[str, Value]:
    """How many memoranda have a term, what it is there, in how many it could not be read."""
    yes = [found for _, found in held if found.state == "present"]
    return {
        "told": value_name(yes[0] if yes else None),
        "k": len(yes),
        "n": len(held),
        "unreadable": sum(found.state == "unreadable" for _, found in held),
    }


def _tally(
    column: Column, rows: Sequence[tuple[Term, list[tuple[Paper, Found]]]], cite: Citations
) -> Claim:
    """One claim for a column of a state, whose memoranda are too many to cite page by page."""
    counts = [(term, count(held)) for term, held in rows]
    unreadable = tuple(
        f"{values['unreadable']} terms.name.{term.id}"
        for term, values in counts
        if values["unreadable"]
    )
    return claim(
        count_id(column),
        "terms.counted.unreadable" if unreadable else "terms.counted",
        f"memoranda of the column that have each term; {_READ}",
        tuple(
            cite.memorandum(paper.memorandum, paper.held)
            for paper in column.on_file
            if paper.memorandum
        ),
        model=column.model,
        form=column.form or "unknown",
        n=len(column.on_file),
        counts=tuple(f"{values['k']} terms.name.{term.id}" for term, values in counts),
        unreadable=unreadable or None,
    )


def _alone(
    column: Column, term: Term, held: Sequence[tuple[Paper, Found]], cite: Citations
) -> Claim:
    ((paper, found),) = held
    return claim(
        cell_id(column, term),
        f"terms.cell.{found.state}" if found.page else f"terms.cell.{found.state}.whole",
        f"state of the term in the memorandum; {_READ}",
        (_place(paper, found, cite),),
        agreement=paper.name,
        power=f"terms.name.{term.id}",
        told=value_name(found),
        page=found.page,
    )


def _counted(
    column: Column, term: Term, held: Sequence[tuple[Paper, Found]], cite: Citations
) -> Claim:
    values = count(held)
    return claim(
        cell_id(column, term),
        counted_message(values),
        f"memoranda of the column that have the term; {_READ}",
        tuple(dict.fromkeys(_place(*item, cite) for item in held)),
        model=column.model,
        form=column.form or "unknown",
        power=f"terms.name.{term.id}",
        **values,
    )


def counted_message(values: Mapping[str, Value]) -> str:
    """The message of a counted cell."""
    if values["unreadable"]:
        return "terms.cell.counted.unreadable"
    return "terms.cell.counted" if values["k"] else "terms.cell.counted.none"


def _by_form(column: Column, form: str, cite: Citations) -> Claim:
    """What the standard form says on all powers, for the agreements that are not on hand."""
    known = [(term, found) for term in shown() if (found := in_form(form, term.id))]
    return claim(
        form_id(column),
        "terms.column.powers",
        "standard form that the model and the signing date on the list imply",
        (cite.form(form),),
        model=column.model,
        form=form,
        yes=_names(term for term, found in known if found.state == "present"),
        no=_names(term for term, found in known if found.state == "absent"),
        settings=tuple(value_name(found) for _, found in known if isinstance(found.value, str)),
    )


def _names(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(f"terms.name.{term.id}" for term in terms if not term.valued)


def _own(papers: Sequence[Paper], cite: Citations) -> Iterator[Claim]:
    """The terms of the memoranda on file, each once; who has it is told where not all do."""
    for term in told():
        known = [(paper, found) for paper in papers if (found := paper.found(term.id))]
        absent = [item for item in known if item[1].state == "absent"]
        present = [item for item in known if item[1].state == "present"]
        for number, (key, held) in enumerate(_alike(term, present or absent).items()):
            others = absent if present and number == 0 else []
            everyone = len(held) == len(papers)
            names, without = (
                who([paper for paper, _ in items], papers) for items in (held, others)
            )
            yield claim(
                f"terms.say.{term.id}.{_slug(held)}",
                key.partition(" ")[0] if everyone else _naming(names, without),
                f"terms of the local agreements' own memoranda; {_READ}",
                tuple(dict.fromkeys(_place(*item, cite) for item in (*held, *others))),
                agreements=names,
                others=without,
                statement=key,
                value=key.partition(" ")[2] or None,
                k=len(held),
                n=len(papers),
            )


def _alike(term: Term, held: Iterable[tuple[Paper, Found]]) -> dict[str, list[tuple[Paper, Found]]]:
    """Memoranda by what they say on a term: a message id, with its value after a space."""
    groups: dict[str, list[tuple[Paper, Found]]] = {}
    for paper, found in held:
        groups.setdefault(_statement(term, found), []).append((paper, found))
    return groups


def _statement(term: Term, found: Found) -> str:
    message, values = statement(term.id, found)
    return " ".join((message, *values.values()))


def _slug(held: Sequence[tuple[Paper, Found]]) -> str:
    found = held[0][1]
    return found.value if isinstance(found.value, str) else found.state


def _naming(names: Sequence[str], without: Sequence[str]) -> str:
    """The message that names who says something, or how many; and who does not."""
    if len(names) > _NAMED:
        return "terms.some.many"
    return "terms.split" if 0 < len(without) <= _NAMED else "terms.some"


def _standard(local: Sequence[Paper], cite: Citations) -> Iterator[Claim]:
    """The standard terms of agreements not on hand, where no memorandum here tells the same."""
    own = {paper.form for paper in local if paper.memorandum}
    missing = [paper for paper in local if paper.basis == "form"]
    forms = list(dict.fromkeys(paper.form for paper in missing if paper.form))
    for form in forms:
        papers = [paper for paper in missing if paper.form == form]
        kind = "same" if form in own else "form"
        yield claim(
            f"terms.{kind}.{form}",
            f"terms.{kind}" if len(papers) <= _NAMED else f"terms.{kind}.many",
            "standard form that the model and the signing date on the list imply",
            (*(cite.row(paper.held.last) for paper in papers), cite.form(form)),
            agreements=tuple(paper.name for paper in papers),
            n=len(papers),
            model=papers[0].held.model,
            form=form,
        )
    untold = [form for form in forms if form not in own]
    for term in told():
        groups: dict[str, list[str]] = {}
        for form in untold:
            if found := in_form(form, term.id):
                groups.setdefault(_statement(term, found), []).append(form)
        for key, held in groups.items():
            message = key.partition(" ")[0]
            yield claim(
                f"terms.standard.{term.id}.{held[0]}",
                message if len(held) == len(untold) else "terms.some.forms",
                "terms of the standard form that the model and the signing date imply",
                tuple(cite.form(form) for form in held),
                forms=tuple(held),
                statement=key,
                value=key.partition(" ")[2] or None,
            )


def _place(paper: Paper, found: Found, cite: Citations) -> Citation:
    """The page, or the whole memorandum where no page is told."""
    assert paper.memorandum is not None
    return cite.memorandum(paper.memorandum, paper.held, found.page)
