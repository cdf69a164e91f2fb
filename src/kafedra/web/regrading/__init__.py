"""Grading again after tests changed: first who gains and who loses, then all of it at once."""
