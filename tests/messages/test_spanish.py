"""What Spanish asks of a text: names of places, contractions, "y" or "e", dates, marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.messages import Run, catalogue, merged
from reportkit.messages.marks import clean, marked, runs
from reportkit.messages.spanish import heading, join, meet, place, places, source
from reportkit.places import Gazetteer

WORDS = catalogue("es")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Lee County, Florida", "el condado de Lee, Florida"),
        ("Lee County", "el condado de Lee"),
        ("Los Angeles County, California", "el condado de Los Ángeles, California"),
        ("New York County, New York", "el condado de Nueva York, Nueva York"),
        ("Orleans Parish, Louisiana", "la parroquia de Orleans, Luisiana"),
        ("Kodiak Island Borough, Alaska", "el borough de Kodiak Island, Alaska"),
        ("Juneau City and Borough, Alaska", "la ciudad y borough de Juneau, Alaska"),
        ("Bethel Census Area, Alaska", "el área censal de Bethel, Alaska"),
        ("Anchorage Municipality, Alaska", "el municipio de Anchorage, Alaska"),
        ("Capitol Planning Region, Connecticut", "la región de planificación de Capitol, Connecticut"),
        ("Baltimore city, Maryland", "la ciudad independiente de Baltimore, Maryland"),
        ("Carson City, Nevada", "Carson City, Nevada"),
        ("Cape Coral, Florida", "Cape Coral, Florida"),
        ("New York City, New York", "la ciudad de Nueva York, Nueva York"),
        ("Spokane, Washington", "Spokane, Washington"),
        ("Washington", "el estado de Washington"),
        ("North Carolina", "Carolina del Norte"),
        ("District of Columbia", "el Distrito de Columbia"),
        ("District of Columbia, District of Columbia", "el Distrito de Columbia"),
        ("Northern Mariana Islands", "las Islas Marianas del Norte"),
        ("Florida", "Florida"),
        ("Pennsylvania (13)", "Pensilvania (13)"),
    ],
)  # fmt: skip
def test_a_place_in_a_sentence(name, told):
    assert place(name) == told


def test_a_place_on_its_own():
    assert heading("Lee County, Florida") == "Condado de Lee, Florida"
    assert heading("District of Columbia") == "Distrito de Columbia"
    assert heading("Northern Mariana Islands") == "Islas Marianas del Norte"
    assert heading("El Paso, Texas") == "El Paso, Texas"


def test_english_words_within_a_name_are_marked():
    assert clean(place("Isle of Wight County, Virginia")) == "el condado de Isle of Wight, Virginia"
    assert runs(place("Isle of Wight County, Virginia")) == (
        Run("el condado de "), Run("Isle of Wight", "en"), Run(", Virginia"),
    )  # fmt: skip


def test_places_of_one_kind_stand_under_one_word():
    assert places(("Lee County", "Collier County")) == "los condados de Lee y Collier"
    assert places(("Acadia Parish", "Allen Parish", "Iberia Parish")) == (
        "las parroquias de Acadia, Allen e Iberia"
    )
    assert places(("Lee County",)) == "el condado de Lee"
    assert places(("Lee County", "Baltimore city")) == (
        "el condado de Lee y la ciudad independiente de Baltimore"
    )


@pytest.mark.parametrize("state", Gazetteer.load().states)
def test_every_county_and_state_has_a_spanish_name(state):
    assert place(state.name)
    for county in Gazetteer.load().counties(state.state):
        told = clean(place(county.full_name))
        ending = county.name.split()[-1]
        assert ending in ("City", "Columbia") or not told.partition(",")[0].endswith(ending)
        assert heading(county.full_name)[0].isupper()


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("agencias de ", "el condado de Lee", "agencias del condado de Lee"),
        ("De ", "el estado de Washington", "Del estado de Washington"),
        ("llega a ", "el condado de Lee", "llega al condado de Lee"),
        ("agencias de ", "El Paso, Texas", "agencias de El Paso, Texas"),
        ("agencias de ", "la parroquia de Allen", "agencias de la parroquia de Allen"),
        ("en ", "el condado de Lee", "en el condado de Lee"),
        ("desde ", "el condado", "desde el condado"),
        ("Ohio y ", "Illinois", "Ohio e Illinois"),
        ("Ohio y ", "Iowa", "Ohio y Iowa"),
        ("Ohio y ", "Hialeah", "Ohio y Hialeah"),
        ("Florida o ", "Ohio", "Florida u Ohio"),
        ("7 o ", "8", "7 u 8"),
        ("Publicado en ", "18 de mayo de 2026", "Publicado el 18 de mayo de 2026"),
        ("Publicado en ", "mayo de 2026", "Publicado en mayo de 2026"),
        ("la lista de ", "18 de mayo de 2026", "la lista del 18 de mayo de 2026"),
    ],
)
def test_words_meet(before, text, told):
    assert meet(before, text) == told


def test_lists():
    assert join(()) == ""
    assert join(("a",)) == "a"
    assert join(("a", "b", "c")) == "a, b y c"
    assert join(("Ohio", "Indiana")) == "Ohio e Indiana"
    assert join(("A", marked("Illinois State Police"))) == "A e \ue000Illinois State Police\ue001"


def test_numbers_and_dates_are_those_of_spanish_in_the_united_states():
    assert WORDS.number(1843) == "1,843"
    assert WORDS.percent(0.254) == "25%"
    assert WORDS.percent(0.004) == "0.4%"
    assert WORDS.date("2026-05-18") == "18 de mayo de 2026"
    assert WORDS.period("2026-05") == "mayo de 2026"
    assert WORDS.period("2026") == "2026"
    assert WORDS.short("2026-05-18") == "18 may 2026"
    assert WORDS.dated("jem-2020-07") == "julio de 2020"
    assert WORDS.dated("unknown") == "formulario desconocido"


def test_the_title_of_a_brief():
    assert WORDS.text("title", {"place": "Lee County, Florida"}) == (
        "287(g) en el condado de Lee, Florida"
    )
    assert WORDS.text("title", {"place": "Guam"}) == "287(g) en Guam"


def test_a_name_is_marked_and_an_article_of_the_claim_is_not_part_of_it():
    assert source("the Cape Coral Police Department") == "\ue000Cape Coral Police Department\ue001"
    assert source("The Villages Police") == "\ue000The Villages Police\ue001"
    assert source("12-34") == "12-34"
    values = {"agency": "Cape Coral Police Department", "model": "TFM"}
    assert WORDS.runs("timeline.bar", values) == (
        Run("Cape Coral Police Department", "en"), Run(", Fuerza Operativa"),
    )  # fmt: skip
    assert WORDS.text("timeline.bar", values) == "Cape Coral Police Department, Fuerza Operativa"
    assert catalogue("en").runs("timeline.bar", values) == (
        Run("Cape Coral Police Department, Task Force"),
    )


@given(st.lists(st.tuples(st.text("abc é.,"), st.booleans())))
def test_runs_are_the_text_in_parts(parts):
    text = "".join(marked(words) if foreign else words for words, foreign in parts)
    assert "".join(run.text for run in runs(text)) == clean(text)
    assert clean(text) == "".join(words for words, _ in parts)
    assert {run.lang for run in runs(text)} <= {None, "en"}
    joined = merged(runs(text))
    assert "".join(run.text for run in joined) == clean(text)
    assert all(one.lang != after.lang for one, after in pairwise(joined))
