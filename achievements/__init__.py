"""Achievements, honourees and the honours register."""
