"""Accounts, roles, invitations, tokens."""
