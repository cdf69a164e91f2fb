"""Standings: what follows from all the facts, for one student and for all."""
