"""Captured pages as they were: without scripts, and nothing of them reaches the live web."""
