"""Finding: the results page and what it looks in."""
