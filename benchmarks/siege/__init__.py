"""Thirty honest students push, look and sign in: first in peace, then beside one who does everything to stop them."""
