"""The search index on a cluster of OpenSearch."""
