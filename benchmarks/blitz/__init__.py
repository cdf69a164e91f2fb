"""A roomful of phones in one blitz: how soon an answer is acknowledged and seen, and whether any is lost."""
