"""Which of Scrapy's habits the crawler does without."""

from scrapy.settings import Settings


def ours():
    settings = Settings()
    settings.setmodule("crawler.transport.settings", priority="project")
    return settings


def test_nothing_listens_and_nothing_is_fetched_but_pages():
    settings = ours()
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not settings.getbool("COOKIES_ENABLED")
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_no_middleware_of_scrapy_stands_between_the_wire_and_the_archive():
    settings = ours()
    assert list(settings.getwithbase("DOWNLOADER_MIDDLEWARES")) == [
        "crawler.transport.keeping.KeepingMiddleware"
    ]
    assert settings.getwithbase("SPIDER_MIDDLEWARES") == {}


def test_time_and_size_are_bounded():
    settings = ours()
    assert 0 < settings.getfloat("DOWNLOAD_TIMEOUT") <= 180
    assert 0 < settings.getint("HDND_MAX_BODY") <= 256 << 20
