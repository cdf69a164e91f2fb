"""The record: who changed what, when, from what to what, and why. Written by every service, changed by none."""
