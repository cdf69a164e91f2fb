"""Writes: `handing_in` repositories and pushes, `verdicts` what becomes of a submission."""
