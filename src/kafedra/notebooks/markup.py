"""HTML that a cell put out, made safe at a cost that is known beforehand.

A parser of HTML takes quadratic time for elements that are nested or badly closed, so both are weighed first.
"""

from __future__ import annotations

import re
from typing import Final

from kafedra.notebooks.prose import visible

_TAGS: Final = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p "
    "pre s samp small span strong sub summary details sup table tbody td tfoot th thead tr u ul var".split()
)
_SPANS: Final = {"colspan", "rowspan"}
_ATTRIBUTES: Final[dict[str, set[str]]] = {"a": {"href"}, "td": _SPANS, "th": _SPANS, "ol": {"start"}}
_SCHEMES: Final = {"http", "https", "mailto"}
_DROPPED: Final = {"script", "style", "template", "title", "noscript", "svg", "math"}
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())

_UNSEEN: Final = re.compile(
    r"<!--(?:.*?-->|.*\Z)|<(script|style)(?=[\s/>])(?:.*?</\1\s*>|.*\Z)", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE: Final = r"""\s++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?+"""
# Text, a sign that begins no tag, or a tag as programs write it.
_PART: Final = re.compile(rf"[^<]++|<(?![a-z/!?])|<(/?)([a-z][a-z0-9-]*+)((?:{_ATTRIBUTE})*+)\s*+/?>", re.I | re.ASCII)
_EACH_ATTRIBUTE: Final = re.compile(_ATTRIBUTE, re.ASCII)
_ANY_TAG: Final = re.compile(r"<[^>]*>")
_MANY_ATTRIBUTES: Final = 500  # characters
_MAX_DEPTH: Final = 200


def seen(markup: str) -> str:
    """``markup`` without the parts that are never shown: comments, scripts, styles."""
    return _UNSEEN.sub("", markup)


def cost(markup: str) -> int:
    """An upper bound of what cleaning ``markup`` takes, in units of about a microsecond."""
    open_tags, tags, deepest, attributes, end = list[str](), 0, 0, 0, 0
    for part in _PART.finditer(markup):
        if part.start() != end or len(open_tags) > _MAX_DEPTH:
            return _cost_of_a_tangle(markup)
        end, name = part.end(), (part[2] or "").lower()
        if part[1] and (not open_tags or open_tags.pop() != name):
            return _cost_of_a_tangle(markup)
        if name and not part[1]:
            tags += 1
            attributes += len(_EACH_ATTRIBUTE.findall(part[3])) ** 2 if len(part[3]) > _MANY_ATTRIBUTES else 0
            if name not in _VOID:
                open_tags.append(name)
                deepest = max(deepest, len(open_tags))
    if open_tags or end != len(markup):
        return _cost_of_a_tangle(markup)
    return len(markup) + tags * deepest + attributes // 500


def _cost_of_a_tangle(markup: str) -> int:
    """Each tag may end up inside all those before it, and each attribute be looked for among all others."""
    return len(markup) + markup.count("<") ** 2 + len(markup) ** 2 // 2000


def cleaned(markup: str) -> str:
    """Safe HTML; empty when it would show no text."""
    import nh3

    safe = nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )
    return visible(safe) if _ANY_TAG.sub("", safe).strip() else ""
