"""Opening a notebook elsewhere: on Colab, on the university's JupyterHub."""

from __future__ import annotations

from urllib.parse import quote

from kafedra.course import RunSite


def links(site: RunSite, topic: str) -> dict[str, str]:
    """The addresses that the run's file gives, with the notebook's place as `kafedra topic build -o` lays it."""
    place = quote(f"{topic}/{topic}-student.ipynb")
    return {name: found.replace("{path}", place) for name in ("colab", "jupyterhub") if (found := getattr(site, name))}
