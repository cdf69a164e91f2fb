"""Addresses that letters and news lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from kafedra.web.exams.models import Exam


def result_of(exam: Exam) -> str:
    """One's own marked paper."""
    return reverse("exams:result", args=[exam.run.slug, exam.pk])
