"""What the server hands out besides pages: kafedra itself, for pip."""
