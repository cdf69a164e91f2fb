"""Server time and queries of the pages that list everybody, and of the site that everybody reads.

`python -m benchmarks.pages [--site] [--profile PAGE]`; processor time, so that a busy machine measures the same.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from benchmarks.pages.courses import wider

ROUNDS = 10
LIMIT_MS = 300
PAGES = {
    "gradebook": "/2023/gradebook/",
    "gradebook, filtered": "/2023/gradebook/?q=ахм",
    "gradebook, CSV": "/2023/gradebook/export.csv",
    "gradebook, XLSX": "/2023/gradebook/export.xlsx",
    "gradebook, Moodle": "/2023/gradebook/moodle.csv",
    "one student": "/2023/gradebook/students/student-7/",
    "distributions": "/2023/gradebook/pictures/",
    "marks of an exam": "/2023/marks/exam/",
    "exam": "/2023/exams/1/",
    "exam, a question": "/2023/exams/1/marking/?question=1",
    "exam, publishing": "/2023/exams/1/publish/",
    "record book": "/2023/record-book/",
    "record book, XLSX": "/2023/record-book/export.xlsx",
    "people": "/2023/people/",
    "people, XLSX": "/2023/people/export.xlsx",
    "record": "/2023/record/",
    "extensions": "/2023/adjustments/",
    "terms": "/2023/terms/",
    "reviews": "/2023/reviews/",
    "overview": "/2023/gradebook/overview/",
}
SITE_LIMIT_MS = 100
SITE = {
    "home": "/2023/",
    "plan": "/2023/topics/",
    "topic": "/2023/topics/backprop/",
    "lecture": "/2023/topics/backprop/lecture/",
    "seminar": "/2023/topics/backprop/seminar/",
    "harder": "/2023/topics/backprop/harder/",
    "homework": "/2023/homework/",
    "statement": "/2023/assignments/activations/",
    "reading": "/2023/reading/",
    "runs": "/2023/runs/",
    "search": "/2023/search/?q=градиент",
    "blitzes": "/2023/blitz/",
    "feedback": "/2023/feedback/",
    "questions": "/2023/questions/",
    "ask": "/2023/questions/ask/",
}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    options.add_argument("--students", type=int, default=300)
    options.add_argument("--submissions", type=int, default=5)
    options.add_argument("--assignments", type=int, default=22, help="more than the run has: titles without tests")
    options.add_argument("--site", action="store_true", help="only the week: what a student reads, and staff of it")
    options.add_argument("--profile", metavar="PAGE", help="where the time of this page goes, by its name in the table")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kafedra-pages-") as folder:
        course = wider(Path(os.environ.get("KAFEDRA_COURSE", "course")), Path(folder) / "course", chosen.assignments)
        os.environ |= {"KAFEDRA_DATA": f"{folder}/data", "KAFEDRA_COURSE": str(course)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "kafedra.web.config.settings"
        _measure(chosen)


def _measure(chosen: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.template import Template
    from django.test import Client
    from django.test.utils import setup_test_environment

    from benchmarks.pages.crowd import changed, closed, crowd, examined
    from benchmarks.pages.week import week
    from kafedra.web import clock
    from kafedra.web.frame import garbage
    from kafedra.web.people.members.services.belonging import join
    from kafedra.web.people.models import Role
    from kafedra.web.people.services import create_user
    from kafedra.web.runs.models import Run
    from kafedra.web.runs.services import ensure_runs

    render = Template._render  # type: ignore[attr-defined]  # Django's own
    setup_test_environment()
    Template._render = render  # type: ignore[attr-defined]  # only tests ask what templates were given
    call_command("migrate", verbosity=0)
    moment = datetime(2023, 2, 20, 12, tzinfo=UTC)
    with clock.shifted(moment - datetime.now(UTC)):
        ensure_runs()
        run = Run.objects.get(slug="2023")
        instructor = create_user(username="instructor", display_name="Instructor")
        join(user=instructor, run=run, role=Role.INSTRUCTOR)
        crowd(run, chosen.students, chosen.submissions, moment)
        changed(run, instructor)
        closed(run, instructor)
        examined(run, instructor)
        staff, student = (Client(headers={"accept-language": "ru", "host": "127.0.0.1"}) for _ in range(2))
        staff.force_login(instructor)
        garbage.keep()  # as the server does when it starts
        students = [one.user for one in run.memberships.filter(role=Role.STUDENT).select_related("user")]
        student.force_login(students[0])
        made = week(run, instructor, students)
        site = {**SITE, **made.student}
        if chosen.profile:
            _profile(student if chosen.profile in site else staff, {**PAGES, **made.staff, **site}[chosen.profile])
            return
        size = f"{chosen.students} students × {chosen.assignments} assignments"
        print(f"{size}; least and median of {ROUNDS}, in processor time on the server")
        if not chosen.site:
            _table(staff, PAGES, LIMIT_MS)
        _table(staff, made.staff, SITE_LIMIT_MS)
        _table(student, site, SITE_LIMIT_MS)


def _table(client: Any, pages: Mapping[str, str], limit_ms: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    print(f"\n{f'page (limit {limit_ms} ms)':<22}{'least':>8}{'median':>8}{'queries':>10}{'kB':>8}")
    for name, address in pages.items():
        if (status := client.get(address).status_code) != 200:
            print(f"{name:<22}{'answered ' + str(status):>34}")
            continue
        times = []
        for _ in range(ROUNDS):
            started = process_time()
            response = client.get(address)
            times.append(process_time() - started)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        least, middle = min(times) * 1000, median(times) * 1000
        slow = "  over the limit" if middle > limit_ms else ""
        size = len(response.content) // 1024
        print(f"{name:<22}{least:>8.0f}{middle:>8.0f}{len(queries):>10}{size:>8}{slow}")


def _profile(client: Any, address: str) -> None:
    client.get(address)
    profile = cProfile.Profile()
    profile.runcall(client.get, address)
    pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
