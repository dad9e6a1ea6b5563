"""The known sites and their descriptions."""

from __future__ import annotations

from crawler import check_site_file, faulty_sites, load_sites

__all__ = ["check_site_file", "faulty_sites", "load_sites"]
