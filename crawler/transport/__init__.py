"""All that knows Scrapy: the wire, what keeps it, the scheduler, settings, spiders, runs."""
