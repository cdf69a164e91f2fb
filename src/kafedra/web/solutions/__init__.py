"""The author's solution of an assignment, after its date: who may open it, and what opening it ends."""
