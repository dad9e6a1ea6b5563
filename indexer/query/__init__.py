"""From what a person typed to a query tree, and what else it may have meant."""
