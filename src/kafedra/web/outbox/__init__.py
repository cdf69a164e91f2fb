"""Letters on their way, stored with what causes them, and the postman who sends them."""
