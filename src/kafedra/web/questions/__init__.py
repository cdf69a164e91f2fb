"""Questions: about a topic, an assignment, a test, a cell, or in general; answers, and what waits for one."""
