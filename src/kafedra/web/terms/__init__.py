"""Accepting what the course's files have come to say of deadlines, points and formula."""
