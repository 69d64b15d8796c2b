"""Guides, questions and answers, terms."""
