"""What became of articles: their history, silent edits, news of a run, and how to cite them."""
