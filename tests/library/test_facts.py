"""Cited facts: their schema, what a record that does not fit is told, and the package's own."""

import datetime as dt
import re
from calendar import month_name
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportkit.errors import InputError
from reportkit.library import load_facts
from reportkit.library.entries import Loader
from reportkit.library.facts import Confidence, Effect, Fact, Stance, Topic, read_facts
from reportkit.library.fields import public_host
from reportkit.messages import catalogue

WORDS = catalogue("en")
GOOD = {
    "id": "sl-x1",
    "topic": "state-law",
    "publisher": "The Legislature",
    "title": "An Act",
    "url": "https://www.example.gov/act?id=1",
    "published": "2025-02",
    "locator": "s. 3(b), p. 10",
    "confidence": "high",
    "stance": "neutral",
    "read_at": "the printed act",
}
FACTS = load_facts()


def read(*records, file="my.yaml"):
    return read_facts(yaml.safe_dump([dict(record) for record in records]), file)


def told(*records):
    with pytest.raises(InputError) as caught:
        read(*records)
    return str(caught.value).splitlines()


def test_a_record_is_read_as_it_stands():
    (fact,) = read(GOOD | {"state": "MD", "effect": "bars", "since": "2026-02-17"}).values()
    assert fact == Fact(**GOOD, state="MD", effect="bars", since="2026-02-17")
    assert fact.known_by.isoformat() == "2026-02-17"


@pytest.mark.parametrize("field", sorted(GOOD))
def test_a_missing_field_is_named(field):
    record = {name: value for name, value in GOOD.items() if name != field}
    where = "my.yaml record 2" + (" (sl-x1)" if field != "id" else "")
    assert told(GOOD | {"id": "sl-x0"}, record) == [f"{where}: {field}: is missing; add it"]


