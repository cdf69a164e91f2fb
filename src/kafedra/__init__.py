"""kafedra: a whole university course from one repository."""

__version__ = "0.1.0"
