"""The server as a process: preparing, starting, answering, stopping without losing anything."""
