"""The course in force, its runs, and the terms that count in each."""
