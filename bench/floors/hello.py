"""The least a command with click can do."""

import click


@click.command()
@click.argument("name", nargs=-1)
def hello(name: tuple[str, ...]) -> None:
    """Say hello."""
    click.echo(f"hello {' '.join(name)}")


hello()
