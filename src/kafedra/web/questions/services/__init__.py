"""Writes of questions. A line of the record concerns whoever wrote, never whom it answers: names stay hidden."""
