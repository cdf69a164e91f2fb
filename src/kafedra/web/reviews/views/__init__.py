"""Pages of reviews: the queue, the desk, the bank, and what students see."""
