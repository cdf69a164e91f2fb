"""What has to hold before the server starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from kafedra.web.standings.sources import SOURCES


@register()
def sources_are_complete(**_options: Any) -> list[CheckMessage]:
    """E001: an app that moves points is missing, and everybody's points would silently be others."""
    missing = sorted(SOURCES.missing)
    if not missing:
        return []
    return [
        Error(
            f"nobody says what follows for points from: {', '.join(missing)}",
            hint="An app that gives them is not in INSTALLED_APPS, or its AppConfig does not add to SOURCES.",
            id="standings.E001",
        )
    ]
