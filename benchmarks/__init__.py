"""Measurements: each prints a table, against a peer measured in the same run."""
