"""Scrapy's settings for whoever runs the spiders with Scrapy's own commands."""

from crawler.transport.settings import *  # noqa: F403
