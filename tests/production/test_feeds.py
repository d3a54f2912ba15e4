"""Feeds: what the formats ask of them, ids for good, days of lists instead of a clock."""

import datetime as dt
import itertools
import json
import os
import re
import shutil
from pathlib import Path

import jsonschema
import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.brief.digest import make_digest
from reportkit.errors import InputError
from reportkit.production.digest import produce_digest
from reportkit.production.digest_feeds import digest_feeds
from reportkit.production.feeds import MOST, Entry, Feed, as_atom, as_json, urn
from reportkit.store import Store
from reportkit.store.build import Content, write
from store import small

HERE = Path(__file__).parent
ATOM = "{http://www.w3.org/2005/Atom}"
SINCE, FORMATS = "2025-06-02", ("html", "json", "feeds")
SCOPE = {"states": ("FL",), "places": ("Bay County, FL",), "formats": FORMATS}


@pytest.fixture(scope="module")
def grammar():
    return lxml.etree.RelaxNG(lxml.etree.parse(HERE / "atom.rng"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small.store(tmp_path_factory.mktemp("stores") / "small")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory, store):
    """Three digests of a growing period in one language, one in the other, and their feeds."""
    out = tmp_path_factory.mktemp("outputs")
    seen = []
    for until in ("2025-06-16", "2025-07-01", "2025-08-01"):
        produce_digest(SINCE, until, out=out, store=store.folder, **SCOPE)
        seen.append({path: ids(path) for path in sorted(out.glob("feeds/**/*.json"))})
    address = "https://example.org/287g"
    produce_digest(
        SINCE, "2025-08-01", out=out, store=store.folder, lang="es", address=address, **SCOPE
    )
    return out, seen


def ids(path):
    return [item["id"] for item in json.loads(path.read_bytes())["items"]]


def feeds(out, ending):
    return sorted(out.glob(f"feeds/**/*.{ending}"))


def require_atom(content, grammar):
    """What the grammar of RFC 4287 asks, and what it says in prose."""
    root = lxml.etree.fromstring(content)
    grammar.assertValid(lxml.etree.ElementTree(root))
    entries = root.findall(f"{ATOM}entry")
    known = [item.findtext(f"{ATOM}id") for item in (root, *entries)]
    assert len(known) == len(set(known))
    for item in (root, *entries):
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in item.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == len(set(alternates)) > 0
    assert root.findall(f"{ATOM}author")
    updated = [item.findtext(f"{ATOM}updated") for item in entries]
    assert updated == sorted(updated, reverse=True)
    assert not updated or root.findtext(f"{ATOM}updated") == updated[0]


def require_json_feed(content):
    """What JSON Feed 1.1 says in prose; its schema from npm where that is on hand."""
    data = json.loads(content)
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["title"]
    assert all(author.get("name") for author in data["authors"])
    for item in (data, *data["items"]):
        for name in ("home_page_url", "feed_url", "url"):
            assert item.get(name, "https://").startswith("https://")
    known = [item["id"] for item in data["items"]]
    assert len(known) == len(set(known))
    for item in data["items"]:
        assert isinstance(item["id"], str) and (item["content_html"] or item["content_text"])
        for name in ("date_published", "date_modified"):
            assert dt.datetime.fromisoformat(item[name]).tzinfo is not None
    return data


def test_feeds_are_what_the_formats_ask(outputs, grammar):
    out, _ = outputs
    names = [path.relative_to(out / "feeds").as_posix() for path in feeds(out, "atom")]
    assert names == [
        *("digest.atom", "digest.es.atom", "fl/bay-county.atom", "fl/bay-county.es.atom"),
        *("fl/state.atom", "fl/state.es.atom"),
    ]
    for path in feeds(out, "atom"):
        require_atom(path.read_bytes(), grammar)
        told = require_json_feed(path.with_suffix(".json").read_bytes())
        root = lxml.etree.parse(path).getroot()
        assert [item.findtext(f"{ATOM}id") for item in root.iter(f"{ATOM}entry")] == [
            item["id"] for item in told["items"]
        ]


def test_the_schema_of_json_feed_holds(outputs):
    named = os.environ.get("REPORTKIT_JSON_FEED")
    if not named:
        pytest.skip(
            "REPORTKIT_JSON_FEED does not name schema-v1.1.json (npm pack jsonfeed-schema@0.5.0)"
        )
    schema = json.loads(Path(named).read_bytes())
    for path in feeds(outputs[0], "json"):
        jsonschema.validate(
            json.loads(path.read_bytes()), schema, format_checker=jsonschema.FormatChecker()
        )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<id>urn:uuid:", "<id>"),
        ("+00:00</updated>", "</updated>"),
        ("<name>reportkit</name>", ""),
        ('type="html">', 'type="htm">'),
        ("<title>", "<name>x</name><title>"),
    ],
)
def test_the_grammar_finds_what_is_wrong(outputs, grammar, old, new):
    page = (outputs[0] / "feeds" / "fl" / "state.atom").read_text("utf-8")
    assert old in page
    tree = lxml.etree.ElementTree(lxml.etree.fromstring(page.replace(old, new).encode()))
    assert not grammar.validate(tree)


