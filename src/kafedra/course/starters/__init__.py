"""The texts of a course and of an assignment that have just begun: whole, small, and proven at once."""
