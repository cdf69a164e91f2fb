"""How Django knows this app."""

from django.apps import AppConfig


class StandingsConfig(AppConfig):
    """From facts to points to a standing. No tables of its own."""

    name = "kafedra.web.standings"
    label = "standings"

    def ready(self) -> None:
        """The server doesn't start without every source of points; blitzes are one for formulas that name them."""
        from kafedra.web.standings import checks  # noqa: F401  # registers itself
        from kafedra.web.standings.blitzes import blitz_results
        from kafedra.web.standings.sources import BLITZ, SOURCES

        SOURCES.add(BLITZ, blitz_results, components=[BLITZ])
