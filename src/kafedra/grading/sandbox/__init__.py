"""The sandbox: bubblewrap outside; namespaces, limits and a system call filter for each submission."""
