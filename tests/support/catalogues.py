"""The catalogues of messages: what stands in the code, brought into each `.po`, and compiled.

Run by hand (`make messages`) it writes new messages into `hdnd/messages/locale/*/LC_MESSAGES/*.po`
without a translation, and takes out those that stand nowhere any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi",)
_METHODS = [("web_reader/templates/**", "jinja2"), ("**.py", "python")]
_OPTIONS = {"web_reader/templates/**": {"trimmed": "true", "newstyle_gettext": "true"}}
_PACKAGES = ("hdnd", "web_reader", "search_cli")


def messages() -> Catalog:
    """Every message of the code, by its English."""
    found = Catalog(fuzzy=False)
    for package in _PACKAGES:
        for name, _, message, comments, context in extract_from_dir(
            ROOT / package, _methods(package), _options(package)
        ):
            found.add(
                message,
                locations=[(f"{package}/{name}", 0)],
                context=context,
                auto_comments=comments,
            )
    return found


def catalogue(language: str, root: Path = ROOT) -> Catalog:
    """The catalogue of a language as it is kept."""
    with _po(language, root).open("rb") as file:
        return read_po(file, language)


def compile_all(locale: Path) -> None:
    """Compile each catalogue below a folder beside its source."""
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as read, target.open("wb") as write:
                write_mo(write, read_po(read, source.parts[-3]))


def update() -> None:
    """Bring every catalogue up to date with the code."""
    for language in LANGUAGES:
        known = catalogue(language)
        known.update(messages(), no_fuzzy_matching=True)
        known.obsolete.clear()
        with _po(language, ROOT).open("wb") as file:
            write_po(file, known, omit_header=False, sort_output=True, no_location=True, width=96)


def _po(language: str, root: Path) -> Path:
    return root / "hdnd" / "messages" / "locale" / language / "LC_MESSAGES" / "hdnd.po"


def _methods(package: str) -> list[tuple[str, str]]:
    start = f"{package}/"
    return [(one.removeprefix(start), method) for one, method in _METHODS]


def _options(package: str) -> dict[str, dict[str, str]]:
    start = f"{package}/"
    return {one.removeprefix(start): options for one, options in _OPTIONS.items()}


def _untranslated(language: str) -> Iterator[str]:
    for message in catalogue(language):
        if message.id and not (
            message.string if isinstance(message.string, str) else all(message.string)
        ):
            yield str(message.id)


if __name__ == "__main__":
    update()
    for one in LANGUAGES:
        for missing in _untranslated(one):
            print(f"{one}: {missing}")
