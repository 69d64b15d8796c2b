"""Roles and accounts; the newsroom's rules."""
