"""What the tests and probes of an assignment import.

A test is plain pytest: it asks the ``submission`` fixture to run a probe beside the student's code
and judges the plain data that comes back with :mod:`kafedra.testing.check`.
"""
