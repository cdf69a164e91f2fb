"""A student asks a person to look at one test of one submission again; staff answers."""
