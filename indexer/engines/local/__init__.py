"""The default engine: storage and search on one machine."""
