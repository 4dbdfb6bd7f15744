"""Calendar expressions: what they mean with and without a publication date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.reading.calendar import Context, Resolved, expressions, named_days

MONDAY = date(2024, 2, 5)


def read(text: str, published_on: date | None = MONDAY) -> list[Resolved]:
    days = named_days(text, published_on)

    def context_at(start: int, end: int) -> Context:
        others = [day for position, day in days if not start <= position < end]
        return Context(published_on, others[0] if others else None)

    return list(expressions(text, context_at))


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("The strikes on Friday night hit 85 targets.", "2024-02-02", "2024-02-02", "day"),
        ("It began on Monday.", "2024-02-05", "2024-02-05", "day"),
        ("He was shot last Monday.", "2024-01-29", "2024-01-29", "day"),
        ("She died on January 28.", "2024-01-28", "2024-01-28", "day"),
        ("She died on 28 December.", "2023-12-28", "2023-12-28", "day"),
        ("In January 2020, the military struck.", "2020-01-01", "2020-01-31", "month"),
        ("It fell in May.", "2023-05-01", "2023-05-31", "month"),
        ("They fought between 3 and 5 May 2023.", "2023-05-03", "2023-05-05", "days"),
        ("Two villages burned yesterday.", "2024-02-04", "2024-02-04", "day"),
        ("Jets struck overnight.", "2024-02-04", "2024-02-05", "days"),
        ("They left two days ago.", "2024-02-03", "2024-02-03", "day"),
        ("It was signed in 2015.", "2015-01-01", "2015-12-31", "year"),
        ("In late 2019 it began.", "2019-09-01", "2019-12-31", "range"),
        ("At the beginning of June 2020 it began.", "2020-06-01", "2020-06-10", "range"),
        ("Ten died over the past three weeks.", "2024-01-15", "2024-02-05", "range"),
        ("Ten died last month.", "2024-01-01", "2024-01-31", "month"),
        ("Four died on January 4 last year.", "2023-01-04", "2023-01-04", "day"),
        ("It began in January this year.", "2024-01-01", "2024-01-31", "month"),
        ("It sank on March 26 of last year.", "2023-03-26", "2023-03-26", "day"),
        ("At the beginning of the month it burned.", "2024-02-01", "2024-02-10", "range"),
        ("At the end of the month it burned.", "2024-01-21", "2024-01-31", "range"),
        ("Ten years after a mine killed four, she returned.", "2014-01-01", "2014-12-31", "year"),
    ],
)
def test_expression_resolves_against_publication(text, start, end, precision):
    (found,) = read(text)
    assert (str(found.date_start), str(found.date_end), found.precision) == (start, end, precision)


@pytest.mark.parametrize("text", ["on Sunday", "overnight", "on January 28", "since April", "last month", "two days ago"])
def test_without_publication_date_the_words_stay_and_no_date_is_made_up(text):
    (found,) = read(f"It happened {text}.", None)
    assert (found.date_start, found.date_end, found.precision) == (None, None, "unknown")


def test_full_dates_need_no_publication_date():
    (found,) = read("On 28 June 2021 jets struck.", None)
    assert found.date_start == found.date_end == date(2021, 6, 28)


def test_since_leaves_the_end_open():
    (found,) = read("They have fired rockets since October.")
    assert (found.date_start, found.date_end, found.is_open_ended) == (date(2023, 10, 1), None, True)


def test_relative_day_refers_to_a_day_named_beside_it():
    named, relative = read("The picture of February 19, 2021 shows damage of a rocket attack two days ago.")
    assert named.date_start == date(2021, 2, 19)
    assert relative.date_start == date(2021, 2, 17)


def test_overnight_is_the_night_before_the_day_named_beside_it():
    found = read("Strikes overnight sent a message, he said on Saturday.")
    assert [str(f.date_start) for f in found] == ["2024-02-02", "2024-02-03"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("the same day", "2024-01-28"),
        ("the following day", "2024-01-29"),
        ("the previous night", "2024-01-27"),
        ("two days later", "2024-01-30"),
        ("a day earlier", "2024-01-27"),
        ("the day before", "2024-01-27"),
        ("hours later", "2024-01-28"),
        ("later that night", "2024-01-28"),
        ("a day after the attack", "2024-01-29"),
    ],
)
def test_words_that_refer_to_the_day_told_last(words, day):
    context = Context(MONDAY, told_day=date(2024, 1, 28))
    (found,) = expressions(f"It happened {words}.", lambda start, end: context)
    assert str(found.date_start) == day
    (unknown,) = expressions(f"It happened {words}.", lambda start, end: Context(MONDAY))
    assert unknown.date_start is None


def test_duration_has_no_dates_of_its_own():
    (found,) = read("For months, fighters have attacked ships.")
    assert found.is_duration
    assert found.date_start is None


@pytest.mark.parametrize("text", ["He may go.", "They march on.", "31 February 2021", "February 30", "99999-01-01"])
def test_no_date_is_read_from_what_is_none(text):
    assert all(found.date_start is None for found in read(text))


def test_impossible_day_range_is_unknown():
    assert [f.date_start for f in read("between 30 and 31 February 2021")] == [None]


@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "beginning",
                "of",
                "late",
                "early",
                "mid",
                "June",
                "2020",
                "31",
                "last",
                "next",
                "this",
                "week",
                "year",
                "since",
                "Monday",
                "3",
                "ago",
                "days",
            ]
        )
    )
)
def test_no_heap_of_calendar_words_breaks_the_reader(words):
    for found in read(" ".join(words)):
        assert 0 <= found.start < found.end
        if found.date_start and found.date_end:
            assert found.date_start <= found.date_end


NEWS_DAY = Context(date(2024, 6, 21))  # a Friday


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("on Wednesday, June 19", "on Wednesday, June 19", date(2024, 6, 19), date(2024, 6, 19)),
        ("late on Wednesday, 19 June 2024", "late on Wednesday, 19 June 2024", date(2024, 6, 19), date(2024, 6, 19)),
        ("killed on 14/03/2019", "14/03/2019", date(2019, 3, 14), date(2019, 3, 14)),
        ("killed on 3/14/2019", "3/14/2019", date(2019, 3, 14), date(2019, 3, 14)),
        ("killed on 3.4.2019", "3.4.2019", date(2019, 4, 3), date(2019, 4, 3)),
        ("killed on 3/4/2019", "3/4/2019", None, None),
        ("over the weekend", "over the weekend", date(2024, 6, 15), date(2024, 6, 16)),
    ],
)
def test_dates_with_weekdays_numbers_and_weekends(text, words, first, last):
    found = [(text[f.start : f.end], f.date_start, f.date_end) for f in expressions(text, lambda start, end: NEWS_DAY)]
    assert found == [(words, first, last)]
