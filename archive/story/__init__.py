"""What became of articles: their versions, silent edits, absence, and how to cite them."""
