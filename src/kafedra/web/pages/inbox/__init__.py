"""Everything that is said to staff and waits: questions, requests about tests, replies to reviews, cases to decide."""
