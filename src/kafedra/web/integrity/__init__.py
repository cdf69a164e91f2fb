"""Cases of copied work, and of attempts to deceive the grader: evidence, an answer, a decision, its reversal."""
