"""Scrapy's settings as `scrapy.cfg` names them: those of `crawler.settings`, and ours it is.

Scrapy looks for packages in the project's folder last, and other distributions have a `crawler`.
"""

from search_cli import ours

ours.put_first()

from crawler.settings import *  # noqa: E402, F403
