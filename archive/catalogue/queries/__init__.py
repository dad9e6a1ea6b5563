"""Questions to the catalogue, by subject: what is asked of it from outside, its columns named."""
