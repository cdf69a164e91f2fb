"""The record book: final grades by group in numbers and words, frozen, and changed by a decision alone."""
