"""Those who were invited by name and have not come yet."""
