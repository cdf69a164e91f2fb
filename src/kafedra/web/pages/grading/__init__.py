"""What is being graded, what waits, what failed on our side: one page for the staff of a run."""
