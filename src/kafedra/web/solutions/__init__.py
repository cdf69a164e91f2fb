"""The author's solution after its date: who may open it, and what opening it ends."""
