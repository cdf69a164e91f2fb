"""Those who belong to a run: the list of them, one member's page, and how somebody leaves."""