@pytest.mark.parametrize("field", sorted({*GOOD, "note", "since", "state", "effect"}))
@pytest.mark.parametrize("value", [2025, None, ["a"], {"a": "b"}, True])
def test_a_field_that_is_no_text_is_named(field, value):
    (line,) = told(GOOD | {"state": "MD", field: value})
    assert line.endswith(" is no text; put it in quotes")
    assert f": {field}: " in line


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("topic", "statutes", "'statutes' is not known; did you mean statute?"),
        ("confidence", "low", "'low' is not known; use high, medium"),
        ("confidence", "", "'' is not known; use high, medium"),
        ("stance", "pro", "'pro' is not known; use critic, neutral, official"),
        ("effect", "forbids", "'forbids' is not known; use bars, conditions, limits, none"),
        ("state", "ZZ", "'ZZ' is no state; write a postal code like FL"),
        ("state", "fl", "'fl' is no state; write a postal code like FL"),
        ("published", "May 2025", "'May 2025' is no date; write it like 2025-02-24, 2025-02 or"),
        ("published", "2025-13", "'2025-13' is no date"),
        ("published", "2025-02-30", "'2025-02-30' is no date"),
        ("published", "2025-2-3", "'2025-2-3' is no date"),
        ("published", "٢٠٢٥", "'٢٠٢٥' is no date"),
        ("published", "9999-12", "'9999-12' is no date"),
        ("since", "soon", "'soon' is no date"),
        ("id", "slx", "'slx' has another shape; write it like st-g1"),
        ("id", "SL-X", "'SL-X' has another shape; write it like st-g1"),
        ("id", "sl-x1\n", "has a line break or a character that cannot be seen; take it out"),
        ("publisher", "", "is empty; write what the source is or says"),
        ("publisher", " ", "is empty; write what the source is or says"),
        ("title", "…", "is empty; write what the source is or says"),
        ("title", "An\u202eAct", "has a line break or a character that cannot be seen"),
        ("read_at", "", "is empty; write what the source is or says"),
        ("locator", "p. 0", "'p. 0' names a page 0; count pages from 1"),
        ("locator", "pages 00", "'pages 00' names a page 0; count pages from 1"),
        ("locator", "…", "'…' names no place; name page or section, or leave it empty"),
        ("locator", "--", "'--' names no place; name page or section, or leave it empty"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named_with_what_to_do(field, value, problem):
    (line,) = told(GOOD | {"state": "MD", field: value})
    _, _, rest = line.partition(f": {field}: ")
    assert line.startswith("my.yaml record 1 (")
    assert rest.startswith(problem)
    assert "; " in rest


@pytest.mark.parametrize("text", ["", "p. 10", "pp. 3-4", "section 0.5", "sec. V", "§ 3", "1:2"])
def test_locators_that_fit(text):
    assert read(GOOD | {"locator": text})["sl-x1"].locator == text


@pytest.mark.parametrize(
    "url",
    [
        "", "www.ice.gov/287g", "//www.ice.gov/287g", "ftp://www.ice.gov/a", "file:///etc/passwd",
        "javascript:alert(1)", "https://", "https:///a", "https://ice", "https://localhost/a",
        "https://127.0.0.1/a", "https://127.1/a", "https://0x7f.0.0.1/a", "https://2130706433/",
        "https://10.0.0.8/a", "https://192.168.1.1/", "https://169.254.169.254/", "https://[::1]/",
        "https://[fd00::1]/", "https://[::1", "https://x.local/", "https://db.internal/",
        "https://a:b@www.ice.gov/", "https://@www.ice.gov/", "https://www.ice.gov:port/",
        "https://www.ice.gov:99999/", "https://www..gov/", "https://-a.gov/", "https://a_b.g/",
        "https://www.ice.gov/a b", " https://www.ice.gov/", "https://www.ice.gov/a\tb",
    ],
)  # fmt: skip
def test_an_address_that_nobody_can_reach_is_refused(url):
    (line,) = told(GOOD | {"url": url})
    assert ": url: " in line
    assert "; " in line


@pytest.mark.parametrize(
    "url",
    [
        "https://www.ice.gov/identify-and-arrest/287g", "http://trac.syr.edu:80/a.html",
        "https://WWW.ICE.GOV/", "https://xn--bcher-kva.example.com/a", "https://8.8.8.8/a",
        "https://a.co.uk/?q=a%20b#c", "https://example.org./",
    ],
)  # fmt: skip
def test_an_address_of_the_public_web_is_taken(url):
    assert read(GOOD | {"url": url})["sl-x1"].url == url


@given(st.ip_addresses())
def test_only_addresses_that_everybody_can_reach_are_public(address):
    assert public_host(str(address)) == address.is_global


def test_an_unknown_field_is_named():
    (line,) = told(GOOD | {"publised": "2025"})
    assert line.startswith(
        "my.yaml record 1 (sl-x1): publised: no such field; did you mean published?"
    )


def test_an_effect_needs_its_state():
    assert told(GOOD | {"effect": "bars"}) == [
        "my.yaml record 1 (sl-x1): state: is missing, but effect is there; "
        "name the state whose law it is"
    ]


def test_the_same_id_twice_is_refused():
    assert told(GOOD, GOOD | {"title": "Another"}) == [
        "my.yaml record 2 (sl-x1): id: record 1 has the same; rename one"
    ]


def test_every_problem_is_told():
    lines = told(GOOD | {"topic": "x", "url": "x"}, GOOD | {"title": ""})
    assert [line.split(": ")[:2] for line in lines] == [
        ["my.yaml record 1 (sl-x1)", "topic"],
        ["my.yaml record 1 (sl-x1)", "url"],
        ["my.yaml record 2 (sl-x1)", "title"],
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "my.yaml: it is no list; begin each record with '- id:'"),
        ("id: a", "my.yaml: it is no list; begin each record with '- id:'"),
        ("- a", "my.yaml record 1: it has no fields; write 'id: …' and so on"),
        ("- &a [*a]", "my.yaml record 1: it has no fields; write 'id: …' and so on"),
        (
            "- {id: a, id: b}",
            "my.yaml: it is no valid YAML; correct it: record b: id: the field is there twice",
        ),
        ("- {id: 'a", "my.yaml: it is no valid YAML; correct it: while scanning"),
        ("- {? [a] : b}", "my.yaml: it is no valid YAML; correct it: while constructing"),
        ("- !!python/object:os.system {}", "my.yaml: it is no valid YAML; correct it: could not"),
    ],
)
def test_a_text_that_is_no_list_of_records_is_refused(text, problem):
    with pytest.raises(InputError) as caught:
        read_facts(text, "my.yaml")
    (line,) = str(caught.value).splitlines()
    assert line.startswith(problem)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(sorted(GOOD)) | st.text(), inner, max_size=6)
        ),
        max_leaves=12,
    )
)
def test_whatever_a_file_holds_it_is_told_or_read(held):
    text = yaml.safe_dump(held)
    try:
        read_facts(text, "my.yaml")
    except InputError as error:
        assert all(line.startswith("my.yaml") for line in str(error).splitlines())
    else:
        assert held == []


