"""What one should know before a topic, with the way there."""

from __future__ import annotations

from dataclasses import dataclass

from kafedra.course import Localized
from kafedra.course.topics import TopicMaterials
from kafedra.web.materials.addresses import topic_page


@dataclass(frozen=True)
class Known:
    """What one should know, why, and where it is taught: a topic of the course, or a page elsewhere."""

    text: Localized
    why: Localized | None
    address: str
    outside: bool


def prerequisites(run: str, topic: TopicMaterials) -> list[Known]:
    """In the order of the topic's file."""
    return [
        Known(one.text, one.why, topic_page(run, one.topic) if one.topic else one.address or "", one.topic is None)
        for one in topic.about.prerequisites
    ]
