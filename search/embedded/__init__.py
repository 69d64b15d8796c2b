"""The engine inside the process: tantivy, its index under DATA_DIR."""
