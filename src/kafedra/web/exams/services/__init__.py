"""Writes: `setting` the paper, `seating` who sits it, `marking` up to publication, `appeals` after it."""
