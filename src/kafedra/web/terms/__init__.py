"""Accepting changed terms."""
