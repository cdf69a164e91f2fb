"""Writing down who changed what, when, from what to what, and why. Lines are only added."""
