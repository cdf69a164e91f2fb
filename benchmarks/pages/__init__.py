"""How long the server works on the pages that list everybody."""
