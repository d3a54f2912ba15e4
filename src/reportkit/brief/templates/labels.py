"""The few words that the drawing itself adds to a brief, by language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from reportkit.messages.catalogue import DATES

_EN = {
    "skip": "Skip to the brief",
    "contents": "Contents",
    "source": "Source",
    "figures": "The figures of this chart",
    "back": "Back to",
    "sentence": "sentence",
    "evidence": "evidence",
    "proof": "Evidence",
    "rule": "Rule",
    "proofs": "The small numbers behind a sentence open its evidence below the text. Here, a number "
    "leads back to the first sentence that rests on it.",
    "retrieved": "Retrieved",
    "copy": "Copy read:",
    "as_of": "as of",
    "page": "page",
    "of": "of",
    "report": "Report",
    "output": "Output of a cell",
    "picture": "Picture from the notebook; its maker gave no description",
    "error": "This cell failed",
}
_ES = {
    "skip": "Ir al informe",
    "contents": "Contenido",
    "source": "Fuente",
    "figures": "Las cifras de este gráfico",
    "back": "Volver a",
    "sentence": "frase",
    "evidence": "prueba",
    "proof": "Pruebas",
    "rule": "Regla",
    "proofs": "Los números pequeños tras una frase abren sus pruebas debajo del texto. Aquí, un "
    "número lleva de vuelta a la primera frase que se apoya en él.",
    "retrieved": "Consultado el",
    "copy": "Copia leída:",
    "as_of": "al",
    "page": "página",
    "of": "de",
    "report": "Informe",
    "output": "Salida de una celda",
    "picture": "Imagen del cuaderno; su autor no dio una descripción",
    "error": "Esta celda falló",
}
_LANGUAGES = {"en": _EN, "es": _ES}


def labels(lang: str) -> dict[str, str]:
    """The labels of a language; English where we have none."""
    return _LANGUAGES.get(lang, _EN)


def long_date(iso: str, lang: str) -> str:
    """An ISO date in words, or the text itself where it is no date."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    locale = lang if lang in DATES else "en"
    return format_date(day, DATES[locale], locale=locale)
