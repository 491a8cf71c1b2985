"""Sentences, days and times in one language: what a record and a paper say alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from chairside.domain.form import Form, Prose, Words
from chairside.record.local import local

_GAP = re.compile(r"\{([a-z_0-9]+)\}")  # not str.format: a sentence must not reach into objects
SOURCE = "en"  # every form and sentence exists in English


def full_stop(text: str) -> str:
    """Return what a person wrote as a sentence that another may follow."""
    text = text.rstrip()
    return text if not text or text[-1] in ".!?" else f"{text}."


def begun(text: str) -> str:
    """Return words that stand alone, with a capital to begin them."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Speech:
    """The language spoken, every sentence in it and in English, and the clinic's zone."""

    language: str
    sentences: dict[str, dict[str, str]]
    zone: str

    def say(self, key: str, **facts: object) -> str:
        """Return the sentence, filled in; a key without a sentence shows itself, nothing is lost."""
        for language in (self.language, SOURCE):
            sentence = self.sentences.get(language, {}).get(key)
            if sentence is not None:
                return _GAP.sub(lambda gap: str(facts.get(gap[1], gap[0])), sentence)
        return key.partition(".")[2].replace("_", " ")

    def knows(self, key: str) -> bool:
        """Tell whether there is a sentence for a key."""
        return any(key in self.sentences.get(language, {}) for language in (self.language, SOURCE))

    def prose(self, form: Form) -> Prose:
        """Return a form's words in this language, else in English, else in what there is."""
        for language in (self.language, SOURCE):
            if language in form.prose:
                return form.prose[language]
        return form.prose[min(form.prose)]

    def words(self, form: Form, item: str) -> Words:
        """Return an item's words; an item without words is called by its id."""
        return self.prose(form).items.get(item) or Words(title=item.replace("_", " "))

    def day(self, day: date) -> str:
        """Return a calendar day in words."""
        months = self.say("time.months").split(" ")
        return self.say("time.day", day=day.day, month=months[day.month - 1], year=day.year)

    def clock(self, at: datetime) -> str:
        """Return the time of day at the clinic."""
        return f"{local(at, self.zone):%H:%M}"

    def moment(self, at: datetime) -> str:
        """Return day, time and zone at the clinic."""
        there = local(at, self.zone)
        return self.say("time.moment", day=self.day(there.date()), time=f"{there:%H:%M}", zone=there.tzname())
