"""The outer wall of the sandbox: what puts it up, and why it can't be put up on some machines.

Nothing of the rest of kafedra is known here: what runs before the wall stands is small, and starts in no time.
"""
