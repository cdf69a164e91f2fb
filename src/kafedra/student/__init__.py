"""What a student runs on their own machine: the public tests, with the engine and the words of the server.

There is no sandbox here: it is the student's own code on the student's own machine, on any system.
"""
