"""`hdnd search`: ranked answers from the index; touches nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from hdnd.usecases.search import in_time, open_index, search
from search_cli.command import HELP, Command, home
from search_cli.dates import first_day, last_day, turned_round
from search_cli.pager import print_lines
from search_cli.render import View, answer_lines, apart, facet_lines, nothing_found
from search_cli.safe_text import clean
from search_cli.terminal import marks_for_stdout, width_of_stdout
from search_cli.words import _, in_words

if TYPE_CHECKING:
    from indexer.documents import Answer, Facet, Hit

_WORD = "\0"
_FOUND, _NOT_FOUND = 0, 1
_ON_A_PAGE = 10
_FEW = 3
"""How many best answers each line of a list has."""

_EVERYTHING = 1_000_000
_TABLES = ("csv", "excel")


class _SearchCommand(Command):
    """Takes `-word` for a part of the query: no option of a search has a single dash."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, with `-word` kept from being read as an option."""
        return super().parse_args(ctx, list(self._shielded(args)))

    def _shielded(self, args: list[str]) -> Iterator[str]:
        with_value = {
            name
            for option in self.params
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                yield arg
                yield from rest
            elif arg in with_value:
                yield arg
                yield from [value for value in [next(rest, None)] if value is not None]
            elif arg.startswith("-") and not arg.startswith("--") and arg not in HELP:
                yield _WORD + arg
            else:
                yield arg


def _typed(_ctx: click.Context, _param: click.Parameter, words: tuple[str, ...]) -> str:
    """The query as one text; arguments are taken for UTF-8 whatever the locale."""
    text = " ".join(word.removeprefix(_WORD) for word in words)
    return os.fsencode(text).decode("utf-8", "replace")


@click.command(
    cls=_SearchCommand,
    examples=(
        "hdnd search giam sat",
        "hdnd search '\"tiếp xúc cử tri\"' --from 2020 --to 6/2021",
        "hdnd search giám sát -covid --sort newest",
        "hdnd search tiếp xúc cử tri --by year",
        "hdnd search --history 'lời đã bị xoá'",
        "hdnd search --json --limit 50 -- Tạ Thị Mai Khuê",
        "hdnd search --exact bán đất --passages",
        "hdnd search --list names.txt --csv",
        "hdnd search --site thanh-giang --from 2020",
    ),
)
@click.argument("query", nargs=-1, type=click.UNPROCESSED, callback=_typed)
@click.option(
    "--from", "since", metavar="DATE", callback=first_day, help="Published on this day or later."
)
@click.option(
    "--to", "until", metavar="DATE", callback=last_day, help="Published on this day or before."
)
@click.option("--site", "sites", multiple=True, metavar="SITE", help="Of this site alone.")
@click.option(
    "--category", "categories", multiple=True, metavar="NAME", help="Of this category alone."
)
@click.option("--has-attachment", is_flag=True, help="With a file attached.")
@click.option(
    "--sort",
    type=click.Choice(["score", "newest", "oldest"]),
    default="score",
    show_default=True,
    help="What comes first.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many articles on a page [default: 10; in a table: all].",
)
@click.option(
    "--page",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Which page.",
)
@click.option(
    "--by",
    type=click.Choice(["year", "month", "site", "category", "person", "document", "activity"]),
    help="Print how many articles match, by this, with bars.",
)
@click.option("--exact", is_flag=True, help="Only words that are spelled as they are typed.")
@click.option(
    "--passages", is_flag=True, help="Show every paragraph of each article that has the words."
)
@click.option(
    "--list",
    "listed",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Search each line of a file (- for stdin): a count and the best answers for each.",
)
@click.option("--all", "everything", is_flag=True, help="All articles that match, on one page.")
@click.option("--explain", is_flag=True, help="Say how the query was read, and why the first is.")
@click.option(
    "--history",
    is_flag=True,
    help="Find words in earlier versions too, and say what became of them.",
)
@click.option("--count", is_flag=True, help="Print only how many articles match.")
@click.option("--json", is_flag=True, help="Print one JSON object.")
@click.option("--csv", is_flag=True, help="Print comma-separated values.")
@click.option(
    "--excel",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write a table that spreadsheets open (.xlsx) to this new file.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    by: Facet | None,
    limit: int | None,
    page: int,
    excel: str | None,
    everything: bool,
    listed: str | None,
    **asked: Any,
) -> int:
    """Find articles by their words.

    All words must be there; marks may be left out. A "phrase in quotes" stands as it is typed,
    and -word must not be there. Without words, all articles that the options allow are listed. A
    day may be written 2020-08-17 or 17/8/2020, a month 2020-08 or 8/2020, a year 2020. Exit status:
    0 found, 1 nothing found, 2 and above trouble.
    """
    form = _form(**{name: asked.pop(name) for name in ("count", "json", "csv")})
    if everything and limit is not None:
        raise click.UsageError(_("--all shows every article: it goes without --limit"))
    asked["since"], asked["until"], note = turned_round(ctx, asked["since"], asked["until"])
    if note:
        click.echo(_("note: {note}", note=note), err=True)
    if listed is not None:
        from search_cli.query_list import print_list

        if asked.pop("query"):
            raise click.UsageError(_("--list takes its words from the file: type none beside it"))
        if by or excel or asked.pop("passages") or form == "count":
            raise click.UsageError(_("--list goes with --csv and --json alone"))
        limit = _EVERYTHING if everything else limit or _FEW
        return print_list(home(), listed, form, limit=limit, page=page, **asked)
    if not (asked["query"].strip() or by or asked["sort"] != "score" or _narrows(asked)):
        raise click.UsageError(_("type the words to look for, or an option that narrows"))
    if excel and form:
        raise click.UsageError(_("--excel goes without --count, --json and --csv."))
    form = "excel" if excel else form
    is_whole = everything or (limit is None and form in _TABLES)
    limit = limit or _ON_A_PAGE
    asked["limit"] = 0 if form == "count" or by else limit
    asked["facets"] = (by,) if by else ()
    with in_time(), open_index(home()) as index:
        answer, fates = search(home(), index, page=page, **asked)
        if is_whole and not by and answer.total > limit:
            limit = asked["limit"] = answer.total
            answer, fates = search(home(), index, page=page, **asked)
    if form == "json":
        from hdnd.views.answer import answer_json
        from search_cli.output import print_json

        print_json(answer_json(answer, fates))
        return _FOUND if answer.total else _NOT_FOUND
    for note in notes_of(answer):
        click.echo(_("note: {note}", note=clean(note)), err=True)
    if answer.as_typed < answer.total and (by or form):
        click.echo(_("note: {note}", note=apart(answer)), err=True)
    if by:
        _print_facet(answer, by, form, excel)
    elif form == "count":
        click.echo(answer.total)
    elif form in _TABLES:
        _print_table(answer, asked["passages"], excel)
        _point_to_next_page(answer, page, limit)
    else:
        view = View(marks_for_stdout(), width_of_stdout())
        print_lines(answer_lines(answer, page, limit, view, fates))
        _point_to_next_page(answer, page, limit)
    return _FOUND if answer.total else _NOT_FOUND


def _form(**chosen: bool) -> str | None:
    """The one form in which the answer is to be printed, None for the list."""
    forms = [name for name, is_chosen in chosen.items() if is_chosen]
    if len(forms) > 1:
        said = _("--{form} goes without --{other}", form=forms[0], other=forms[1])
        raise click.UsageError(said)
    return forms[0] if forms else None


def _narrows(asked: Mapping[str, Any]) -> bool:
    """Whether an option chooses among all articles."""
    return any(asked[name] for name in ("since", "until", "sites", "categories", "has_attachment"))


def _print_table(answer: Answer, with_passages: bool, excel: str | None) -> None:
    from hdnd.views.answer import HIT_COLUMNS
    from search_cli.output import print_csv, write_excel

    rows = ((hit, _row(hit, in_cells=excel is not None)) for hit in answer.hits)
    header: tuple[str, ...] = HIT_COLUMNS
    table: Iterator[Sequence[object]] = (row for _hit, row in rows)
    if with_passages:
        header = (*header[:5], "line", "passage", "file", "page")
        table = (
            [
                *row[:5],
                one.line,
                one.text,
                *((one.file.name, one.file.page) if one.file else ("", "")),
            ]
            for hit, row in rows
            for one in hit.passages
        )
    if excel:
        write_excel(excel, header, table)
    else:
        print_csv(header, table)


def _row(hit: Hit, *, in_cells: bool = False) -> list[object]:
    """A hit as a row of a table; `in_cells` its date and time is one, as the portal's clock was."""
    from datetime import datetime

    from hdnd.views.answer import HIT_COLUMNS, hit_row

    row = hit_row(hit)
    if in_cells and hit.published_at:
        row[HIT_COLUMNS.index("published_at")] = datetime.fromisoformat(hit.published_at)
    return row


def _print_facet(answer: Answer, by: Facet, form: str | None, excel: str | None) -> None:
    from search_cli.output import print_csv, write_excel

    counts = answer.facets.get(by, ())
    typed = dict(answer.facets_as_typed.get(by, counts))
    rows = [(value, count, typed.get(value, 0)) for value, count in counts]
    header = (by, "count", "as_typed")
    if excel:
        write_excel(excel, header, rows)
    elif form == "csv":
        print_csv(header, rows)
    else:
        lines = [*facet_lines(answer, counts, typed, width_of_stdout())] or [nothing_found(answer)]
        if answer.at_least and counts:
            lines.insert(0, _("At least:"))
        click.echo("\n".join(lines))


def notes_of(answer: Answer) -> Iterator[str]:
    """What a person should know about the answer."""
    yield from map(in_words, answer.notes)
    yield from map(in_words, answer.explanation)
    if answer.suggestion and not answer.fallback:
        yield _("did you mean: {words}", words=answer.suggestion)
    if answer.undated:
        from search_cli.counts import count_of

        left_out = count_of(answer.undated, "matching article")
        yield _("{articles} without a date left out by --from/--to", articles=left_out)


def _point_to_next_page(answer: Answer, page: int, limit: int) -> None:
    pages = -(-(answer.total + answer.beside) // limit)
    if answer.hits and page < pages:
        said = _(
            "Page {page} of {pages}; the next one: --page {following}",
            page=page,
            pages=pages,
            following=str(page + 1),
        )
        click.echo(said, err=True)
    elif pages and page > pages:
        said = _("There is no page {page}; the last one: --page {last}", page=page, last=str(pages))
        click.echo(said, err=True)
