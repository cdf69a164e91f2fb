"""Telling people what happened: on their pages and by e-mail, each of which they can switch off."""
