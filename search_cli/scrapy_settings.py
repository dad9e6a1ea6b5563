"""Scrapy's settings as `scrapy.cfg` names them: the crawler's, with our packages first.

Scrapy looks for packages in the project's folder last, and other distributions have a `crawler`.
"""

from search_cli import ours

ours.put_first()

from crawler.transport.settings import *  # noqa: E402, F403
