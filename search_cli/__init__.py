"""The command `hdnd`: the only package that prints, and the only one that knows all the others."""
