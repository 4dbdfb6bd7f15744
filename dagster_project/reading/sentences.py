"""Sentence boundaries that survive news text: certain starts and certain non-starts, set before the parser runs.

The component `conflict_sentences` marks only what typography decides (blank lines, bullets, titles, initials,
datelines, closing quotes); the parser respects the marks and decides the rest.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from dagster_project.reading.tokens import ABBREVIATIONS

CLOSING_QUOTES = frozenset("”’»")
QUOTES = frozenset("\"'“‘«”’»") | {"''", "``"}
TERMINALS = frozenset((".", "!", "?", "…", "...", "?!", "!?", "!!", "??"))
CLOSERS = frozenset(")]}") | QUOTES
BULLETS = frozenset("•◦▪■●·*‣⁃-–—") | {"--"}
DASHES = frozenset("-–—") | {"--"}
# A full stop of these belongs to the word; what follows them continues the sentence.
_TITLES = frozenset(form.lower() for form in ABBREVIATIONS) | frozenset(
    "mr. mrs. ms. dr. gen. gov. sen. rep. rev. st. prof. adm. messrs. no. vs. v. e.g. i.e. jan. feb. mar. apr. jun. jul. "
    "aug. sep. sept. oct. nov. dec. mt. ft.".split()
)
_INITIAL = re.compile(r"^(?:[A-Z]\.){1,3}$")
# Words that open a sentence after "U.S." or an initial, but do not follow one inside a name.
_OPENERS = frozenset(
    "the a an he she it they we i you but and in on at after before when while this that these those there however meanwhile "
    "his her its their our if as since for no not some many most".split()
)
_DATELINE_LENGTH = 16


@Language.component("conflict_sentences", assigns=["token.is_sent_start"])
def conflict_sentences(doc: Doc) -> Doc:
    """Presets `is_sent_start` where typography decides; other tokens stay open (None) for the parser."""
    quote_open = False
    for index in range(len(doc)):
        token = doc[index]
        if index == 0:
            quote_open = token.text == '"'
            continue
        previous = doc[index - 1]
        decision = _decide(doc, token, previous, quote_open)
        if decision is not None:
            token.is_sent_start = decision
        if token.text == '"':
            quote_open = not quote_open
        elif token.is_space and "\n" in token.text:
            quote_open = False
    _join_datelines(doc)
    return doc


def _decide(doc: Doc, token: Token, previous: Token, quote_open: bool) -> bool | None:
    if token.is_space:
        return False
    if previous.is_space and "\n" in previous.text:
        return _after_line_break(doc, token, previous)
    if token.text in QUOTES:
        return _quote(doc, token, previous, quote_open)
    if token.is_punct and not previous.whitespace_ and token.text not in ("(", "["):
        return False
    if previous.text.lower() in _TITLES:
        return False
    if _INITIAL.match(previous.text):
        # "George W. Bush", "U.S. troops"; but "in the U.S. The army said".
        return None if token.lower_ in _OPENERS and token.is_title else False
    return _after_terminal(doc, token, previous)


def _after_line_break(doc: Doc, token: Token, gap: Token) -> bool | None:
    if gap.text.count("\n") > 1:
        return True
    before = doc[gap.i - 1] if gap.i else None
    if token.text in BULLETS or before is None or before.text in TERMINALS or before.text in CLOSERS:
        return True
    # A single line break inside running text (hard-wrapped lines) decides nothing.
    return None


def _quote(doc: Doc, token: Token, previous: Token, quote_open: bool) -> bool | None:
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    closes = (
        token.text in CLOSING_QUOTES
        or (token.text == '"' and quote_open)
        or (token.text in ("'", "''") and not previous.whitespace_)
        or (not previous.whitespace_ and (bool(token.whitespace_) or following is None or following.is_space))
    )
    if closes:
        return False
    return _after_terminal(doc, token, previous)


def _after_terminal(doc: Doc, token: Token, previous: Token) -> bool | None:
    """Starts after a full stop, question or exclamation mark, closing quotes and brackets in between."""
    end = previous
    closed = False
    while end.text in CLOSERS and end.i:
        if not end.nbor(-1).whitespace_ or end.text in CLOSING_QUOTES:
            closed = True
            end = end.nbor(-1)
        else:
            # An opening quote: what it opens starts with it.
            return False if end.is_sent_start else None
    if closed and end.text not in TERMINALS and end.text not in (":", ";"):
        # 'speaking on "Fox News Sunday" on ABC': the quotation is part of the sentence.
        return False
    if end.text not in TERMINALS or not previous.whitespace_:
        return None
    first = token
    while first.text in QUOTES | {"(", "["} and first.i + 1 < len(doc):
        first = first.nbor(1)
    if first.text[:1].islower():
        return False if closed or end.text == "..." else None
    if (
        end.text == "."
        and (first.text[:1].isupper() or first.is_digit)
        and end.i
        and not _INITIAL.match(end.nbor(-1).text + ".")
    ):
        return True
    if not closed and end.text in ("?", "!") and first.text[:1].isupper():
        return True
    return None


def _join_datelines(doc: Doc) -> None:
    """ "KABUL, Afghanistan (AP) - Gunmen ..." is one sentence: nothing starts before the word after the dash."""
    index = 0
    while index < len(doc):
        opens = index == 0 or (doc[index - 1].is_space and "\n" in doc[index - 1].text)
        if opens and doc[index].is_upper and doc[index].is_alpha and len(doc[index]) > 2:
            end = _dateline_end(doc, index)
            for inside in range(index + 1, end):
                doc[inside].is_sent_start = False
            index = max(end, index)
        index += 1


def _dateline_end(doc: Doc, start: int) -> int:
    """One past the first word after the dateline's dash, or `start` if this is no dateline."""
    for index in range(start + 1, min(start + _DATELINE_LENGTH, len(doc) - 1)):
        token = doc[index]
        if token.is_space:
            return start
        if token.text in DASHES and doc[index - 1].whitespace_ and token.whitespace_:
            return index + 2
        if token.text in TERMINALS:
            return start
    return start
