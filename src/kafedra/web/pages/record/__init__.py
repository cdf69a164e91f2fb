"""The record on pages."""
