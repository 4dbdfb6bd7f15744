"""The report in a real browser: it draws, filters, asks nobody for anything and runs no foreign word."""

from __future__ import annotations

import pytest

from dagster_project.publication.report import pages
from tests.support import hostile
from tests.support.browser import MISSING, browser, is_installed

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not is_installed(), reason=MISSING)]
DRAWN = "document.documentElement.dataset.drawn"
SHOWN = "return [...document.querySelectorAll('#incidents, [data-incident].card')].filter(e => e.dataset.incident && !e.hidden).map(e => e.id).filter(Boolean)"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    home = hostile.published(folder)
    pages.write(home / "warehouse.duckdb", home, "v1", folder / "vega")
    return home / "report"


@pytest.fixture(params=["light", "dark", "phone"])
def window(request, report):
    with browser(dark=request.param == "dark") as opened:
        if request.param == "phone":
            opened.phone()
        opened.open(report / "index.html")
        opened.until(DRAWN)
        yield opened


def choose(window, field: str, value: str) -> None:
    before = window.run(f"return Number({DRAWN})")
    window.run(
        "const f = document.getElementById(arguments[0]); f.value = arguments[1]; f.dispatchEvent(new Event('input', {bubbles: true}))",
        field,
        value,
    )
    window.until(f"Number({DRAWN}) > {before}")


def test_it_draws_every_picture_without_a_word_on_the_console(window):
    assert window.console() == []
    for name in ("timeline", "map", "dyads", "publishers"):
        assert window.run(f"return document.querySelectorAll('#chart-{name} svg').length") == 1, name


def test_no_request_leaves_the_page(window, report):
    asked = [url for url in window.requests() if not url.startswith(("data:", "about:", "chrome"))]
    assert asked == [(report / "index.html").as_uri()]


def test_filters_by_kind_actor_place_and_date(window):
    assert set(window.run(SHOWN)) == {"inc-strike", "inc-rockets", "inc-habit"}
    choose(window, "kind", "rocket_attack")
    assert window.run(SHOWN) == ["inc-rockets"]
    assert "1 of 2 incidents" in window.run("return document.getElementById('count').textContent")
    choose(window, "kind", "")
    choose(window, "from", "2021-06-01")
    choose(window, "to", "2021-06-30")
    assert "inc-strike" in window.run(SHOWN)
    assert "inc-rockets" not in window.run(SHOWN)
    choose(window, "from", "")
    choose(window, "to", "")
    choose(window, "place", "Iraq")
    assert window.run(SHOWN) == ["inc-rockets"]
    choose(window, "place", "")
    choose(window, "actor", f"US military {hostile.SCRIPT}")
    assert "inc-strike" in window.run(SHOWN)
    assert "inc-rockets" not in window.run(SHOWN)
    assert window.console() == []


def test_words_of_articles_run_nowhere(window, report):
    assert window.run("return window.hacked === undefined")
    for page in sorted((report / "documents").glob("*.html")):
        window.open(page)
        assert window.run("return window.hacked === undefined")
        assert window.console() == []


def test_a_claim_is_one_click_from_its_highlighted_words(window):
    sides = "[...document.querySelectorAll('section[aria-labelledby=conflicting] .side')]"
    assert window.run(f"return {sides}.length") > 1
    said = window.run(f"return {sides}[0].querySelector('mark').textContent")
    window.run(f"{sides}[0].querySelector('blockquote a').click()")
    window.until("location.pathname.includes('/documents/') && document.querySelector('.text span:target')")
    place = "document.querySelector('.text span:target')"
    assert window.run(f"return {place}.closest('.text').textContent.includes(arguments[0])", said)
    assert window.run(f"return {place}.getBoundingClientRect().top < innerHeight && {place}.className !== ''")


def test_the_page_fits_the_width_of_the_screen(window):
    assert window.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_every_field_has_a_label_and_every_picture_a_description(window):
    assert window.run("return [...document.querySelectorAll('input, select')].every(e => e.labels.length)")
    assert window.run("return [...document.querySelectorAll('.chart')].every(e => e.getAttribute('aria-label'))")