@pytest.mark.parametrize(
    ("published", "since", "day"),
    [
        ("2025-02-24", "", "2025-02-24"),
        ("2024-02", "", "2024-02-29"),
        ("2025-12", "", "2025-12-31"),
        ("2025", "", "2025-12-31"),
        ("2026", "2025-03", "2025-03-31"),
        ("", "2019", "2019-12-31"),
        ("2099", "", "2099-12-31"),
    ],
)
def test_a_fact_is_known_by_the_last_day_of_what_it_tells(published, since, day):
    fact = read(GOOD | {"published": published, "since": since})["sl-x1"]
    assert fact.known_by.isoformat() == day


def test_a_fact_without_a_date_is_known_by_no_day():
    assert read(GOOD | {"published": ""})["sl-x1"].known_by is None


# The package's own facts.


def test_the_facts_of_the_package():
    assert {fact.topic for fact in FACTS.values()} == set(get_args(Topic))
    assert {fact.confidence for fact in FACTS.values()} == set(get_args(Confidence))
    assert {fact.stance for fact in FACTS.values()} == set(get_args(Stance))
    assert {fact.effect for fact in FACTS.values()} == {"", *get_args(Effect)}


def test_laws_of_states_are_told_as_the_records_tell_them():
    laws = {
        fact.id: (fact.state, fact.effect, fact.known_by.isoformat())
        for fact in FACTS.values()
        if fact.topic == "state-law" and fact.effect
    }
    assert laws == {
        "sl-fl": ("FL", "requires", "2025-02-28"),
        "sl-fl2": ("FL", "requires", "2025-04-01"),
        "sl-tx": ("TX", "requires", "2026-01-01"),
        "sl-ga": ("GA", "requires", "2024-05-01"),
        "sl-tn": ("TN", "requires", "2026-05-26"),
        "sl-nc2": ("NC", "requires", "2026-06-24"),
        "sl-md": ("MD", "bars", "2026-02-17"),
        "sl-nm": ("NM", "bars", "2026-02-05"),
        "sl-me": ("ME", "limits", "2026-01-31"),
        "sl-de": ("DE", "bars", "2025-07-14"),
        "sl-ca": ("CA", "bars", "2017-12-31"),
        "sl-il": ("IL", "bars", "2021-12-31"),
        "sl-wa": ("WA", "bars", "2019-05-21"),
        "sl-or": ("OR", "limits", "1987-12-31"),
        "sl-ct": ("CT", "bars", "2019-12-31"),
        "sl-nj": ("NJ", "bars", "2019-03-31"),
        "sl-ny": ("NY", "bars", "2026-08-25"),
        "sl-va": ("VA", "conditions", "2026-04-22"),
        "sl-mn": ("MN", "limits", "2025-12-12"),
        "sl-ma": ("MA", "none", "2017-12-31"),
    }


