"""Marks that a formula names and nobody else gives: entered by staff, one by one or from a table."""
