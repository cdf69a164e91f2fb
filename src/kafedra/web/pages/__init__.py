"""Pages that combine what other rooms know."""
