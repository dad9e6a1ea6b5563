"""The kept record: WARC segments, and the catalogue derived from them."""
