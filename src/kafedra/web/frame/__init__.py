"""What every page and every room uses: words, numbers, language, search, static files."""
