"""Inflected forms of English words, so that vocabularies can be written as lemmas and matched without a lemmatiser.

Belongs here: regular English inflection and the irregular words our vocabularies hold. Does not belong: vocabularies.
"""

from __future__ import annotations

import re
from functools import cache

# lemma -> (past, participle); third person and -ing form are regular
_IRREGULAR = {
    "bear": ("bore", "borne"),
    "beat": ("beat", "beaten"),
    "begin": ("began", "begun"),
    "blow": ("blew", "blown"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "burn": ("burned", "burnt"),
    "burst": ("burst", "burst"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "drive": ("drove", "driven"),
    "fall": ("fell", "fallen"),
    "fight": ("fought", "fought"),
    "find": ("found", "found"),
    "forbid": ("forbade", "forbidden"),
    "get": ("got", "gotten"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hit": ("hit", "hit"),
    "hold": ("held", "held"),
    "hurt": ("hurt", "hurt"),
    "keep": ("kept", "kept"),
    "know": ("knew", "known"),
    "leave": ("left", "left"),
    "let": ("let", "let"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "overrun": ("overran", "overrun"),
    "retake": ("retook", "retaken"),
    "ring": ("rang", "rung"),
    "rise": ("rose", "risen"),
    "run": ("ran", "run"),
    "say": ("said", "said"),
    "see": ("saw", "seen"),
    "seek": ("sought", "sought"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shoot": ("shot", "shot"),
    "sink": ("sank", "sunk"),
    "slay": ("slew", "slain"),
    "spring": ("sprang", "sprung"),
    "strike": ("struck", "stricken"),
    "sweep": ("swept", "swept"),
    "swear": ("swore", "sworn"),
    "take": ("took", "taken"),
    "tear": ("tore", "torn"),
    "tell": ("told", "told"),
    "think": ("thought", "thought"),
    "throw": ("threw", "thrown"),
    "tread": ("trod", "trodden"),
    "waylay": ("waylaid", "waylaid"),
    "undertake": ("undertook", "undertaken"),
    "withstand": ("withstood", "withstood"),
}
# One vowel before one consonant doubles it ("slam", "quit"); of longer verbs those stressed on their end.
_SHORT = re.compile(r"(?:[^aeiou]*|qu)[aeiou][bdfgklmnprstvz]")
_STRESSED_END = {
    "abet", "abhor", "machine-gun", "machinegun", "rebut", "extol", "forbid", "acquit", "admit", "allot", "begin", "commit", "compel", "concur", "confer", "control", "defer", "deter", "dispel", "equip", "expel",
    "forget", "impel", "incur", "infer", "kidnap", "occur", "omit", "outgun", "outrun", "overrun", "patrol", "permit", "prefer", "propel", "rebel", "recur",
    "refer", "regret", "repel", "submit", "transfer", "transmit", "zigzag",
}  # fmt: skip
# Doubled in Britain, single in America.
_EITHER = {"cancel", "channel", "dial", "fuel", "label", "level", "model", "quarrel", "shovel", "signal", "travel", "tunnel"}
_IRREGULAR_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "persons",
    "wife": "wives",
    "knife": "knives",
    "thief": "thieves",
    "aircraft": "aircraft",
    "crisis": "crises",
    "police": "police",
    "people": "peoples",
    "passer-by": "passers-by",
    "passerby": "passersby",
}


@cache
def verb_forms(lemma: str) -> frozenset[str]:
    """All forms of a verb, the lemma included."""
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    doubled = lemma + lemma[-1] if _SHORT.fullmatch(lemma) or lemma in _STRESSED_END else lemma
    if lemma in {"die", "tie", "lie"}:
        present = lemma[:-2] + "ying"
    elif lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        present = lemma[:-1] + "ing"
    else:
        present = doubled + "ing"
    if lemma in _IRREGULAR:
        past: tuple[str, ...] = _IRREGULAR[lemma]
        if lemma == "strike":
            past = (*past, "struck")
    elif lemma.endswith("e"):
        past = (lemma + "d",)
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past = (lemma[:-1] + "ied",)
    else:
        past = (doubled + "ed",)
    doubled_too = {lemma + "led", lemma + "ling"} if lemma in _EITHER else set()
    return frozenset({lemma, third, present, *past, *doubled_too})


@cache
def noun_forms(lemma: str) -> frozenset[str]:
    """Singular and plural of a noun."""
    for singular_end, plural_end in _IRREGULAR_PLURALS.items():
        if lemma == singular_end or (singular_end in {"man", "woman", "child"} and lemma.endswith(singular_end)):
            return frozenset({lemma, lemma[: len(lemma) - len(singular_end)] + plural_end})
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return frozenset({lemma, lemma + "es"})
    if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
        return frozenset({lemma, lemma[:-1] + "ies"})
    if lemma in {"hero", "echo", "torpedo", "embargo"}:
        return frozenset({lemma, lemma + "es", lemma + "s"})
    return frozenset({lemma, lemma + "s"})


@cache
def singular(word: str) -> str:
    """The lower-cased word as a singular, good enough to compare two nouns."""
    word = word.lower()
    if word.endswith("men"):
        return word[:-3] + "man"
    if word == "children":
        return "child"
    if word == "people":
        return "person"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
