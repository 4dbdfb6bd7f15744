"""Noun phrases that describe an actor: "Iran-backed militias", "three US soldiers", "the foreign ministry of Iraq".

Belongs here: which tokens such a phrase spans, its head word, its modifiers. Does not belong: who it is (``actors.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import cast

from dagster_project.reading.lexicon import word_class
from dagster_project.reading.types import ActorType
from dagster_project.reading.view import View
from dagster_project.reference import table

_PREMODIFIERS = ("JJ", "NN", "CD", "VBN", "VBG", "RB", "HYPH", "AFX", "FW", "PDT", "NNP")
DETERMINERS = frozenset(
    {"the", "this", "that", "these", "those", "a", "an", "some", "any", "no", "other", "another", "each"}
)
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_DETERMINER_TAGS = frozenset({"DT", "PDT", "PRP$", "JJ"})
_QUANTIFIERS = frozenset({"least", "most", "than", "about", "nearly", "almost", "around", "over", "up"})
_BREAKS = frozenset({",", ";", ":", "(", ")", '"', "“", "”", "--", "–", "—", ".", "and", "or"})
MAX_PREMODIFIERS = 9
# What is hit or acts for the force that is named before it.
_OWNED = word_class("of_a_force")
_MEANS = word_class("means_of_a_force")
COALITIONS = frozenset({"alliance", "coalition"})
_KINDS_OF_MEANS = frozenset({"military", "fighter", "guerrilla"})  # "military aircraft", "fighter jets": no owner


@dataclass(frozen=True, slots=True)
class Head:
    """A common noun that names a kind of actor."""

    words: str  # as found, lower-case
    lemma: str
    actor_type: ActorType
    denotes: str  # body | members | individuals | unit | means | people | anaphor
    body: str  # slug of the state's body: "army", "foreign-ministry"; '' if none
    is_plural: bool


@dataclass(frozen=True, slots=True)
class Heads:
    """The vocabulary of ``actor_heads.csv``: phrases of one to three words by their last word."""

    by_last: dict[str, list[tuple[tuple[str, ...], Head]]]
    nouns: frozenset[str]  # all last words
    plurals: frozenset[str]


@dataclass(slots=True)
class Phrase:
    """A noun phrase headed by an actor noun: tokens ``start:end``, head words ``head_start:end``."""

    start: int
    end: int
    head_start: int
    head: Head
    determiner: str  # lower-case determiner or possessive, '' if bare
    modifiers: list[int] = field(default_factory=list)  # tokens between determiner and head


def _is_of_the_verb(view: View, k: int) -> bool:
    """Whether a word before a phrase is a predicate or an adverbial of the clause."""
    allowed = {"JJ": {"xcomp", "advcl", "acomp", "oprd"}, "NN": {"obl"}, "NNS": {"obl"}}
    return view.doc[k].dep_ in allowed.get(view.tags[k], ())


@cache
def actor_heads() -> Heads:
    """The heads, longest phrase first under each last word."""
    by_last: dict[str, list[tuple[tuple[str, ...], Head]]] = {}
    plurals = set()
    for row in table("actor_heads"):
        lemma = row["singular"] or row["plural"]
        for column in ("plural", "singular"):
            text = row[column]
            if not text:
                continue
            # A hyphen or an apostrophe is a token of its own.
            words = tuple(text.replace("'s", " 's").replace("-", " - ").split())
            head = Head(text, lemma, cast("ActorType", row["actor_type"]), row["denotes"], row["body"], column == "plural")
            listed = by_last.setdefault(words[-1], [])
            if all(words != other for other, _ in listed):
                listed.append((words, head))
            if column == "plural":
                plurals.add(words[-1])
    for head, texts in _general_heads():
        for text in texts:
            words = tuple(text.split())
            listed = by_last.setdefault(words[-1], [])
            if all(words != other for other, _ in listed):
                listed.append((words, replace(head, words=text, is_plural=text != head.lemma)))
            if text != head.lemma:
                plurals.add(words[-1])
    for listed in by_last.values():
        listed.sort(key=lambda item: -len(item[0]))
    return Heads(by_last, frozenset(by_last), frozenset(plurals))


def _general_heads() -> Iterator[tuple[Head, list[str]]]:
    """Heads of the wider tables of people and organisations, which ``actor_heads.csv`` overrides."""
    for row in table("organisation_words"):
        if row["word"] in word_class("division_term"):
            continue
        if row["is_human"] == "yes" and row["is_generic_alone"] == "yes" and row["actor_type"] != "other":
            denotes = "people" if row["actor_type"] == "civilians" else "body"
            body = row["word"].replace(" ", "-") if row["actor_type"] in {"government", "military"} else ""
            lemma = row["word"].lower()
            yield (
                Head(lemma, lemma, cast("ActorType", row["actor_type"]), denotes, body, False),
                [t.lower() for t in (row["word"], row["plural"]) if t],
            )
    for row in table("people_words"):
        lemma = row["lemma"].lower()
        if row["lemma"] != lemma or row["group"] == "communities" or row["victim_class"] == "unknown":
            continue  # names of peoples are names
        actor_type: ActorType
        if row["victim_class"] == "militant":
            actor_type, denotes = "armed_group", "individuals" if "attackers" in row["group"] else "members"
        elif row["group"] == "police":
            actor_type, denotes = "government", "members"
        elif row["victim_class"] == "military":
            actor_type, denotes = "military", "members"
        else:
            actor_type, denotes = "civilians", "people"
        body = {"government": "police", "military": "armed-forces"}.get(actor_type, "")
        yield Head(lemma, lemma, actor_type, denotes, body, False), [t.lower() for t in (lemma, row["plural"]) if t]


def phrases(view: View, name_at: list[int | None]) -> Iterator[Phrase]:
    """Actor phrases from left to right. ``name_at``: number of the name at each token, names are never cut."""
    by_last = actor_heads().by_last
    lowers, tags = view.lowers, view.tags
    for i in range(view.n):
        listed = by_last.get(lowers[i])
        if listed is None:
            continue
        if not (tags[i].startswith("NN") or tags[i] in {"JJ", "FW", "CD"}):
            continue
        if tags[i] == "JJ" and i + 1 < view.n and tags[i + 1].startswith("NN") and lowers[i + 1] not in _MEANS:
            continue
        for words, candidate in listed:
            start = i + 1 - len(words)
            if start >= 0 and tuple(lowers[start : i + 1]) == words:
                head = candidate
                break
        else:
            continue
        following = i + 1
        named = following < view.n and name_at[following] is not None  # "the rebel group M23"
        owned = (
            following < view.n
            and (
                view.lowers[following] in _OWNED or (view.lowers[following] in _MEANS and head.lemma not in _KINDS_OF_MEANS)
            )
            and (head.actor_type == "armed_group" or (head.actor_type == "military" and head.denotes == "body"))
        )  # "rebel positions", "army experts", "army drones": whose they are
        owned |= (
            following < view.n and head.words in COALITIONS | {"government", "regime"} and view.lowers[following] in _MEANS
        )
        compound = following < view.n and tags[following].startswith("NN") and view.spaces[i] and _compound(view, i)
        if compound and not named and not owned:
            continue  # "police station", "government forces" under its own head
        if owned and head.words in COALITIONS and lowers[i - 1] != "led":
            yield Phrase(i, i + 1, i, head, "")  # "an unlawful coalition airstrike": the strike is unlawful
        else:
            yield _span(view, start, i + 1, head, name_at, i + 1 + (compound and owned))


def _compound(view: View, i: int) -> bool:
    """Whether token ``i`` is the first part of a compound noun with the next token as its head."""
    following = view.doc[i + 1]
    if view.texts[i + 1][:1].isupper() and following.ent_type_ == "PERSON":
        return False
    return view.doc[i].head.i >= i + 1 and view.doc[i].head.i <= i + 3


def _span(view: View, head_start: int, end: int, head: Head, name_at: list[int | None], whole: int) -> Phrase:
    """The phrase of a head that ends at token ``end``; ``whole``: end of the phrase that it is a part of."""
    lowers, tags = view.lowers, view.tags
    start = head_start
    sentence = view.sent_starts[view.sents[head_start]]
    limit = max(sentence, head_start - MAX_PREMODIFIERS)
    modifiers: list[int] = []
    while start > limit:
        k = start - 1
        if lowers[k] in DETERMINERS or lowers[k] in POSSESSIVES:
            break
        if view.doc[k].ent_type_ in {"DATE", "TIME"} or lowers[k] in {"later", "earlier"} or _is_of_the_verb(view, k):
            break  # "minutes later gunmen", "shot dead nine people", "in retaliation youths"
        if name_at[k] is None:
            if tags[k] == "POS":
                start -= 1
                continue
            if lowers[k] in _BREAKS and not (lowers[k] == "and" and _joins_modifiers(view, k)):
                break
            hyphen = lowers[k] == "-"
            if (
                lowers[k] in _QUANTIFIERS
                or lowers[k] == "including"
                or (not hyphen and not tags[k].startswith(_PREMODIFIERS))
            ):
                break
            if tags[k] == "RB" and not (k + 1 < view.n and lowers[k + 1] == "-"):
                break
            if tags[k] in {"VBN", "VBG"} and not k < view.doc[k].head.i < whole:
                break  # "has been designated president"
        modifiers.append(k)
        start -= 1
    while start < head_start and lowers[start] in {"-", "–"}:
        modifiers.remove(start)
        start += 1
    determiner = ""
    if start > sentence and tags[start - 1] in _DETERMINER_TAGS and lowers[start - 1] in DETERMINERS | POSSESSIVES:
        determiner = lowers[start - 1]
        start -= 1
    return Phrase(start, end, head_start, head, determiner, sorted(modifiers))


def _joins_modifiers(view: View, k: int) -> bool:
    """ "US and coalition forces": a conjunction between two modifiers of one head."""
    return k > 0 and view.tags[k - 1].startswith(("JJ", "NNP")) and view.tags[k + 1].startswith(("JJ", "NN"))
