"""`kafedra demo`: an example run, made by real people's moves."""
