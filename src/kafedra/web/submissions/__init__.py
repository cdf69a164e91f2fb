"""Repositories, submissions, reports: what was handed in, and what the judge said of it."""