def test_a_feed_that_grows_keeps_its_ids(outputs):
    _, seen = outputs
    for before, after in itertools.pairwise(seen):
        for path, known in before.items():
            assert set(known) <= set(after[path])
    for path, held in seen[-1].items():
        assert len(held) == {"digest.json": 3, "state.json": 6, "bay-county.json": 1}[path.name]


def test_a_store_that_grows_keeps_the_ids_and_the_text(tmp_path):
    def items(until):
        known = [item for item in small.files() if day_of(item) <= until]
        write(Content(known), tmp_path / until)
        digest = make_digest(SINCE, until, ("FL",), (), Store(tmp_path / until))
        made = digest_feeds(digest, {})["feeds/fl"]["state.json"]
        return {
            item["id"]: {name: item[name] for name in ("title", "content_text", "date_published")}
            for item in json.loads(made)["items"]
        }

    early, late = items("2025-07-01"), items("2025-08-01")
    assert len(early) == 5 and len(late) == 6
    assert {key: late[key] for key in early} == early


def day_of(item):
    return "-".join(re.search(r"(\d{4})(\d\d)(\d\d)", item.name).groups())


def test_ids_are_those_of_other_days(outputs):
    """These are in readers already: a change of any makes old news new."""
    out, _ = outputs
    data = json.loads((out / "feeds" / "fl" / "bay-county.json").read_bytes())
    assert [(item["title"], item["id"], item["date_published"]) for item in data["items"]] == [
        (
            "Ended: Bay County Sheriff's Office (Warrant Service Officer)",
            urn("news.ended.fl-bay-county-sheriff-wso-2025-05-30.2025-07-15", "en"),
            "2025-07-15T00:00:00+00:00",
        ),
    ]
    assert urn("us/digest/2025-06-02--2025-08-01-fl-fl-bay-county", "en") == (
        "urn:uuid:fe231dc2-497c-55de-84d8-ab07860241b5"
    )
    whole = json.loads((out / "feeds" / "digest.json").read_bytes())
    assert whole["items"][0]["id"] == "urn:uuid:fe231dc2-497c-55de-84d8-ab07860241b5"


def test_an_old_digest_made_again_takes_nothing_away(outputs, tmp_path, store):
    out, _ = outputs
    shutil.copytree(out, tmp_path / "out")
    produce_digest(SINCE, "2025-06-16", out=tmp_path / "out", store=store.folder, **SCOPE)
    for path in feeds(out, "json"):
        assert (tmp_path / "out" / path.relative_to(out)).read_bytes() == path.read_bytes()


def test_both_languages_are_other_entries_of_the_same_changes(outputs):
    out, _ = outputs
    english, spanish = (ids(out / "feeds" / "fl" / f"state{end}.json") for end in ("", ".es"))
    assert len(english) == len(spanish) > 3
    assert not set(english) & set(spanish)
    data = json.loads((out / "feeds" / "digest.es.json").read_bytes())
    assert data["language"] == "es"
    assert data["feed_url"] == "https://example.org/287g/feeds/digest.es.json"
    assert data["items"][0]["url"].startswith("https://example.org/287g/us/digest/2025-06-02--")
    assert data["items"][0]["url"].endswith("/es/digest.html")


