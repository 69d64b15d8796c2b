"""Documents and clauses, targets, support policies."""
