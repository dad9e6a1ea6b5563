"""Scrapy's settings: what of Scrapy is used, and what is not.

Links, robots.txt, redirects and retries are the frontier's business, so that every request has
one recorded end; politeness comes from the site description. Each line that differs from Scrapy's
default says why.
"""

BOT_NAME = "hdnd-archive"
SPIDER_MODULES = ["crawler.transport.spiders"]

SCHEDULER = "crawler.transport.scheduler.FrontierScheduler"
DOWNLOAD_HANDLERS = {
    "http": "crawler.transport.wire.WireHandler",
    "https": "crawler.transport.wire.WireHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {"crawler.transport.keeping.KeepingMiddleware": 900}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}

# Content codings that extraction undoes years later without a library.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "vi,en;q=0.5",
}

# Each would be loaded at a crawl's start, and with them clients and servers that none needs.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {"crawler.transport.response_limits.ResponseLimits": 0}
HDND_MAX_BODY = 64 << 20
HDND_MAX_SECONDS = 50
DOWNLOAD_TIMEOUT = 60
# Would throw away what came before the limit; `crawler.transport.response_limits` keeps it.
DOWNLOAD_MAXSIZE = 0
DOWNLOAD_WARNSIZE = 0

# `crawler.politeness.pace` says when a request may be made.
DOWNLOAD_DELAY = 0.0
AUTOTHROTTLE_ENABLED = False
DOWNLOAD_DELAY_JITTER = 0.0

# The usual one knows no IPv6.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"

# Scrapy makes so many tasks for what a response yields, and ours yields nothing.
CONCURRENT_ITEMS = 1

COOKIES_ENABLED = False
# Among those extensions; would listen on loopback and run what they are sent.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
