"""Fuzzing of what parses text: dates, counts, cleaning, readers. Properties, not examples; no crash whatever comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from dagster_project.ingest import clean as clean_module
from dagster_project.ingest.clean import clean
from dagster_project.ingest.content import read_content
from dagster_project.ingest.decode import NotText, decode
from dagster_project.ingest.metadata import given_date, parse_date, stated_publication_date
from dagster_project.ingest.readers import READERS, read_file
from dagster_project.ingest.records import Record, Refusal
from dagster_project.reading import calendar, numbers
from tests.support.coverage_fuzz import fuzz

TODAY = date(2024, 6, 1)
EASY = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
HARD = settings(max_examples=3_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

WORDS = st.sampled_from(
    ["on", "in", "since", "until", "between", "and", "31", "30", "February", "Feb.", "2024", "1998", "99", "99999", "0", "-3", "1,000", "1.5", "million", "dozens", "of", "about", "at", "least", "up", "to", "monday", "Sunday", "last", "next", "two", "days", "ago", "weeks", "months", "the", "early", "late", "mid", "June", "28,", "of", "to", "–", "-", "/", ":", ".", ",", "(", ")", "%", "th", "st", "overnight", "yesterday", "hundred", "thousand", "half", "a", "few", "several", "no", "one", "none", "twenty", "five", "٥", "½", "∞", "\u200b", "\u202e", "é", "Ł", "👩\u200d👩\u200d👧", "\x00", "\ufeff", "&nbsp;", "<p>", "</b>", 'class="x"', "By", "Mr.", "U.S.", "•", "", "\u2028", "\r", "\x85", "’", "“", "Published:", "Updated"]
)  # fmt: skip
PHRASES = st.lists(WORDS, max_size=25).map(" ".join)
TEXTS = st.one_of(
    PHRASES, st.text(max_size=300), st.lists(st.one_of(PHRASES, st.text(max_size=60)), max_size=12).map("\n".join)
)


def properties_of_dates(text: str) -> None:
    for found in (parse_date(text), given_date(text), stated_publication_date(text.splitlines())):
        assert found is None or date(1900, 1, 1) <= found <= date.max
    for published in (None, TODAY, date(1900, 1, 1), date(2100, 1, 1)):
        context = calendar.Context(published_on=published)
        for one in calendar.expressions(text, lambda start, end, context=context: context):
            assert 0 <= one.start < one.end <= len(text)
            assert one.date_start is None or one.date_end is None or one.date_start <= one.date_end


def properties_of_counts(text: str) -> None:
    words = text.split()
    for found in numbers.find(words):
        assert 0 <= found.start < found.end <= len(words)
        low, high = found.low, found.high
        assert low is None or low >= 0
        assert high is None or high >= 0
        assert low is None or high is None or low <= high


def properties_of_cleaning(text: str) -> None:
    done = clean(text)
    offsets = done.offsets
    stretches = list(zip(offsets.clean_starts, offsets.clean_lengths, offsets.raw_starts, offsets.raw_lengths, strict=True))
    end = 0
    for clean_start, clean_length, raw_start, raw_length in stretches:
        assert clean_start >= end
        end = clean_start + clean_length
        assert 0 <= raw_start <= raw_start + raw_length <= len(text)
        first, last = offsets.span(clean_start, end)
        assert (first, last) == (raw_start, raw_start + raw_length)
    assert end <= len(done.text)
    assert 0 <= done.title_end <= len(done.text)
    assert not clean_module.INVISIBLE.search(done.text.replace("\n", ""))


def properties_of_bytes(data: bytes) -> None:
    for html in (False, True):
        try:
            text, encoding = decode(data, html=html)
        except NotText as error:
            assert str(error)  # noqa: PT017 (both outcomes are right)
        else:
            text.encode("utf-8")  # no lone surrogates
            assert encoding


def properties_of_reader(tmp_path, ending: str, data: bytes) -> int:
    path = tmp_path / f"input{ending}"
    path.write_bytes(data)
    count = 0
    for found in read_file(path, path.name, 100_000):
        count += 1
        if isinstance(found, Refusal):
            assert found.reason
            assert found.object_id
        else:
            assert isinstance(found, Record)
            content, source, _ = read_content(found, TODAY)
            content["raw_text"].encode("utf-8")
            assert content["document_id"] == source["document_id"]
    if ending in (".txt", ".html"):
        assert count == 1
    return count


@pytest.mark.parametrize(
    "check", [properties_of_dates, properties_of_counts, properties_of_cleaning], ids=["dates", "counts", "cleaning"]
)
@pytest.mark.parametrize("examples", [EASY, pytest.param(HARD, marks=pytest.mark.slow)], ids=["some", "many"])
def test_parsers_of_text_hold_their_properties(check, examples, tally):
    tried = 0

    @examples
    @given(TEXTS)
    def run(text: str) -> None:
        nonlocal tried
        tried += 1
        target(float(len(text)))  # hypothesis climbs towards what is longer
        check(text)

    run()
    tally("property-based fuzzing", inputs=tried, crashes=0)


@pytest.mark.parametrize("examples", [EASY, pytest.param(HARD, marks=pytest.mark.slow)], ids=["some", "many"])
def test_any_bytes_are_text_or_refused(examples, tally):
    tried = 0

    @examples
    @given(
        st.one_of(
            st.binary(max_size=400),
            TEXTS.map(lambda t: t.encode("utf-16", "replace")),
            TEXTS.map(lambda t: t.encode("cp1252", "replace")),
        )
    )
    def run(data: bytes) -> None:
        nonlocal tried
        tried += 1
        properties_of_bytes(data)

    run()
    tally("property-based fuzzing", inputs=tried, crashes=0)


SEEDS = {
    ".txt": b"Attack in Erbil\nPublished: 3 February 2024\n\nGunmen killed 5 people.\nBy Jane Doe\nShare this\n",
    ".html": b'<html><head><meta charset="utf-8"><meta name="date" content="2024-02-03"></head><body><h1>A</h1><p>Gunmen killed 5.</p></body></html>',
    ".jsonl": b'{"text": "Gunmen killed 5 people.", "id": 1, "date": "2024-02-03", "title": "A"}\n',
    ".csv": b'text,title,date\n"Gunmen killed 5 people, police said",A,2024-02-03\n',
}
TOKENS = (
    b"<", b">", b"</p>", b"<p>", b"&amp;", b"&#0;", b'"', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xe2\x80\xae", b"\xf0\x9f\x92\xa5", b"\xed\xa0\x80", b"{", b"}", b"[", b"]", b":", b"null", b"NaN", b"1e999", b'"text"', b"\\ud800", b"\\u0000",
    b"31 February 2024", b"99999", b"-1", b"=1+1", b"<script>", b"<!--", b"<![CDATA[", b"<!DOCTYPE x [", b"By ", b"text", b"date",
    b'<script type="application/ld+json">', b"<div hidden>",
)  # fmt: skip
INGEST = tuple(
    f"dagster_project.ingest.{m}" for m in ("readers", "decode", "html", "clean", "content", "metadata", "offsets")
)


@pytest.mark.parametrize("ending", sorted(SEEDS))
@pytest.mark.parametrize("rounds", [60, pytest.param(4_000, marks=pytest.mark.slow)], ids=["some", "many"])
def test_readers_survive_coverage_guided_mutation(tmp_path, tally, ending, rounds):
    assert ending in READERS
    tried, kept, lines = fuzz(
        lambda data: properties_of_reader(tmp_path, ending, data), [SEEDS[ending]], TOKENS, INGEST, rounds, seed=len(ending)
    )
    assert lines > 50
    tally("coverage-guided fuzzing", inputs=tried, kept_for_new_lines=kept, crashes=0)


@pytest.mark.parametrize("rounds", [300, pytest.param(20_000, marks=pytest.mark.slow)], ids=["some", "many"])
def test_date_and_count_parsers_survive_coverage_guided_mutation(tally, rounds):
    def check(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        properties_of_dates(text)
        properties_of_counts(text)

    seeds = [
        b"between 20 and 30 people since early June 2021",
        b"on 31 February 2024, two days ago",
        b"more than 1.5 million; dozens",
    ]
    modules = ("dagster_project.reading.calendar", "dagster_project.reading.numbers", "dagster_project.ingest.metadata")
    tried, kept, _ = fuzz(
        check, seeds, (*TOKENS, b" million", b" last week", b" and a half", b" to ", b"-", b" ago"), modules, rounds
    )
    tally("coverage-guided fuzzing", inputs=tried, kept_for_new_lines=kept, crashes=0)


def test_a_day_too_early_or_impossible_is_no_date():
    for text in ("31 February 2024", "0 May 2020", "2024-13-01", "1 January 1899", "13/13/2024"):
        assert parse_date(text) is None
    assert parse_date((TODAY + timedelta(days=400)).isoformat()) is not None  # plausibility is judged where the run is known
