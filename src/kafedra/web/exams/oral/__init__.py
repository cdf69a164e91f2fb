"""The oral part: a card is drawn in front of the student, and the draw is recorded."""
