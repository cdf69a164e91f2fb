"""Settings, and what frames every page."""
