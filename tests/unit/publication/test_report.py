"""The report and the document pages: what they say, and that words from outside stay words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dagster_project.publication import html
from dagster_project.publication.report import pages
from dagster_project.publication.report.spans import segments
from tests.support import hostile


class Page(HTMLParser):
    """Elements, event attributes, addresses and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = hostile.published(tmp_path_factory.mktemp("report"))
    # Vega's bundle takes seconds to make and is no matter of these tests.
    cache = tmp_path_factory.mktemp("vega")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "_vega", lambda folder: "window.vegaEmbed = null;")
        pages.write(home / "warehouse.duckdb", home, "v1", cache)
    return home


def text_of(home, name: str) -> str:
    return (home / "report" / name).read_text(encoding="utf-8")


def test_words_from_outside_add_no_element_no_event_and_no_address(home):
    for name in ("index.html", "documents/doc-x.html", "documents/doc-a.html"):
        page = Page(text_of(home, name))
        assert "img" not in page.elements
        assert "svg" not in page.elements
        assert not [key for key, _ in page.attributes if key.startswith("on")]
        assert not [
            link for link in page.values("href") if not re.match(r"(\.\./)?(index\.html|documents/[\w-]+\.html)?(#|$)", link)
        ]
        assert page.elements.count("script") == (4 if name == "index.html" else 0)


def test_a_policy_forbids_network_and_foreign_scripts(home):
    policy = Page(text_of(home, "index.html")).values("content")[0]
    assert "default-src 'none'" in policy
    assert policy.count("'sha256-") == 2
    assert "unsafe-eval" not in policy
    assert "script-src 'none'" in Page(text_of(home, "documents/doc-a.html")).values("content")[0]


def test_conflicting_claims_stand_beside_each_other_with_links_to_their_words(home):
    index = text_of(home, "index.html")
    part = index[index.index('id="conflicting"') : index.index('id="statements"')]
    assert "five" in part
    assert "seven" in part
    assert "Syrian Observatory" in part
    link = re.search(r'href="documents/(doc-a\.html)#(c\d+)"', part)
    assert link
    assert f'id="{link[2]}"' in text_of(home, f"documents/{link[1]}")


def test_a_toll_that_nobody_reports_is_not_zero(home):
    index = text_of(home, "index.html")
    card = index[index.index('id="inc-rockets"') :]
    assert "not reported" in card[: card.index("injured")]
    assert '<span class="toll">0</span>' in card[: card.index("</article>")]


def test_pages_of_the_same_version_are_left_untouched(home):
    before = (home / "report" / "index.html").stat().st_mtime_ns
    result = pages.write(home / "warehouse.duckdb", home, "v1", home / "work")
    assert not result.is_changed
    assert result.documents == 3
    assert (home / "report" / "index.html").stat().st_mtime_ns == before


def test_unpublished_texts_leave_only_the_sentences_read_from(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "_vega", lambda folder: "")
    home = hostile.published(tmp_path, is_text_published=False)
    pages.write(home / "warehouse.duckdb", home, "v1", tmp_path)
    page = text_of(home, "documents/doc-a.html")
    assert "The full text is not published" in page
    assert "Strike in Syria\n\n" not in page
    assert re.search(r'id="c\d+"', page)


def test_overlapping_stretches_are_cut_at_every_border_and_give_the_text_again():
    found = [
        {"layer": "claim", "label": "killed", "detail": "five", "char_start": 0, "char_end": 9},
        {"layer": "mention", "label": "GPE", "detail": "Iraq", "char_start": 4, "char_end": 6},
        {"layer": "statement", "label": "ACCUSE", "detail": None, "char_start": 5, "char_end": 12},
    ]
    made = segments("abcdefghijklmn", found)
    assert "".join(segment.text for segment in made) == "abcdefghijklmn"
    assert [segment.layers for segment in made] == [
        ("claim",),
        ("claim", "mention"),
        ("claim", "mention", "statement"),
        ("claim", "statement"),
        ("statement",),
        (),
    ]
    assert [segment.anchor for segment in made] == [0, 4, 5, None, None, None]
    assert made[2].ending == (("mention", "GPE"),)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "http:x", "", None]
)
def test_only_web_addresses_become_links(url):
    assert html.web_address(url) is None


def test_a_data_block_cannot_be_left():
    assert "<" not in html.data_block({"a": "</script><!--"})
