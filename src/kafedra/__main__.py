"""``python -m kafedra``."""

from kafedra.cli import main

main(prog_name="kafedra")
