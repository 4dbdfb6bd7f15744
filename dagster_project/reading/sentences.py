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
TERMINALS = frozenset((".", "!", "?", "…", "..", "...", "....", "?!", "!?", "!!", "??", "!!!", "???"))
BRACKETS = frozenset(")]}")
CLOSERS = BRACKETS | QUOTES
BULLETS = frozenset("•◦▪■●·*‣⁃-–—") | {"--"}
DASHES = frozenset("-–—") | {"--"}
# Wires set an underscore for the dash of a dateline.
_DATELINE_DASHES = DASHES | {"_", "---"}
_COLONS = frozenset({":", "):"})  # the tokenizer keeps "):" whole, as a face
# A full stop of these belongs to the word; what follows them continues the sentence.
_TITLES = frozenset(form.lower() for form in ABBREVIATIONS) | frozenset(
    "mr. mrs. ms. dr. gen. gov. sen. rep. rev. st. prof. adm. messrs. no. vs. v. e.g. i.e. jan. feb. mar. apr. jun. jul. "
    "aug. sep. sept. oct. nov. dec. mt. ft.".split()
)
_INITIAL = re.compile(r"^(?:[A-Z]\.){1,3}$")
# Words that open a sentence after "U.S." or an initial, but do not follow one inside a name.
_OPENERS = frozenset(
    "the a an he she it they we i you but and in on at after before when while this that these those there however meanwhile "
    "his her its their our if as since for no not some many most so what how why who where let please thanks my your".split()
)
_DATELINE_LENGTH = 24
_DATELINE_WORDS = frozenset("of the de del la el and near al el- al- st nd rd th in".split())


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
            quote_open = not quote_open or _leans_right(token, previous)
        elif token.is_space and "\n" in token.text:
            quote_open = False
    _part_datelines(doc)
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
    if previous.text == ":" and any(t.lower_ == "following" for t in doc[max(0, previous.i - 12) : previous.i]):
        return False  # "The following policemen died: Major ..., Captain ..."
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
        or (token.text == '"' and quote_open and not _leans_right(token, previous))
        or (token.text in ("'", "''") and not previous.whitespace_)
        or (not previous.whitespace_ and (bool(token.whitespace_) or following is None or following.is_space))
    )
    if closes:
        return False
    return _after_terminal(doc, token, previous)


def _leans_right(token: Token, previous: Token) -> bool:
    """Whether a quotation mark stands against the word after it alone: it opens, whatever stood open before."""
    return (
        bool(previous.whitespace_) and not token.whitespace_ and token.i + 1 < len(token.doc) and not token.nbor(1).is_punct
    )


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
    first = token
    while first.text in QUOTES | {"(", "["} and first.i + 1 < len(doc):
        first = first.nbor(1)
    if closed and end.text not in TERMINALS and end.text not in (":", ";"):
        # 'speaking on "Fox News Sunday" on ABC': the quotation is part of the sentence; "(Applause.)" may stand alone.
        return None if previous.text in BRACKETS and first.text[:1].isupper() else False
    if end.text not in TERMINALS or not previous.whitespace_:
        return None
    if end.text == "." and _numbers(doc, end.i, token):
        return False
    if first.text[:1].islower() and not first.like_url:
        return False if closed or end.text == "..." else None
    if (
        end.text == "."
        and (first.text[:1].isupper() or first.is_digit)
        and end.i
        and not _INITIAL.match(end.nbor(-1).text + ".")
    ):
        return True
    if not closed and set(end.text) <= set("?!") and first.text[:1].isupper():
        return True
    return None


def _numbers(doc: Doc, stop: int, token: Token) -> bool:
    """Whether the full stop at `stop` belongs to "No. 31" or to the number of a list item ("2. In response, ...")."""
    if not stop:
        return False
    word = doc[stop - 1]
    if word.lower_ in ("no", "nos", "art", "sec"):
        return token.is_digit
    opens_line = word.i == 0 or (doc[word.i - 1].is_space and "\n" in doc[word.i - 1].text)
    return opens_line and word.is_digit and len(word) < 3


def _part_datelines(doc: Doc) -> None:
    """ "KABUL, Afghanistan (AP) - Gunmen ...": the dateline is a fragment of its own, what follows its dash a sentence.

    A parser that meets both in one takes the place for the subject of the lead.
    """
    index = 0
    while index < len(doc):
        if index == 0 or (doc[index - 1].is_space and "\n" in doc[index - 1].text):
            end = dateline_end(doc, index)
            for inside in range(index + 1, end):
                doc[inside].is_sent_start = False
            if end > index:
                start = _past_notes(doc, end)
                for inside in range(end, start):
                    doc[inside].is_sent_start = False
                if start < len(doc):
                    doc[start].is_sent_start = True
            index = max(end, index)
        index += 1


def dateline_end(doc: Doc, start: int) -> int:
    """One past the dash or colon of the dateline that opens at `start`, or `start` if none does.

    "MOSUL, Iraq, March 4, 2019 (AP) -", "Baghdad (AFP) –", "LIMA, 16 Jan 90 (EFE) --", "(Reuters) -", "KABUL:". Names,
    numbers and brackets alone stand in it, and either a bracket, a comma or capitals tell it from a phrase.
    """
    depth, brackets, commas, last = 0, 0, 0, min(start + _DATELINE_LENGTH, len(doc) - 1)
    for index in range(start, last):
        token = doc[index]
        if token.is_space and "\n" in token.text:
            return start
        if token.text in "([" or token.text in ")]":
            depth += 1 if token.text in "([" else -1
            brackets += token.text == ")"
        elif token.text in _DATELINE_DASHES or token.text in _COLONS:
            brackets += token.text == "):"
            depth -= token.text == "):"
            if index == start or depth or not _spaced(doc, index):
                continue
            told = brackets or (commas and token.text not in _COLONS) or doc[start].is_upper
            named = len(doc[start]) > 2 or brackets
            return index + 1 if told and named and _opens_lead(doc, index + 1) else start
        elif token.text == ",":
            commas += 1
        elif not depth and not _in_dateline(token):
            return start
    return start


def _spaced(doc: Doc, dash: int) -> bool:
    """Whether a dash or colon parts what stands beside it; an em dash needs no space."""
    if doc[dash].text in {"—", "--"}:
        return True
    return bool(doc[dash].whitespace_) and (doc[dash].text in _COLONS or bool(doc[dash - 1].whitespace_))


def _opens_lead(doc: Doc, index: int) -> bool:
    first = _past_notes(doc, index)
    while first < len(doc) and (doc[first].text in QUOTES or doc[first].text == "["):
        first += 1
    return first < len(doc) and not doc[first].is_space and (doc[first].text[:1].isupper() or doc[first].is_digit)


def _past_notes(doc: Doc, index: int) -> int:
    """Past the bracketed notes of monitors after a dateline: "[Text]", "[Report by John Doe]"."""
    while index < len(doc) and doc[index].text == "[":
        close = next((i for i in range(index, min(index + 12, len(doc))) if doc[i].text == "]"), None)
        if close is None:
            break
        index = close + 1
    return index


def _in_dateline(token: Token) -> bool:
    if token.is_punct:
        return token.text in {".", "/", "'", "’"}
    return token.text[:1].isupper() or token.text[:1].isdigit() or token.lower_ in _DATELINE_WORDS