def test_links_lead_to_files_that_are_there(outputs):
    out, _ = outputs
    path = out / "feeds" / "digest.atom"
    root = lxml.etree.parse(path).getroot()
    targets = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert len(targets) == 5
    assert all((path.parent / target).resolve().is_file() for target in targets)


def test_no_clock_shows(store):
    digest = make_digest(SINCE, "2025-08-01", ("FL",), (), store)
    first = digest_feeds(digest, {})
    assert first == digest_feeds(make_digest(SINCE, "2025-08-01", ("FL",), (), store), {})
    times = {
        item["date_modified"]
        for files in first.values()
        for name, content in files.items()
        if name.endswith(".json")
        for item in json.loads(content)["items"]
    }
    listed = {f"{item.date}T00:00:00+00:00" for item in (*store.lists, *store.pending_lists)}
    assert times <= listed


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"claims": []}', b"null"])
def test_a_damaged_digest_is_named_and_nothing_written(tmp_path, store, content):
    foreign = tmp_path / "us" / "digest" / "2025-01-01--2025-02-01"
    foreign.mkdir(parents=True)
    (foreign / "digest.json").write_bytes(content)
    with pytest.raises(InputError, match=r"2025-01-01--2025-02-01.*make it again or remove"):
        produce_digest(SINCE, "2025-08-01", out=tmp_path, store=store.folder, **SCOPE)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["digest.json"]


def test_folders_without_a_digest_are_left_alone(tmp_path, store):
    foreign = tmp_path / "us" / "digest" / "notes"
    foreign.mkdir(parents=True)
    (foreign / "digest.html").write_text("half")
    produce_digest(SINCE, "2025-08-01", out=tmp_path, store=store.folder, **SCOPE)
    assert len(ids(tmp_path / "feeds" / "digest.json")) == 1
    assert (foreign / "digest.html").read_text() == "half"


def test_an_entry_leads_to_its_page_and_stays_whatever_was_asked_for(tmp_path, store):
    for until in ("2025-06-16", "2025-08-01"):
        produce_digest(SINCE, until, formats=("feeds",), out=tmp_path, store=store.folder)
    root = lxml.etree.parse(tmp_path / "feeds" / "digest.atom").getroot()
    links = [item.find(f"{ATOM}link").get("href") for item in root.iter(f"{ATOM}entry")]
    assert links == [
        f"../us/digest/{SINCE}--{until}/digest.html" for until in ("2025-08-01", "2025-06-16")
    ]
    assert all((tmp_path / "feeds" / link).resolve().is_file() for link in links)


text = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda value: value.strip() and "\ufffe" not in value and "\uffff" not in value
)
entries = st.builds(
    Entry, text, text, text, text, st.just("x.html"), st.dates(dt.date(2021, 1, 1)), st.just(())
)


@given(st.lists(entries, max_size=5, unique_by=lambda item: item.key), text)
def test_any_text_makes_a_whole_feed(made, title):
    links = {"atom": "a.atom", "json": "a.json"}
    feed = Feed("key", title, "en", "index.html", links, tuple(made))
    root = lxml.etree.fromstring(as_atom(feed))
    assert {item.findtext(f"{ATOM}title") for item in root.iter(f"{ATOM}entry")} == {
        item.title for item in made
    }
    require_json_feed(as_json(feed))


def test_a_feed_shows_its_newest_entries():
    day = dt.date(2025, 1, 1)
    made = [
        Entry(f"{n:03}", "t", "t", "t", "x.html", day + dt.timedelta(n)) for n in range(MOST + 20)
    ]
    feed = Feed("key", "t", "en", "i", {"atom": "a", "json": "j"}, tuple(made))
    data = json.loads(as_json(feed))
    assert len(data["items"]) == MOST
    assert data["items"][0]["id"] == urn(f"{MOST + 19:03}", "en")
