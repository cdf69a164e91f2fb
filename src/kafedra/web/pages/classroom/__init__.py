"""The run with its plan, an assignment, a submission."""
