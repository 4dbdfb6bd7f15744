"""Tokenizer of the trained pipeline: spaCy's English rules bent to the treebanks' conventions.

The rules are saved inside the pipeline, so nothing of this module is needed at run time.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dagster_project.reading.tokens import keep_news_words

if TYPE_CHECKING:
    from spacy.language import Language

# The treebanks keep a run of one mark together ("!!", "***", "===="); each entry is the mark as a regular expression.
RUN_MARKS = ("[!?]", r"\*", "=", "_", "-", r"\$", "~", "<", ">", r"\.", "#", r"\+")
# Affixes that keep their hyphen inside one word (the Linguistic Data Consortium's treebank tokenization guidelines,
# which both treebanks follow); other hyphens are words of their own.
HYPHEN_PREFIXES = (
    "e a u x agro ante anti arch be bi bio co counter cross cyber de eco ex extra inter intra macro mega micro mid mini "
    "multi neo non over pan para peri post pre pro pseudo quasi re semi sub super tri ultra un uni vice"
).split()
HYPHEN_SUFFIXES = "esque ette fest fold gate itis less most wise".split()
# Exceptions of spaCy that the treebanks cut: a weekday that reads as "we'd", a bracket and colon that read as a face.
CUT_AGAIN = ("and/or", "Wed", "):")
# Words of speech that the treebanks cut in two, and abbreviations of letters and e-mail that keep their full stop.
SPOKEN = {"wanna": ("wan", "na"), "outta": ("out", "ta"), "dunno": ("du", "n", "no"), "alot": ("a", "lot")}
WRITTEN = "Mon. Tue. Tues. Wed. Thur. Thurs. Fri. Sat. Attn. Drs. LTD. lb. lbs. oz. eg. b/c".split()
# Telephone numbers, decades and hashtags are one word each.
WHOLE = r"(?:(?:\d-)?(?:\d{3}[-/.])?\d{3}-\d{4}|\d-\d{4}|(?:\d\d){1,2}['’]s|#[A-Za-z]\w+)$"
# Web text drops the blank after a mark, and sets hyphens for dashes.
UNSPACED = (
    r"\)(?=\()",
    r"(?<=\))\(",
    r'"(?=<)',
    r'(?<=")<',
    r"(?<=[a-z])[?!;(\[](?=[A-Za-z])",
    r"(?<=[0-9]),(?=[A-Za-z])",
    r"(?<=[a-z])[,:](?=[0-9])",
)
LEADING = (r"[-=]{2,}", r"-(?=[A-Za-z0-9])")
TRAILING = (r"(?<![-=])[-=]{2,}", r"(?<=[a-z]{4})-", r"(?<=[a-z0-9)])[.:]\?", r"(?<=\d:\d\d)[AaPp]\.?[Mm]\.?", r"(?<=\d)k")


def _hyphen_infix() -> str:
    prefixes = "".join(rf"(?<!\b{form})" for prefix in HYPHEN_PREFIXES for form in (prefix, prefix.capitalize()))
    return rf"(?<=[^\W_])(?<![A-Z]\d\d)(?<![A-Z]\d){prefixes}[-–—](?=[^\W\d_])(?!(?:{'|'.join(HYPHEN_SUFFIXES)})\b)"


def treebank_tokenizer(nlp: Language) -> None:
    """Replaces the affix rules of `nlp.tokenizer` in place."""
    from spacy.symbols import ORTH
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    defaults = nlp.Defaults
    runs = [mark + "{2,}" for mark in RUN_MARKS]
    # Only whole runs: a suffix must not be the tail of a longer one.
    suffix_runs = [f"(?<!{mark}){mark}{{2,}}" for mark in RUN_MARKS]
    # spaCy's own rule for hyphens between letters is the one that lists several kinds of dash.
    infixes = [infix for infix in defaults.infixes if not ("–" in infix and "(?<=[" in infix)]
    infixes += [*UNSPACED, _hyphen_infix(), r"(?<=[A-Z]\.)-(?=[a-z])", r"(?<=[A-Za-z])/(?=[A-Za-z]{2})"]
    nlp.tokenizer.rules = {form: rule for form, rule in nlp.tokenizer.rules.items() if form not in CUT_AGAIN}
    nlp.tokenizer.prefix_search = compile_prefix_regex([*LEADING, *runs, *defaults.prefixes]).search
    nlp.tokenizer.suffix_search = compile_suffix_regex([*TRAILING, *suffix_runs, *defaults.suffixes]).search
    nlp.tokenizer.infix_finditer = compile_infix_regex([*runs, *infixes]).finditer
    nlp.tokenizer.token_match = re.compile(WHOLE).match
    for form, parts in SPOKEN.items():
        nlp.tokenizer.add_special_case(form, [{ORTH: part} for part in parts])
    for form in WRITTEN:
        nlp.tokenizer.add_special_case(form, [{ORTH: form}])
    keep_news_words(nlp)


def untrained() -> Language:
    """English with these tokens and nothing learned; sentences end where typography decides, else at every full stop."""
    import spacy

    from dagster_project.reading import sentences  # noqa: F401 - registers the component

    nlp = spacy.blank("en")
    treebank_tokenizer(nlp)
    nlp.add_pipe("conflict_sentences")
    nlp.add_pipe("sentencizer")
    return nlp
