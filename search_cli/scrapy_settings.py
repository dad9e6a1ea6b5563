"""Scrapy's settings as `scrapy.cfg` names them, with our packages first.

Scrapy looks for packages in the project's folder last, and other distributions have a `crawler`.
"""

from search_cli import import_guard

import_guard.put_first()

from hdnd.scrapy_settings import *  # noqa: E402, F403
