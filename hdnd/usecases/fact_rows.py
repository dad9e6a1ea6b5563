"""Facts as rows of the archive, and back: which column holds what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from sys import intern
from typing import Any

from archive.catalogue.facts import BearerRow, FactRow, FileText
from archive.catalogue.queries.facts import StoredBearer
from archive.catalogue.rows import parsed, texts
from archive.model import Article
from council import (
    RULE,
    Activity,
    Award,
    Cited,
    Commitment,
    Count,
    DatedPeriod,
    Fact,
    Impossible,
    Money,
    Person,
    Personnel,
    Post,
    Session,
    Term,
    VersionPassage,
    VersionText,
    Vote,
    facts_of,
)
from council.bearers import Bearer, BornePost, bearers
from council.model import Told, Value
from council.names import name_key
from council.site import council_of
from council.word_pairs import packed

Columns = Mapping[str, str | int | None]


class FactReading:
    """The reading of a version that the derivation `facts` is handed."""

    rule = RULE

    def __call__(
        self, description: Mapping[str, Any], article: Article, files: Sequence[FileText] = ()
    ) -> Iterable[FactRow]:
        """What a version and its files state, in the order of its passages."""
        text = text_of(description, article, files)
        return rows_of(text, facts_of(text))

    def bearers(self, facts: Sequence[tuple[str, FactRow]]) -> Iterable[BearerRow]:
        """The names in an office among the facts of a version."""
        told = (_placed(id_, row) for id_, row in facts if row.kind in ("person", "post"))
        for one in bearers(told):
            spellings, mentions = _json(one.spellings), _json(one.mentions)
            yield BearerRow(one.folded, spellings, mentions, _posts_json(one.posts))

    def word_pairs(self, article: Article) -> bytes:
        """The pairs of words of a version's title, lead and body."""
        return packed(passages_of(article))


def bearer_of(stored: StoredBearer) -> Bearer:
    """A name in an office as it is stored."""
    return Bearer(
        stored.site,
        stored.article,
        _day(stored.published_at and stored.published_at[:10]),
        stored.folded,
        tuple(parsed(stored.spellings, texts, _WHERE)),
        tuple(parsed(stored.mentions, texts, _WHERE)),
        parsed(stored.posts, _posts, _WHERE),
    )


def _posts(value: Any) -> tuple[BornePost, ...]:
    posts = []
    for id_, person, role, body, status, bearer in value:
        texts([id_, person, role, body, status])
        posts.append(BornePost(id_, Post(person, intern(role), intern(body), status), int(bearer)))
    return tuple(posts)


def _posts_json(posts: Iterable[BornePost]) -> str:
    told = ((one.id, one.post, one.bearer) for one in posts)
    return _json([[id_, p.person, p.role, p.body, p.status, at] for id_, p, at in told])


def passages_of(article: Article) -> tuple[str, ...]:
    """What a commitment's matter is looked for in: title, lead, blocks of the body."""
    blocks = (block.text for block in article.blocks if block.text)
    return (article.title, *filter(None, [article.lead]), *blocks)


