"""From facts to points to a standing. Nothing of it is stored."""
