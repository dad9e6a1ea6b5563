"""Whether the archive is what was written, and how it is mended."""
