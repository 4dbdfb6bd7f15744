"""Component ``conflict_times``: date expressions of a Doc, resolved against the publication date and named days.

Belongs here: which context each expression is resolved in. Does not belong: the expressions themselves (``calendar.py``),
or which event a date dates (``incidents.py``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading.calendar import Context, expressions, named_days
from dagster_project.reading.types import Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

FUTURE_WORDS = {"will", "shall", "'ll", "’ll", "scheduled", "upcoming", "due"}


@Language.factory("conflict_times", requires=["token.sent_start"], assigns=["doc._.times"])
def make_times(nlp: Language, name: str) -> Times:
    return Times()


class Times:
    """Fills ``doc._.times`` with Time objects in text order."""

    def __call__(self, doc: Doc) -> Doc:
        times: list[Time] = []
        told_day: date | None = None
        for sentence in doc.sents:
            found = self._sentence(doc, sentence, told_day)
            told_day = next((t.date_start for t in found if t.precision == "day" and t.date_end), told_day)
            times += found
        doc._.times = times
        return doc

    def _sentence(self, doc: Doc, sentence: Span, told_day: date | None) -> list[Time]:
        published_on = doc._.source.published_on
        text, offset = sentence.text, sentence.start_char
        days = named_days(text, published_on)
        future_from = next((t.idx - offset for t in sentence if t.lower_ in FUTURE_WORDS), None)

        def context_at(start: int, end: int) -> Context:
            others = [day for position, day in days if not start <= position < end]
            # The clause after "will" looks ahead; a date before it does not.
            is_future = future_from is not None and future_from < start and start - future_from < 160
            return Context(published_on, others[0] if others else None, told_day, is_future)

        times = []
        for found in expressions(text, context_at):
            span = doc.char_span(offset + found.start, offset + found.end, alignment_mode="expand")
            if span is not None and not _ends_title(span):
                times.append(
                    Time(
                        span.start,
                        span.end,
                        found.date_start,
                        found.date_end,
                        found.precision,
                        found.is_duration,
                        found.is_open_ended,
                    )
                )
        return times


def _ends_title(day: Span) -> bool:
    """ "Speaking on “Fox News Sunday.”": a day that ends a quoted name dates nothing."""
    doc, end = day.doc, day.end
    while end < len(doc) and doc[end].text in {".", ","}:
        end += 1
    first = day.start
    while first and doc[first - 1].is_title:
        first -= 1
    if first == day.start or not first or end >= len(doc):
        return False
    return doc[first - 1].is_quote and doc[end].is_quote
