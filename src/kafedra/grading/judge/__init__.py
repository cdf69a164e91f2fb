"""The judge: trusted, runs the assignment's tests, holds the expected values, decides."""
