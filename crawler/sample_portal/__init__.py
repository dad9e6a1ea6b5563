"""A small news portal of a made-up district, served over real HTTP on loopback.

It stands in for a district's Liferay portal in `hdnd demo` and in the tests: pages, paging,
aliases, stamps and traps look and behave as on the real ones.
"""

from crawler.sample_portal.articles import (
    SampleArticle,
    SampleAttachment,
    SampleImage,
    bundled_articles,
    load_articles,
)
from crawler.sample_portal.layout import MOC_SON, THANH_GIANG, Layout
from crawler.sample_portal.portal import SamplePortal
from crawler.sample_portal.server import Request, ServerResponse

__all__ = [
    "MOC_SON",
    "THANH_GIANG",
    "Layout",
    "Request",
    "SampleArticle",
    "SampleAttachment",
    "SampleImage",
    "SamplePortal",
    "ServerResponse",
    "bundled_articles",
    "load_articles",
]
