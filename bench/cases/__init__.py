"""What is measured: one case a file, each a function from a plan to findings."""

from __future__ import annotations

from collections.abc import Callable

from figures import Findings
from plan import Plan

from cases import (
    attachments,
    cold,
    crawling,
    extraction,
    indexing,
    pages,
    reader,
    refresh,
    relevance,
    tiers,
    verifying,
)

CASES: dict[str, Callable[[Plan], Findings]] = {
    "indexing": indexing.measure,
    "pages": pages.measure,
    "relevance": relevance.measure,
    "tiers": tiers.measure,
    "cold": cold.measure,
    "reader": reader.measure,
    "refresh": refresh.measure,
    "extraction": extraction.measure,
    "attachments": attachments.measure,
    "crawling": crawling.measure,
    "verifying": verifying.measure,
}
"""By name, in the order in which they run: later ones use the indexes of the first."""
