"""Articles of the newsroom."""
