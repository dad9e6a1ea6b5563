"""What pyproject.toml cannot say: a wheel has the catalogues of messages compiled (gettext)."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

LOCALE = Path("hdnd/messages/locale")


class BuildWithCatalogues(build_py):
    """Compile each `.po` into the package that is built."""

    def run(self) -> None:
        """Copy the modules, then write the catalogues beside them."""
        super().run()
        for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
            target = Path(self.build_lib, source).with_suffix(".mo")
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as read, target.open("wb") as write:
                write_mo(write, read_po(read, source.parts[-3]))


setup(cmdclass={"build_py": BuildWithCatalogues})
