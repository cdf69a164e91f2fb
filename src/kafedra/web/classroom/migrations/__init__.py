"""Migrations of the classroom."""
