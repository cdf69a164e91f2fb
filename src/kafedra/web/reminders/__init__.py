"""Reminding students of deadlines while there is still time to do something."""
