"""Running git, and reading commits. It knows no table."""
