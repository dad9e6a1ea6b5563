"""The index on the disk: how it is written, through Whoosh, and read, without it."""
