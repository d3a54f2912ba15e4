"""Message catalogues: every sentence a reader sees, by id, with numbers and dates by locale.

A message holds placeholders `{name}` or `{name:format}`. Without a format, a value stands as the
source has it; in another language than the source's it is marked as such, see messages/marks.py,
and so is what a message puts between <en> and </en>. Formats:

- of words: `plain` (of no language), `note` (a reason on record, see messages/notes.py), `entry` (the
  same on its own), `model` (TFM, JEM or WSO in words), `reason` (why an agency covers a place),
  `message` (another message by its id, with a value after a space), `small` (the same behind other
  words, with a small first letter), `person` (a tuple of name and title, else the id of a reason why
  there are none), `agreement` ("TFM Lee County Sheriff's Office"), `form` (a standard form, by its id),
  `dated` (its date alone)
- of places: `place` (in a sentence), `heading` (on its own)
- of numbers and days: `number`, `percent` (of a fraction), `count.<noun>` (the plural message of that
  name), `date` (of an ISO date), `short` (the same for a narrow column), `period` (of an ISO date,
  month or year), `day` (an ISO date, else the id of a reason why there is none, else text as printed)
- of tuples, joined: `list`, `texts` (of this language), `places`, `models`, `messages`, `smalls`,
  `forms`, `agreements`, `signings` (each "TFM 2025-02-24"), `takers` (each "TFM,WSO Lee County"),
  `counted` (each "12 TFM"), `counts` (each a number and the id of a message) and `tallied` (each a
  number and a noun of `count.<noun>`)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from reportkit.evidence import Value
from reportkit.messages.grammar import grammar_of
from reportkit.messages.marks import SOURCE, Run, clean, runs, written
from reportkit.messages.notes import NOTES, Notes
from reportkit.messages.spanish import PLACES

_PLACEHOLDER = re.compile(r"\{(\w+)(?::([\w.]+))?\}")
# What a folder of a language holds besides its messages.
_APART = {NOTES, PLACES}
CELLS = " · "
"""Between the cells of a message that stands for a table row."""


class Catalogue:
    """The messages of one language.

    `of_source` is the language of names and quoted words, None where it is this one.

    Raises:
        KeyError: from `text`, where the message or a value that it needs is missing; both are
            defects, which a test over all messages finds.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.grammar = grammar_of(lang)
        self.locale = self.grammar.locale
        self._notes = Notes(lang)
        self.of_source = None if lang == SOURCE else SOURCE
        self._messages: dict[str, tuple[str, ...]] = {}
        for file in sorted(_folder(lang).iterdir(), key=lambda file: file.name):
            if file.name in _APART:
                continue
            for message in read_po(BytesIO(file.read_bytes()), locale=lang):
                if message.id:
                    identity = message.id[0] if message.pluralizable else message.id
                    texts = message.string if message.pluralizable else [message.string]
                    self._messages[str(identity)] = tuple(map(written, map(str, texts or ())))

    def __contains__(self, message: object) -> bool:
        return message in self._messages

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    def template(self, message: str) -> str:
        """The text of a message with its placeholders, singular where it has a plural."""
        return self._messages[message][0]

    def text(self, message: str, values: Mapping[str, Value] | None = None) -> str:
        """A message with its values filled in."""
        return clean(self._text(message, values or {}))

    def runs(self, message: str, values: Mapping[str, Value] | None = None) -> tuple[Run, ...]:
        """The same in parts, those of another language apart."""
        return runs(self._text(message, values or {}))

    def parts(self, message: str, values: Mapping[str, Value]) -> tuple[str, ...]:
        """The parts of a message that stands for a table row, one a cell."""
        return tuple(clean(part) for part in self._parts(message, values))

    def cells(self, message: str, values: Mapping[str, Value]) -> tuple[tuple[Run, ...], ...]:
        """The same with each cell in parts, those of another language apart."""
        return tuple(runs(part) for part in self._parts(message, values))

    def _parts(self, message: str, values: Mapping[str, Value]) -> Iterator[str]:
        return (self._filled(part, values) for part in self.template(message).split(CELLS))

    def _text(self, message: str, values: Mapping[str, Value]) -> str:
        return self._filled(self.template(message), values)

    def _filled(self, template: str, values: Mapping[str, Value]) -> str:
        """A template with its values, each joined to the words before it."""
        filled, end = "", 0
        for found in _PLACEHOLDER.finditer(template):
            before = filled + template[end : found.start()]
            filled = self.grammar.meet(before, self._format(found[2] or "", values[found[1]]))
            end = found.end()
        return filled + template[end:]

    def rule(self, rule: str) -> str:
        """The rule of a claim in words; as the claim names it, where no message stands for it."""
        return self.template(rule) if rule in self else rule

    def join(self, items: tuple[str, ...]) -> str:
        """Items as running text: "a, b and c"."""
        return self.grammar.join(items)

    def _format(self, kind: str, value: Value) -> str:
        if kind == "":
            return self.grammar.source(str(value))
        if kind.startswith("count."):
            forms = self._messages[kind]
            number = _real(value)
            form = forms[0 if number == 1 else len(forms) - 1]
            return _PLACEHOLDER.sub(lambda match: self._format(match[2], number), form)
        return _FORMATS[kind](self, value)

    def plain(self, value: Value) -> str:
        """A word or number that is of no language."""
        return str(value)

    def place(self, value: Value) -> str:
        """A place as it stands in a sentence, with its article where it has one."""
        return self.grammar.place(str(value))

    def heading(self, value: Value) -> str:
        """A place as it stands on its own."""
        return self.grammar.heading(str(value))

    def texts(self, value: Value) -> str:
        """Texts of this language, joined."""
        return self.join(_tuple(value))

    def places(self, value: Value) -> str:
        """Places, joined."""
        return self.grammar.places(_tuple(value))

    def name(self, text: str) -> str:
        """The name of a place as it stands on its own, without marks."""
        return clean(self.heading(text))

    def note(self, value: Value) -> str:
        """A reason on record, in this language where the catalogue has it."""
        text = str(value)
        if found := self._notes.find(text):
            return self._filled(*found)
        first, more, rest = text.partition("; ")
        return f"{self.note(first)}; {self.note(rest)}" if more else self.grammar.source(text)

    def entry(self, value: Value) -> str:
        """A title or publisher as it stands on its own, in this language where the notes have it."""
        return self.grammar.alone(self.note(value))

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
        day = dt.date.fromisoformat(str(value))
        return format_date(day, self.grammar.day, locale=self.locale)

    def short(self, value: Value) -> str:
        """An ISO date with the month cut short, for a narrow column."""
        day = dt.date.fromisoformat(str(value))
        return format_date(day, self.grammar.short, locale=self.locale)

    def period(self, value: Value) -> str:
        """An ISO date, month or year in words."""
        text = str(value)
        if len(text) == 10:
            return self.date(text)
        day = dt.date.fromisoformat(f"{text}-01-01"[:10])
        return format_date(day, "y" if len(text) == 4 else self.grammar.month, locale=self.locale)

    def model(self, value: Value) -> str:
        """A model's name."""
        return self.template(f"model.{value}")

    def listed(self, value: Value) -> str:
        """A tuple of texts as running text."""
        return self.join(tuple(self.grammar.source(item) for item in _tuple(value)))

    def reason(self, value: Value) -> str:
        """Why an agency covers a place."""
        return self.template(f"reason.{value}")

    def models(self, value: Value) -> str:
        """Models, joined."""
        return self.join(tuple(self.model(model) for model in _tuple(value)))

    def message(self, value: Value) -> str:
        """Another message, with at most one value, which stands behind a space."""
        identity, _, held = str(value).partition(" ")
        return self._text(identity, {"value": held})

    def small(self, value: Value) -> str:
        """Another message behind other words: its first letter is small, but for "ICE"."""
        text = self.message(value)
        return text[:1].lower() + text[1:] if text[1:2].islower() else text

    def smalls(self, value: Value) -> str:
        """The same of several, joined."""
        return self.join(tuple(self.small(item) for item in _tuple(value)))

    def messages(self, value: Value) -> str:
        """Other messages, joined."""
        return self.join(tuple(self.message(item) for item in _tuple(value)))

    def counts(self, value: Value) -> str:
        """Other messages with a number before each, joined."""
        pairs = (str(item).partition(" ") for item in _tuple(value))
        return self.join(
            tuple(
                self._text("counted.thing", {"n": int(number), "thing": identity})
                for number, _, identity in pairs
            )
        )

    def tallied(self, value: Value) -> str:
        """Numbers of things, each with its noun in singular or plural, joined."""
        pairs = (str(item).partition(" ") for item in _tuple(value))
        return self.join(
            tuple(self._format(f"count.{noun}", int(number)) for number, _, noun in pairs)
        )

    def form(self, value: Value) -> str:
        """A standard form by the year, or the year and month, in its id ("jem-2020-07")."""
        _, _, date = str(value).partition("-")
        if not date:
            return self.template("form.unknown")
        return self._text("form.dated", {"date": self.period(date)})

    def dated(self, value: Value) -> str:
        """The date of a standard form alone, for a narrow column."""
        _, _, date = str(value).partition("-")
        return self.period(date) if date else self.template("form.unknown")

    def forms(self, value: Value) -> str:
        """Standard forms, joined."""
        return self.join(tuple(self.form(item) for item in _tuple(value)))

    def day(self, value: Value) -> str:
        """A date, or why there is none; a date that no calendar has stays as printed."""
        text = str(value)
        try:
            return self.date(text)
        except ValueError:
            reason = f"day.{text}"
            return self.template(reason) if reason in self else text

    def person(self, value: Value) -> str:
        """Name and title, or why there are none."""
        if isinstance(value, tuple):
            return self.grammar.source(", ".join(value))
        return self.template(f"person.{value}")

    def agreement(self, value: Value) -> str:
        """An agreement by its agency and model; the model alone where no agency is named."""
        model, _, agency = str(value).partition(" ")
        return (
            self._text("agreement", {"agency": agency, "model": model})
            if agency
            else (self.model(model))
        )

    def agreements(self, value: Value) -> str:
        """Agreements, joined."""
        return self.join(tuple(self.agreement(item) for item in _tuple(value)))

    def signings(self, value: Value) -> str:
        """Models with their signing dates, joined."""
        return self.join(tuple(self._pair(item) for item in _tuple(value)))

    def _pair(self, item: str) -> str:
        model, _, signed = item.partition(" ")
        values: dict[str, Value] = {"model": model, "signed": signed}
        return self._text("signing" if signed else "signing.undated", values)

    def takers(self, value: Value) -> str:
        """Counties with the models of their agencies, joined."""
        pairs = (str(item).partition(" ") for item in _tuple(value))
        return self.join(
            tuple(
                self._text("taker", {"county": county, "models": tuple(models.split(","))})
                for models, _, county in pairs
            )
        )

    def counted(self, value: Value) -> str:
        """Numbers of models, joined."""
        return self.join(
            tuple(
                self._text("counted.model", {"n": int(number), "model": model})
                for number, model in (item.split(" ") for item in _tuple(value))
            )
        )


