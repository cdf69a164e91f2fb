"""What is proved by a letter: signing in by a link, and that an address is one's own."""
