"""A person reads a notebook, comments on its cells, takes points off; and the conversation about it."""
