"""Writes about belonging to a run."""
