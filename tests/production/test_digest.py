"""The digest as files: its data, notebook and print; the same bytes for the same inputs."""

import json
from importlib.resources import files

import jsonschema
import nbformat
import pypdfium2
import pytest

from reportkit.brief.digest import make_digest
from reportkit.brief.digest_facts import digest_facts
from reportkit.places import Gazetteer
from reportkit.production.digest import produce_digest
from reportkit.production.editions import kind_of
from reportkit.store import Store

STORE = Store()
SCHEMA = json.loads(files("reportkit.brief").joinpath("digest.schema.json").read_text("utf-8"))
EXITS = ("2026-02-13", "2026-05-18", ("MD", "VA"))
FORMATS = ("json", "pdf", "ipynb")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("digest")
    paths = produce_digest(*EXITS, formats=FORMATS, out=out)
    assert [path.name for path in paths] == ["digest.json", "digest.pdf", "digest.ipynb"]
    return paths[0].parent


@pytest.fixture(scope="module")
def data(folder):
    return json.loads((folder / "digest.json").read_text("utf-8"))


def words(text):
    return " ".join(text.split())


def test_print_and_notebook_tell_every_sentence(folder, data):
    pages = pypdfium2.PdfDocument(folder / "digest.pdf")
    printed = words(" ".join(page.get_textpage().get_text_range() for page in pages))
    notebook = nbformat.read(folder / "digest.ipynb", as_version=4)
    shown = " ".join(
        output["data"]["text/plain"] for cell in notebook.cells for output in cell.outputs
    )
    told = words(shown).replace(" - ", " ")
    for claim in data["claims"]:
        if claim["id"].startswith(("news.", "digest.totals", "digest.kind")):
            start = claim["text"].split(";")[0]
            assert start[:60] in printed, claim["id"]
            assert start[:60] in told, claim["id"]


def test_each_place_leads_to_its_brief(folder, data):
    notebook = (folder / "digest.ipynb").read_text("utf-8")
    out = folder.parents[2]
    for item in data["items"]:
        link = f"../../../{item['brief']}"
        assert f'\\"{link}\\"' in notebook
        assert (folder / link).resolve() == (out / item["brief"]).resolve()
    assert "../../../md/frederick-county/2026-05-18/brief.html" in notebook
    # Statewide agencies are told in the state's brief.
    virginia = {i["brief"] for i in data["items"] if i["agency"].startswith("Virginia")}
    assert virginia == {"va/state/2026-05-18/brief.html"}


def test_in_spanish_the_way_up_is_longer(tmp_path):
    (path,) = produce_digest(*EXITS, formats=("json",), out=tmp_path, lang="es")
    assert path.parent == tmp_path / "us/digest/2026-02-13--2026-05-18-md-va/es"
    digest = make_digest(*EXITS, store=STORE, lang="es")
    place = digest.home(digest.items[0])
    link = (path.parent / digest.brief_link(place)).resolve()
    assert link == (tmp_path / digest.brief_path(place)).resolve()
    assert link.parent.name == "es"


def test_the_same_inputs_give_the_same_bytes(folder, tmp_path):
    again = produce_digest(*EXITS, formats=FORMATS, out=tmp_path)
    for path in again:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    "arguments",
    [
        ("2025-08-26", "2025-09-03"),
        ("2026-05-18", "2026-10-01"),
        ("2021-02-13", "2021-05-18"),
        ("2026-02-13", "2026-05-18", ("MD",), ("Lee County, FL", "Chicago, IL")),
        ("2025-02-03", "2025-03-18", "FL TX", "Travis County, TX; Texas"),
    ],
    ids=lambda arguments: "-".join(map(str, arguments)),
)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_data_fit_the_schema_and_make_the_digest_again(arguments, lang):
    states, places = (*arguments[2:], (), ())[:2]
    digest = make_digest(*arguments[:2], states, places, STORE, lang)
    made = json.loads(json.dumps(digest_facts(digest)))
    jsonschema.validate(made, SCHEMA)
    again = kind_of("digest").again(made, STORE)
    assert again.report_id == made["report_id"]
    assert digest_facts(again) == digest_facts(digest)
    claims = {claim["id"]: claim for claim in made["claims"]}
    for kind, held in made["counts"].items():
        told = [item for item in made["items"] if item["kind"] == kind]
        assert held["items"] == len(told) == claims[f"digest.kind.{kind}"]["values"]["n"]
        assert held["agencies"] == len({item["agency_id"] for item in told} - {None})
    assert {item["id"] for item in made["items"]} <= claims.keys()


def test_totals_are_of_the_scope():
    facts = digest_facts(make_digest(*EXITS, store=STORE))
    assert {name: (held["agreements"], held["agencies"]) for name, held in facts["totals"].items()} == {
        "before": (38, 36), "after": (29, 27),
    }  # fmt: skip
    whole = digest_facts(make_digest("2026-05-11", store=STORE))
    after = whole["totals"]["after"]
    assert (after["agreements"], after["agencies"]) == (1843, 1549)


def test_a_period_without_a_list_says_so():
    digest = make_digest("2026-05-18", "2026-10-01", store=STORE)
    assert digest.items == ()
    told = [digest.text(claim) for claim in digest.claims("digest.")]
    assert told == [
        "No participating list on hand is newer than that of 18 May 2026, up to 1 October 2026: "
        "whether agreements began or ended since is not known.",
        "No pending list on hand is newer than that of 17 February 2026, up to 1 October 2026: who "
        "has applied since is not known.",
        "That list shows 1,843 agreements of 1,549 agencies.",
        "Without a newer list, there is nothing to tell of the period.",
    ]


def test_scopes_name_folders():
    def edition(*scope):
        return make_digest("2026-05-11", "2026-05-18", *scope, store=STORE).edition

    assert edition() == "2026-05-11--2026-05-18"
    assert edition(("VA", "MD", "MD")) == "2026-05-11--2026-05-18-md-va"
    # A state named as a place is a state; the order of names tells nothing.
    assert edition((), ("Texas", "Lee County, FL")) == edition(("TX",), ("12071",))
    many = [county.geoid for county in Gazetteer.load().counties("FL")[:15]]
    long = edition((), many)
    assert long == edition((), many[::-1])
    assert len(long) < 60
    assert long != edition((), many[1:])


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "The changes counted here are those that concern Maryland and Lee County, Florida"),
        ("es", "son solo los que se refieren a: Maryland y el condado de Lee, Florida."),
    ],
)
def test_totals_of_the_nation_say_that_the_changes_are_of_places(lang, told):
    days = ("2026-05-07", "2026-05-18")
    digest = make_digest(*days, states=("MD",), places=("12071",), store=STORE, lang=lang)
    text = digest.text(digest.claim("digest.totals"))
    assert text.startswith(("In the whole country, ", "En todo el país, "))
    assert "1,843" in text
    assert told in text
