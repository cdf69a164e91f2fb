"""Talks about a topic, with a mark that counts as the exam's. An app as small as it can be while it does everything."""
