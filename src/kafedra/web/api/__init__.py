"""An API over everything: what programs read and write with a token, and the page that explains it."""
