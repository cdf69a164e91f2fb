"""Writes: `playing` in class, `answering` there, `practising` alone."""
