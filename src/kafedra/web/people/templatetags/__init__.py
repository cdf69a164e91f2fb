"""Template tags about people and their runs."""
