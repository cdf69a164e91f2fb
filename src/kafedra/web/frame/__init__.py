"""What every page and every room uses: words, numbers, language, search, hooks, static files."""
