"""Asking to be let into a run: the form, its approval one by one or by a rule, the letter with the link."""
