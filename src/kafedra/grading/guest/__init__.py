"""What runs beside the student's code, in the same process.

Nothing here is trusted: the student's code can change all of it. It decides nothing; it runs probes and sends
back what they return.
"""