NAMES = {
    "AZ": "Arizona", "CO": "Colorado", "MD": "Maryland", "MN": "Minnesota", "NC": "North Carolina",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "OR": "Oregon", "PA": "Pennsylvania",
    "TX": "Texas", "VA": "Virginia", "FL": "Florida", "TN": "Tennessee", "GA": "Georgia",
    "MA": "Massachusetts", "ME": "Maine", "DE": "Delaware", "CT": "Connecticut", "WI": "Wisconsin",
    "CA": "California", "IL": "Illinois", "WA": "Washington",
}  # fmt: skip


@pytest.mark.parametrize(
    "fact", [fact for fact in FACTS.values() if fact.state], ids=lambda f: f.id
)
def test_a_fact_about_a_state_names_the_state(fact):
    elsewhere = {"vl-8", "cc-10"}  # Bucks County, named by its case
    sentence = WORDS.text(f"fact.{fact.id}")
    assert NAMES[fact.state] in sentence or (
        fact.id in elsewhere and ("Pennsylvania" in sentence or "Bucks County" in sentence)
    )


DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(month_name[1:])}) (\d{{4}})|\b((?:19|20)\d\d)\b")
# Days to come that a law, an offer or a projection of the day named itself.
AHEAD = {
    "cl-5": {"1 October 2025"},
    "cl-10": {"2025"},
    "sl-me": {"July 2026"},
    "sl-nm": {"20 May 2026"},
    "sl-tx": {"1 December 2026"},
    "sl-va": {"30 June 2028"},
}


@pytest.mark.parametrize("fact", list(FACTS.values()), ids=lambda fact: fact.id)
def test_a_sentence_tells_of_no_day_after_the_one_that_gates_it(fact):
    """A brief of an earlier day must not tell what came later."""
    if fact.known_by is None:
        return
    later = set()
    for match in DATE.finditer(WORDS.text(f"fact.{fact.id}")):
        day, month, year, alone = match.groups()
        first = dt.date(
            int(year or alone), list(month_name).index(month) if month else 1, int(day or 1)
        )
        if first > fact.known_by:
            later.add(match[0])
    assert later == AHEAD.get(fact.id, set())


@pytest.mark.parametrize("fact", list(FACTS.values()), ids=lambda fact: fact.id)
def test_a_sentence_stands_alone(fact):
    text = WORDS.text(f"fact.{fact.id}")
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".")
    assert "{" not in text
    assert not re.match(r"(The same|That|This|It|These|Such)\b", text)
    assert len(text) <= 345
    assert not re.search(r"\b(will|takes effect|helper|excerpt)\b", text)


@pytest.mark.parametrize(
    "fact",
    [fact for fact in FACTS.values() if fact.topic.startswith("viewpoint")],
    ids=lambda fact: fact.id,
)
def test_views_are_of_like_length_and_dated(fact):
    text = WORDS.text(f"fact.{fact.id}")
    assert 120 <= len(text) <= 215
    assert fact.published or fact.id == "vl-2"  # whose page shows no date
    assert re.search(r"\b(19|20)\d\d\b", text) or "undated" in text


def test_research_has_its_limits():
    research = {fact.id for fact in FACTS.values() if fact.topic == "research-finding"}
    limits = {name.removeprefix("limit.") for name in WORDS if name.startswith("limit.")}
    assert limits == research
    for identity in research:
        assert WORDS.text(f"limit.{identity}").count(". ") == 0


def test_notes_hold_no_words_of_how_they_were_made():
    said = " ".join(
        getattr(fact, name) for fact in FACTS.values() for name in ("publisher", "note", "read_at")
    )
    assert not re.search(r"\b(helper|readd|memory|excerpt|assistant)\b", said, re.I)
    assert set(re.findall(r"\S+ \(own|own count", said)) == {"reportkit (own"}


def test_reading_is_left_to_the_parser_in_c():
    assert issubclass(Loader, yaml.CSafeLoader)
