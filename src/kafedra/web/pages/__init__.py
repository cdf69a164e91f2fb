"""Pages that combine what other rooms know: a run, an assignment, a submission, grading, the record."""
