"""Message catalogues: every sentence a reader sees, by id, with numbers and dates by locale.

A message holds placeholders `{name}` or `{name:format}`. Formats: `number`, `percent` (of a
fraction), `date` (of an ISO date), `model` (TFM, JEM or WSO in words), `reason` (why an agency
covers a place), `count.<noun>` (the plural message of that name), and for tuples, joined: `list`,
`models`, `signings` (each "TFM 2025-02-24") and `counted` (each "12 TFM").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from reportkit.errors import InputError
from reportkit.evidence import Value

_PLACEHOLDER = re.compile(r"\{(\w+)(?::([\w.]+))?\}")
CELLS = " · "
"""Between the cells of a message that stands for a table row."""
DATES = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}


class Catalogue:
    """The messages of one language.

    Raises:
        KeyError: from `text`, where the message or a value that it needs is missing; both are
            defects, which a test over all messages finds.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale.parse(lang)
        data = files("reportkit.messages").joinpath(f"{lang}.po").read_bytes()
        self._messages: dict[str, tuple[str, ...]] = {}
        for message in read_po(BytesIO(data), locale=lang):
            if message.id:
                identity = message.id[0] if message.pluralizable else message.id
                texts = message.string if message.pluralizable else [message.string]
                self._messages[str(identity)] = tuple(str(text) for text in texts or ())

    def __contains__(self, message: object) -> bool:
        return message in self._messages

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    def template(self, message: str) -> str:
        """The text of a message with its placeholders, singular where it has a plural."""
        return self._messages[message][0]

    def text(self, message: str, values: Mapping[str, Value] | None = None) -> str:
        """A message with its values filled in."""
        held = values or {}
        return _PLACEHOLDER.sub(
            lambda match: self._format(match[2] or "", held[match[1]]), self.template(message)
        )

    def parts(self, message: str, values: Mapping[str, Value]) -> tuple[str, ...]:
        """The parts of a message that stands for a table row, one a cell."""
        return tuple(
            _PLACEHOLDER.sub(lambda match: self._format(match[2] or "", values[match[1]]), part)
            for part in self.template(message).split(CELLS)
        )

    def join(self, items: tuple[str, ...]) -> str:
        """Items as running text: "a, b and c"."""
        return format_list(list(items), locale=self.locale) if items else ""

    def _format(self, kind: str, value: Value) -> str:
        if kind == "":
            return str(value)
        if kind.startswith("count."):
            forms = self._messages[kind]
            number = _real(value)
            form = forms[0 if number == 1 else len(forms) - 1]
            return _PLACEHOLDER.sub(lambda match: self._format(match[2], number), form)
        return _FORMATS[kind](self, value)

    def number(self, value: Value) -> str:
        """A number with the grouping of the locale."""
        return format_decimal(_real(value), locale=self.locale)

    def percent(self, value: Value) -> str:
        """A fraction of one as a percentage without decimals, with one below one percent."""
        share = _real(value)
        pattern = "0.0%" if 0 < share < 0.01 else None
        return format_percent(share, format=pattern, locale=self.locale)

    def date(self, value: Value) -> str:
        """An ISO date in words."""
        return format_date(dt.date.fromisoformat(str(value)), DATES[self.lang], locale=self.locale)

    def model(self, value: Value) -> str:
        """A model's name."""
        return self.template(f"model.{value}")

    def listed(self, value: Value) -> str:
        """A tuple of texts as running text."""
        return self.join(_tuple(value))

    def reason(self, value: Value) -> str:
        """Why an agency covers a place."""
        return self.template(f"reason.{value}")

    def models(self, value: Value) -> str:
        """Models, joined."""
        return self.join(tuple(self.model(model) for model in _tuple(value)))

    def signings(self, value: Value) -> str:
        """Models with their signing dates, joined."""
        return self.join(tuple(self._pair(item) for item in _tuple(value)))

    def _pair(self, item: str) -> str:
        model, _, signed = item.partition(" ")
        values: dict[str, Value] = {"model": model, "signed": signed}
        return self.text("signing" if signed else "signing.undated", values)

    def counted(self, value: Value) -> str:
        """Numbers of models, joined."""
        return self.join(
            tuple(
                self.text("counted.model", {"n": int(number), "model": model})
                for number, model in (item.split(" ") for item in _tuple(value))
            )
        )


def _real(value: Value) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def _tuple(value: Value) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        raise TypeError(f"{value!r} is no tuple")
    return value


_FORMATS: Mapping[str, Callable[[Catalogue, Value], str]] = {
    "number": Catalogue.number,
    "percent": Catalogue.percent,
    "date": Catalogue.date,
    "model": Catalogue.model,
    "list": Catalogue.listed,
    "reason": Catalogue.reason,
    "models": Catalogue.models,
    "signings": Catalogue.signings,
    "counted": Catalogue.counted,
}


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language, read once.

    Raises:
        InputError: there is none.
    """
    if not files("reportkit.messages").joinpath(f"{lang}.po").is_file():
        raise InputError(f"language {lang!r}: no message catalogue; use en")
    return Catalogue(lang)
