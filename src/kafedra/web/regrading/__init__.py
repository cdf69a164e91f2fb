"""Grading again after an assignment changed: first who gains and who loses and why, then all of it as one operation."""
