"""The known sites and their descriptions."""

from __future__ import annotations

from pathlib import Path

from archive.ground.errors import SiteError
from archive.ground.home import Home
from archive.ground.message import Message
from crawler import check_site_file, description_files, faulty_sites, load_sites

__all__ = ["check_description", "faulty_sites", "load_sites"]


def check_description(home: Home, named: str) -> tuple[Path, list[Message]]:
    """The file of a description, named itself or by the site's id, and what is wrong with it.

    Raises `SiteError` where there is neither such a file nor such a site.
    """
    file = Path(named)
    if file.is_file():
        return file, check_site_file(file)
    for path in description_files(home, named):
        problems = faulty_sites(home).get(path) or check_site_file(path)
        return path, problems
    hint = Message("usecases.known-sites", known=sorted(load_sites(home)))
    raise SiteError("usecases.neither-file-nor-site", named=named, hint=hint)
