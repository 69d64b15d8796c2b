"""The names that settings use: `search.backends.embedded`, `search.backends.elasticsearch`."""
