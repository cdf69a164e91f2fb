"""What templates of reviews need."""
