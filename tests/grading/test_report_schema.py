"""The report's JSON: numbers for points, a schema that matches what is documented, a round trip."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from kafedra.grading import Report
from kafedra.grading.report import schema

DOCUMENTED = Path(__file__).parents[2] / "docs" / "develop" / "report.schema.json"


def test_the_documented_schema_is_the_real_one():
    assert json.loads(DOCUMENTED.read_text("utf-8")) == schema(), f"write it anew: make {DOCUMENTED.name}"


def test_a_report_survives_json(grade, good):
    report = grade(good)
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_points_are_numbers_in_json_and_exact_in_python(grade, good):
    report = grade(good)
    document = json.loads(report.model_dump_json())
    assert [test["points"] for test in document["tests"]] == [0.5, 0.3, 0.2]
    assert document["points"] == 1
    assert sum(test.points for test in Report.model_validate(document).tests) == Decimal("1.0")
