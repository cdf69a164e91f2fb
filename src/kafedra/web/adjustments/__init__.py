"""Later deadlines and points set by hand, granted by an instructor and undone with a click."""
