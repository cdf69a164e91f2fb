"""Notebooks that others broke on purpose: those that nbgrader and otter-grader test themselves with.

They are read from the peers' installed packages and never committed. Each must be read, or refused with a reason that
names what is wrong, within a second.
"""
