"""Accounts; who belongs to which run, in which role, and may enter it."""