def _folder(lang: str) -> Traversable:
    """The folder with the catalogue of a language, a file for each part of the output."""
    return files("reportkit.messages").joinpath(lang)


def _real(value: Value) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def _tuple(value: Value) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        raise TypeError(f"{value!r} is no tuple")
    return value


_FORMATS: Mapping[str, Callable[[Catalogue, Value], str]] = {
    "plain": Catalogue.plain,
    "place": Catalogue.place,
    "heading": Catalogue.heading,
    "places": Catalogue.places,
    "texts": Catalogue.texts,
    "note": Catalogue.note,
    "entry": Catalogue.entry,
    "number": Catalogue.number,
    "percent": Catalogue.percent,
    "date": Catalogue.date,
    "short": Catalogue.short,
    "period": Catalogue.period,
    "model": Catalogue.model,
    "list": Catalogue.listed,
    "reason": Catalogue.reason,
    "message": Catalogue.message,
    "messages": Catalogue.messages,
    "small": Catalogue.small,
    "smalls": Catalogue.smalls,
    "counts": Catalogue.counts,
    "tallied": Catalogue.tallied,
    "form": Catalogue.form,
    "dated": Catalogue.dated,
    "forms": Catalogue.forms,
    "day": Catalogue.day,
    "person": Catalogue.person,
    "agreement": Catalogue.agreement,
    "agreements": Catalogue.agreements,
    "models": Catalogue.models,
    "signings": Catalogue.signings,
    "takers": Catalogue.takers,
    "counted": Catalogue.counted,
}


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language, read once.

    Raises:
        InputError: there is none.
    """
    return Catalogue(lang)
