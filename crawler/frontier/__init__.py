"""What a crawl has still to fetch, in a database that may be thrown away."""
