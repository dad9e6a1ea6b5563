"""WARC files on the disk, ours and those of others: records, groups of them, segments."""
