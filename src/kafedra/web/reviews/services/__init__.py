"""Writes of reviews: who has which work, drafts, publications, the conversation, the comment bank."""
