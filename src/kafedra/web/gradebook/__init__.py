"""Grades on pages: one's own, everybody's as a table, the overview for staff."""
