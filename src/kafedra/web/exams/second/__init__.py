"""Two markers for each part: neither sees the other's points before both are in; what differs is decided."""
