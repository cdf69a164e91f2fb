"""How long a student waits: real pushes over HTTP to a warm server, and where the time goes."""
