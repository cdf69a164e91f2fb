"""How questions of the bank are written on pages."""
