"""From an article's version to its facts: the rules in order of safety."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from council.activities import read_activities
from council.amounts import read_amounts
from council.commitments import read_commitments
from council.counts import read_counts
from council.days import read_days
from council.decision_days import date_decisions
from council.documents import read_documents
from council.model import Cited, Commitment, DatedPeriod, Fact, VersionPassage, VersionText
from council.people import read_people
from council.personnel import read_personnel
from council.reader import PassageReading, one_spelling, pieces
from council.terms import read_terms
from council.votes import read_votes
from council.weekdays import read_weekdays
from indexer.language.text import normalise, normalise_with_offsets

RULE = 55
"""The number of the rules: raised when a text could be read differently than before."""

_UNTIL = re.compile(
    r"\b(?:trước|đến|tới|hết|từ|nhất|hạn|sinh|sau|mất|kể)(?: là| vào| từ)?(?: ngày)? ?$"
    r"|\d/[\w/-]+,? (?:ngày )?$"
)
"""Before a day on which nothing is told to have taken place."""
_BINDS = re.compile(r"\b(?:yêu cầu|đề nghị|kiến nghị|giao|hứa|cam kết|sẽ|phải|phấn đấu)\b")
_OF = re.compile(r",? của (?!kỳ họp)")
_ORDER = {"title": 0, "lead": 1, "body": 2, "caption": 2, "attachment": 3}


def facts_of(text: VersionText) -> tuple[Fact, ...]:
    """Every fact that a version of an article states, in the order of its passages and spans.

    Offsets are into the passages as they were handed in, whatever their normal form.
    """
    readings, offsets = [], []
    for index, passage in enumerate(text.passages):
        plain = normalise(passage.text)
        offsets.append(None if plain == passage.text else normalise_with_offsets(passage.text)[1])
        spelt = one_spelling(plain)
        for start, end in pieces(spelt):
            ready = VersionPassage(passage.field, passage.number, plain[start:end], passage.source)
            readings.append(PassageReading(index, ready, text, spelt[start:end], start))
    earlier: dict[str, Cited] = {}
    source = ""
    for reading in readings:
        if reading.passage.source != source:
            source, earlier = reading.passage.source, {}
        read_days(reading)
        read_weekdays(reading)
        read_documents(reading, earlier)
        _drop_numbers(reading)
        read_terms(reading)
        read_amounts(reading)
        read_votes(reading)
    _same_days(readings)
    named = read_people(readings)
    for one in named:
        read_personnel(one)
        date_decisions(one.reading)
        read_counts(one.reading)
        read_commitments(one)
    _told_twice(readings)
    read_activities(named)
    facts = []
    for reading in readings:
        moved, begin = offsets[reading.index], reading.begin
        for fact in reading.facts:
            start, end = begin + fact.start, begin + fact.end
            if moved is not None:
                start, end = moved[start], moved[end]
            facts.append(
                replace(fact, start=start, end=end)
                if start != fact.start or end != fact.end
                else fact
            )
    return tuple(
        sorted(facts, key=lambda fact: (fact.passage, fact.start, fact.end, fact.kind, fact.rule))
    )


def _drop_numbers(reading: PassageReading) -> None:
    """`Nghị định 04/2019` names no month."""
    cited = [(fact.start, fact.end) for fact in reading.found(Cited)]
    reading.facts = [
        fact
        for fact in reading.facts
        if not (
            isinstance(fact.value, DatedPeriod)
            and fact.value.unit == "month"
            and reading.text[fact.start].isdigit()
            and any(start <= fact.start and fact.end <= end for start, end in cited)
        )
    ]


_COMPARED = 50
"""How many commitments of a body that are due at one time those of the lead are held against."""
_Due = dict[tuple[date | None, str], dict[tuple[str, frozenset[str]], None]]
"""By when they are due, who is to do it and the words that say what: each once, in their order."""


def _told_twice(readings: list[PassageReading]) -> None:
    """A commitment of the lead that the body tells again is that of the body."""
    leads = [reading for reading in readings if reading.passage.field == "lead"]
    if not any(fact for reading in leads for fact in reading.found(Commitment)):
        return
    told: _Due = {}
    for reading in readings:
        for fact in reading.found(Commitment) if reading.passage.field == "body" else ():
            assert isinstance(fact.value, Commitment)
            due = told.setdefault((fact.value.due, fact.value.until), {})
            if len(due) < _COMPARED:
                due[fact.value.who, _words(reading, fact)] = None
    for reading in leads:
        reading.facts = [fact for fact in reading.facts if not _is_among(reading, fact, told)]


def _words(reading: PassageReading, fact: Fact) -> frozenset[str]:
    """The words that say what is to be done: those behind the promise or the demand."""
    verb = _BINDS.search(reading.text, fact.start, fact.end)
    start = verb.end() if verb else fact.start
    return frozenset(re.findall(r"\w+", reading.text[start : fact.end].lower()))


def _is_among(reading: PassageReading, fact: Fact, told: _Due) -> bool:
    value = fact.value
    if not isinstance(value, Commitment) or (value.due, value.until) not in told:
        return False
    words = _words(reading, fact)
    return any(
        (value.who.startswith(who) or who.startswith(value.who))
        and 2 * len(words & others) > min(len(words), len(others))
        for who, others in told[value.due, value.until]
    )


def _same_days(readings: list[PassageReading]) -> None:
    """“Cùng ngày” is the last day before it on which something took place."""
    day: date | None = None
    for reading in readings:
        facts = []
        for fact in sorted(reading.facts, key=lambda fact: fact.start):
            if not isinstance(fact.value, DatedPeriod):
                facts.append(fact)
            elif fact.value.basis == "same-day":
                if day is not None:
                    facts.append(replace(fact, value=DatedPeriod(day, day, "day", "same-day")))
            else:
                facts.append(fact)
                if _is_of_an_event(reading, fact):
                    day = fact.value.last
        reading.facts = facts


def _is_of_an_event(reading: PassageReading, fact: Fact) -> bool:
    """Whether a day is one that something is told of: not a document's, a birth's, a deadline's."""
    day = fact.value
    if not isinstance(day, DatedPeriod) or day.unit != "day" or day.basis == "lunar":
        return False
    text = reading.text
    cited = any(one.start <= fact.start < one.end for one in reading.found(Cited))
    until = _UNTIL.search(text, max(0, fact.start - 24), fact.start)
    return not cited and not until and not _OF.match(text, fact.end)
