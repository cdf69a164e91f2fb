"""What an instructor grants one student or several: later deadlines, points set by hand. Facts, undone with a click."""
