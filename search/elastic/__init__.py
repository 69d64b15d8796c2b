"""The engine beside the process: Elasticsearch 8, on as many machines as it takes."""
