"""Feedback on a topic, anonymous by construction; what staff make of it, and memes."""
