"""The sandbox: a wall around the keeper; namespaces, limits and a system call filter for each submission."""
