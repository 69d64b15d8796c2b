"""The style guide: every component in every state, from the real partials, with examples kept as data."""
