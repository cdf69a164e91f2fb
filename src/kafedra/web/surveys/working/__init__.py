"""What staff do with what was said: look through, answer on the next topic's page, keep the pool of memes."""
