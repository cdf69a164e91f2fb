"""Signing in with an account that one has at GitHub or Google. Accounts here are made by invitation all the same."""
