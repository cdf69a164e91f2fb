"""Blitzes: a quiz that a room full of phones answers at once, and the same questions at one's own pace."""
