"""What a student types once, as a page: the lines of the README in a clone, each with a button."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kafedra.notebooks import installing
from kafedra.web.downloads import wheel
from kafedra.web.runs import course


@require_safe
def install(request: HttpRequest) -> HttpResponse:
    """For everything that any assignment of the course needs. Open to everybody, as the wheel is."""
    needed = {package for one in course.current().assignments.values() for package in one.packages}
    packages = installing.requirements(sorted(needed), wheel.address())
    page = {
        "with_uv": installing.with_uv(packages, python="{}.{}".format(*sys.version_info)),
        "systems": [
            {"slug": slug, "name": name, "line": installing.with_venv(slug, packages)}
            for slug, name in installing.SYSTEMS.items()
        ],
        "has_torch": installing.has_torch(packages),
        "at_hand": {"linux": installing.at_hand("linux"), "windows": installing.at_hand("windows")},
    }
    return render(request, "pages/install.html", page)
