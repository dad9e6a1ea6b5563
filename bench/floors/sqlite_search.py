"""The least a search command can do: click and SQLite FTS5, ten highlighted answers."""

import sqlite3

import click


@click.command()
@click.argument("path")
@click.argument("query", nargs=-1)
def search(path: str, query: tuple[str, ...]) -> None:
    """Print the ten best articles."""
    rows = sqlite3.connect(path).execute(
        "SELECT article.title, article.day, highlight(words, 1, '\x1b[1m', '\x1b[0m'),"
        " snippet(words, 3, '\x1b[1m', '\x1b[0m', '…', 40)"
        " FROM words JOIN article ON article.id = words.rowid"
        " WHERE words MATCH ? ORDER BY rank LIMIT 10",
        ("{title_folded body_folded} : (" + " AND ".join(query) + ")",),
    )
    for number, row in enumerate(rows, 1):
        click.echo(f"{number:>2}. {row[2]}\n    {row[1]}\n    {row[3]}\n", color=True)


search()
