"""Words of the site."""
