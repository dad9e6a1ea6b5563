"""A visit to a living site: planned, permitted, watched, told and ended."""
