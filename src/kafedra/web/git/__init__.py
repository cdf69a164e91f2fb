"""Running git, and reading commits; nothing here knows a table."""
