"""Webhooks: what happens in a run, sent to an address that somebody registered, signed and retried."""
