"""An HTML page to its visible text, its title, its article's spans and its stated publication date.

Belongs here: everything that needs the tree of a page. Does not belong: cleaning of plain text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

INVISIBLE = {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "canvas", "select"}
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip
DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate",
    "publishdate", "parsely-pub-date", "sailthru.date", "article.published",
)  # fmt: skip
WHITESPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows: ``text`` (a line per block), the title as shown, spans of the article, the date it states."""

    text: str
    title: str | None
    main: tuple[tuple[int, int], ...] | None
    stated_on: str | None
    publisher: str | None
    url: str | None


class UnreadablePage(ValueError):
    """The page has no visible text, or no parser gets through it."""


def read_page(source: str) -> Page:
    """Parse a page.

    Raises:
        UnreadablePage: no visible text, or a tree too deep to walk.
    """
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, RecursionError) as error:
        raise UnreadablePage(f"no HTML parser gets through the page: {error}") from error
    text = visible_text(tree)
    if not text.strip():
        raise UnreadablePage("the page has no visible text")
    metas = _metas(tree)
    headings = [WHITESPACE.sub(" ", h.text_content()).strip() for h in tree.iter("h1")]
    titles = [*headings, metas.get("og:title"), WHITESPACE.sub(" ", tree.findtext(".//title") or "").strip()]
    return Page(
        text=text,
        title=next((t for t in titles if t), None),
        main=_article_spans(tree, text),
        stated_on=_stated_date(tree, metas),
        publisher=metas.get("og:site_name"),
        url=metas.get("og:url"),
    )


def visible_text(tree) -> str:
    """The text a reader sees, one line per block element, white space folded."""
    from lxml import etree

    lines: list[str] = [""]
    hidden = 0

    def add(text: str | None) -> None:
        if text and not hidden:
            lines[-1] += text

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in INVISIBLE or element.get("hidden") is not None:
                hidden += 1
            if tag not in INLINE:
                lines.append("")
            add(element.text)
        else:
            if tag in INVISIBLE or element.get("hidden") is not None:
                hidden -= 1
            if tag not in INLINE:
                lines.append("")
            add(element.tail)
    folded = (WHITESPACE.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in folded if line)


def _article_spans(tree, text: str) -> tuple[tuple[int, int], ...] | None:
    import trafilatura

    try:
        extracted = trafilatura.extract(tree, include_comments=False, include_tables=False, favor_precision=False)
    except (RecursionError, ValueError, AttributeError):
        return None  # the remover gave up: the plain-text rules clean the whole page
    if not extracted:
        return None
    spans: list[tuple[int, int]] = []
    position = 0
    for line in extracted.split("\n"):
        words = [re.escape(w) for w in line.lstrip("- ").split()]
        if not words:
            continue
        found = re.compile(r"\s*".join(words)).search(text, position)
        if found:
            spans.append(found.span())
            position = found.end()
    return tuple(spans) or None


def _metas(tree) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = WHITESPACE.sub(" ", meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name, content)
    return metas


def _stated_date(tree, metas: dict[str, str]) -> str | None:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            found = _json_date(script.text or "")
            if found:
                return found
    return next((metas[name] for name in DATE_METAS if name in metas), None)


def _json_date(source: str) -> str | None:
    try:
        nodes = [json.loads(source)]
    except (ValueError, RecursionError):
        return None  # pages carry broken JSON-LD; the meta tags are asked next
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                return node["datePublished"]
            nodes += [v for v in node.values() if isinstance(v, dict | list)]
        elif isinstance(node, list):
            nodes += node
    return None
