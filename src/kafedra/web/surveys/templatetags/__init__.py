"""Filters of the pages of feedback."""
