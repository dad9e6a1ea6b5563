"""From a query tree to a page: matching, ranking, passages."""
