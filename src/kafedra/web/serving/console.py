"""What the server says to the operator's terminal."""

from __future__ import annotations

import click


def banner(base_url: str) -> None:
    """Where the server listens, once it does."""
    click.echo(f"kafedra listens on {base_url}  (Ctrl-C stops it)", err=True)
