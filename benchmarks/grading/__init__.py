"""Verdicts per minute, latency and memory of the grading core, beside otter-grader and nbgrader.

All grade the same notebook with the same four tests, on the same machine, in the same run. Peers are installed into
environments of their own under ``~/.cache/kafedra/bench`` the first time.
"""