def _placed(id_: str, row: FactRow) -> Told:
    """A fact as far as it says who bears a post: what it is and where it stands in its version."""
    value = value_of(row.kind, row.columns)
    return Told(
        id_, "", "", "", "", "", None, row.field, row.number, row.source, row.start, row.stop,
        row.quote, "", row.rule, row.stated, value,
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_of(
    description: Mapping[str, Any], article: Article, files: Sequence[FileText] = ()
) -> VersionText:
    """A version as it is read: title, lead, blocks of the body, pages of its files."""
    passages = [VersionPassage("title", 0, article.title)]
    if article.lead:
        passages.append(VersionPassage("lead", 0, article.lead))
    for number, block in enumerate(article.blocks):
        if block.text:
            field = "caption" if block.kind == "caption" else "body"
            passages.append(VersionPassage(field, number, block.text))  # type: ignore[arg-type]
    for file in files:
        for number, page in enumerate(file.pages):
            if page:
                passages.append(VersionPassage("attachment", number, page, file.digest))
    published = article.published_at.date() if article.published_at else None
    return VersionText(tuple(passages), published, council_of(description))


def passage_text(article: Article, field: str, number: int) -> str:
    """The text of a passage of an article's version."""
    if field == "title":
        return article.title
    if field == "lead":
        return article.lead or ""
    return article.blocks[number].text


def rows_of(text: VersionText, facts: Iterable[Fact]) -> Iterator[FactRow]:
    """Facts as rows."""
    for fact in facts:
        passage = text.passages[fact.passage]
        yield FactRow(
            fact.kind,
            passage.field,
            passage.number,
            passage.source,
            fact.start,
            fact.end,
            passage.text[fact.start : fact.end],
            fact.rule,
            fact.stated,
            columns_of(fact.value),
        )


def columns_of(value: Value) -> Columns:
    """The columns of a value."""
    match value:
        case Person(name, how, private):
            return {"name": name, "folded": name_key(name), "how": how, "private": int(private)}
        case Post(person, role, body, status):
            folded = name_key(person)
            return {
                "person": person, "folded": folded, "role": role, "body": body, "status": status,
            }  # fmt: skip
        case Term(number, years, body):
            first, last = years or (None, None)
            return {"number": number, "first": first, "last": last, "body": body}
        case DatedPeriod():
            return _when(value)
        case Activity():
            return {
                "kind": value.kind,
                **_when(value.when),
                "state": value.state,
                "body": value.body,
                "chairs": json.dumps(value.chairs, ensure_ascii=False),
                "wards": json.dumps(value.wards, ensure_ascii=False),
            }
        case Personnel(what, person, title, when):
            folded = name_key(person)
            return {"what": what, "person": person, "folded": folded, "title": title, "day": when}
        case Impossible(what, day):
            return {"what": what, "day": day.isoformat() if day else None}
        case Commitment(who, due, until):
            return {"who": who, "due": due.isoformat() if due else None, "until": until}
        case Cited() | Session() | Count() | Vote() | Money() | Award():
            return {name: getattr(value, name) for name in value.__dataclass_fields__}


def value_of(kind: str, columns: Mapping[str, Any]) -> Value:
    """The value that columns hold."""
    if kind in _SAME:
        same: Value = _SAME[kind](**columns)
        return same
    match kind:
        case "person":
            return Person(columns["name"], columns["how"], bool(columns["private"]))
        case "post":
            return Post(*(columns[name] for name in ("person", "role", "body", "status")))
        case "term":
            years = (columns["first"], columns["last"]) if columns["first"] else None
            return Term(columns["number"], years, columns["body"])
        case "date":
            return _when_of(columns)
        case "activity":
            chairs = tuple(parsed(columns["chairs"], texts, _WHERE))
            wards = tuple(parsed(columns["wards"], texts, _WHERE))
            state, body = columns["state"], columns["body"]
            return Activity(columns["kind"], _when_of(columns), state, body, chairs, wards)
        case "personnel":
            return Personnel(*(columns[name] for name in ("what", "person", "title", "day")))
        case "impossible":
            return Impossible(columns["what"], _day(columns["day"]))
        case _:
            return Commitment(columns["who"], _day(columns["due"]), columns["until"])


_WHERE = "derived/facts.sqlite"
_SAME: dict[str, type[Any]] = {
    "document": Cited,
    "session": Session,
    "count": Count,
    "vote": Vote,
    "money": Money,
    "award": Award,
}


def _when(when: DatedPeriod) -> Columns:
    return {
        "first": when.first.isoformat(),
        "last": when.last.isoformat(),
        "unit": when.unit,
        "basis": when.basis,
    }


def _when_of(columns: Mapping[str, Any]) -> DatedPeriod:
    first, last = date.fromisoformat(columns["first"]), date.fromisoformat(columns["last"])
    return DatedPeriod(first, last, columns["unit"], columns["basis"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
