"""The Django project: pages, git over HTTP, and the server that runs them."""
