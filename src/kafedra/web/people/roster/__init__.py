"""The list of a run's people as a file: read with errors row by row, shown before anything is written, and exported."""
