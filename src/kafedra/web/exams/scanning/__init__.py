"""Scanned sheets: taken in, read page by page in the background, assigned by their codes or by hand."""
