"""What pyproject.toml cannot say of a wheel.

It has the catalogues of messages compiled (gettext), and its files have the modes that an archive's
have, whatever the umask: with one SOURCE_DATE_EPOCH two wheels of one commit are the same bytes.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
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


class WheelOfPlainModes(bdist_wheel):
    """Give every file the mode 644 and every folder 755 before they are packed."""

    def write_wheelfile(self, *args, **kwargs):
        """Write the last file that goes into the wheel; then all have their modes."""
        super().write_wheelfile(*args, **kwargs)
        for path in Path(self.bdist_dir).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


setup(cmdclass={"build_py": BuildWithCatalogues, "bdist_wheel": WheelOfPlainModes})
