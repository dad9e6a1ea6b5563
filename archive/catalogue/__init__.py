"""What is made of the records, and can be made again: the catalogue and what it tells."""
