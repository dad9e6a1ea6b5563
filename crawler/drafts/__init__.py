"""A first description of a site, guessed from a few of its pages, by a person's side."""
