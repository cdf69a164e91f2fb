"""Template tags that know the course."""
