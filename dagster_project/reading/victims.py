"""Phrases that speak of people, and how many: "three of the soldiers", "a guard", "Peter Ansell (25)", "no one".

Belongs here: finding such phrases in a sentence, their head, number, class and side; numbers that count no people (ages,
dates, money, distances). Does not belong: what happened to them (``casualties.py``), how number words are read (``numbers.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from dagster_project.reading import numbers
from dagster_project.reading.casualty_words import animals, counted_nouns, harm_words
from dagster_project.reading.inflection import noun_forms, singular
from dagster_project.reading.types import CountQualifier, VictimClass
from dagster_project.reading.vocabulary import noun_classes, weapon_hints
from dagster_project.reference import split, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_DETERMINERS = {"a", "an", "another", "the", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "your", "any", "no", "some", "both", "all", "other", "every"}  # fmt: skip
_PLURAL_DETERMINERS = {"these", "those", "all", "some", "both", "other"}
_POSSESSIVES = {"his", "her", "its", "their", "my", "our"}
_ONE_PERSON = {"he", "she", "him", "her", "himself", "herself", "i", "me", "someone", "somebody"}
_SEVERAL = {"they", "them", "we", "us", "themselves", "everyone", "everybody"}
_ANYONE = {"anyone", "anybody"}
_MORE = {"more", "other", "others", "additional", "further", "another"}
_STATES = {"wounded", "injured", "dead", "missing", "detained"}
_ANY_NOUN = (["NN"], ["NNS"], ["NNP"], ["NNPS"])
_ORDINALS = tuple([word] for word in ("second", "third", "fourth", "fifth", "sixth", "seventh"))
_NOUN_FOLLOWS = (*_ANY_NOUN, ["JJ"])
_THEM = {"them", "whom", "us"}
_OF_THEM = _THEM | {"these", "those", "which"}
_DOZENS = 24  # what "dozens" means at least (quantities.csv)
_FIRST_YEAR = 1900  # of numbers that are taken for years
_UNITS = {
    "%", "percent", "per", "km", "kilometer", "kilometers", "kilometre", "kilometres", "kms", "mile", "miles", "meter", "meters", "metre",
    "metres", "m", "feet", "foot", "ft", "yards", "yard", "year", "years", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "minute",
    "minutes", "second", "seconds", "a.m.", "p.m.", "am", "pm", "kg", "kilos", "kilograms", "tons", "tonnes", "ton", "pounds", "lbs", "dollars", "pesos",
    "euros", "times", "th", "st", "nd", "rd", "degrees", "mm", "caliber", "calibre", "cm", "knots", "o'clock", "gmt", "hectares", "acres", "seats", "votes", "points",
}  # fmt: skip
_MONTHS = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "jan.", "feb", "feb.",
    "aug", "aug.", "sept", "sept.", "oct", "oct.", "nov", "nov.", "dec", "dec.",
}  # fmt: skip
_HYPHENS = {"-", "–", "‑"}
_DASHES = {"-", "--", "–", "—"}
# Marks that set a list of names apart.
OPENING = dict.fromkeys(_DASHES, _DASHES) | {")": {"("}}
_CLOSING = dict.fromkeys(_DASHES, _DASHES) | {"(": {")"}}
_COMPOUNDS = tuple([word] for word in ("year", "man", "member", "strong", "month", "day", "hour", "mile", "km", "story", "storey", "person", "point", "week"))  # fmt: skip
_THING_LABELS = {"WEAPON", "VEHICLE", "FAC", "LAW", "EVENT", "PRODUCT"}
_BEFORE_VALUES = {"$", "£", "€", "¥", "#", "no.", "nos.", "us$", "article", "paragraph", "aged", "age", "resolution", "chapter", "page", "highway", "route", "flight", "unit", "tower", "base", "battalion", "brigade"}  # fmt: skip
_VALUE_LABELS = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"}
_NOUN_TAGS = {"NN", "NNS", "NNP", "NNPS"}
_RUN_TAGS = _NOUN_TAGS | {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "``", "''", '""', "AFX", "FW"}
# Nouns that stand before a "of" phrase which says who they are.
_PUT = {"put", "puts", "putting", "placed", "estimated", "estimates"}
_RISEN = {"rise", "rises", "rose", "risen", "rising", "climbed", "jumped", "grown", "grew", "increased", "up"}
_TRANSPARENT = {"member", "group", "number", "part", "dozen", "team", "crew", "family", "convoy", "patrol", "crowd", "contingent", "total", "column", "unit", "squad", "band", "list", "couple", "pair"}  # fmt: skip
_AFTER_HEAD = {"hostage", "captive", "prisoner", "prisoners", "hostages", "today", "yesterday", "tonight", "overnight", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "morning", "afternoon", "evening", "night"}  # fmt: skip
_GROUP_NOUNS = {"couple", "pair", "trio", "quartet", "twins"}
_GROUP_SIZE = {"couple": 2, "pair": 2, "trio": 3, "quartet": 4, "twins": 2}


@dataclass(slots=True)
class People:
    """A phrase ``start:end`` that speaks of people. Bounds are None where no number is told."""

    start: int
    end: int
    head: int
    low: int | None
    high: int | None
    qualifier: CountQualifier
    count_start: int | None = None
    count_end: int | None = None
    is_elliptic: bool = False  # number alone: "12", "three more", "six of them"
    is_partitive: bool = False  # a part of people told before: "six of them", "one of the injured"
    is_pronoun: bool = False
    is_possessed: bool = False  # "her two sons": belongs to the phrase before it
    is_any: bool = False  # "any civilians", "anyone"
    is_named: bool = False  # a person's name
    is_bare: bool = False  # a plural without number or determiner
    is_role: bool = False  # a singular without determiner or name: "party leader and deputy"
    is_unsure: bool = False  # a number with a plural that may mean people: "two sarpanches"

    @property
    def is_one(self) -> bool:
        """One person told without a number word: "a guard", "his wife", "Peter Ansell"."""
        return self.low == self.high == 1 and self.count_start is None

    @property
    def is_few_or_many(self) -> bool:
        """A part of people without a number: "some of them", "many of the dead"; "dozens of them" is one."""
        return self.is_partitive and self.qualifier == "vague" and (self.low or 0) < _DOZENS

    @property
    def is_stated(self) -> bool:
        """Whether number words say how many."""
        return self.count_start is not None


@cache
def people_nouns() -> dict[str, tuple[VictimClass, bool, bool]]:
    """Lower-cased noun form -> (victim class, plural?, collective?), single words of the reference tables."""
    found: dict[str, tuple[VictimClass, bool, bool]] = {}
    for row in table("organisation_words"):
        is_victim = row["actor_type"] in {"civilians", "military", "armed_group"}  # a ministry or a school is nobody
        if row["is_human"] == "yes" and is_victim and " " not in row["word"]:
            found.setdefault(row["word"].lower(), (_class(row["victim_class"]), False, True))
            if row["plural"]:
                plural_only = row["plural"] == row["word"]
                found[row["plural"].lower()] = (
                    _class(row["victim_class"]),
                    True,
                    plural_only or row["plural"] in {"forces", "troops"},
                )
    for row in table("people_words"):
        if " " not in row["lemma"]:
            found[row["lemma"].lower()] = (
                _class(row["victim_class"]),
                row["lemma"] == row["plural"] or row["lemma"] == "people",
                False,
            )
            if row["plural"]:
                found[row["plural"].lower()] = (_class(row["victim_class"]), True, False)
    for row in table("countries"):
        for people in split(row["demonyms_people"]):
            found.setdefault(people.lower(), ("unknown", True, False))
    for row in table("organisation_words"):
        word = row["word"].lower()
        if row["actor_type"] in {"civilians", "military", "armed_group"} and word in found and not found[word][1]:
            found[word] = (found[word][0], False, True)  # "the crew": people, not one person
    for word in sorted(counted_nouns()):
        found.setdefault(word, ("unknown", True, False))
    for row in table("casualty_words"):
        if row["slot"] == "people":  # plural or without number
            found[row["word"]] = (found.get(row["word"], ("unknown", True, False))[0], True, row["note"] == "collective")
        elif row["slot"] == "no_people":
            for form in noun_forms(row["word"]):
                found.pop(form, None)
    return found


def _class(value: str) -> VictimClass:
    if value not in {"civilian", "military", "militant", "mixed", "unknown"}:
        raise ValueError(f"not a victim class: {value!r}")
    return value  # type: ignore[return-value]


class Finder:
    """Finds the people of one sentence of a Doc with entities (and times, places and actors where they are read)."""

    def __init__(self, doc: Doc, sentence: Span) -> None:
        self.doc = doc
        self.start, self.end = sentence.start, sentence.end
        self.lowers = [t.lower_ for t in sentence]
        self.tags = [t.tag_ for t in sentence]
        self.labels = [t.ent_type_ or self._person_label(t.i) for t in sentence]
        self.texts = [t.text for t in sentence]
        self.timed = {
            i for time in doc._.times if time.start < self.end and self.start < time.end for i in range(time.start, time.end)
        }

    def _person_label(self, i: int) -> str:
        """A name that the document knows as a person's, though the recogniser missed it here."""
        number = self.doc._.actor_at.get(i)
        is_name = number is not None and self.doc._.actors[number].actor_type == "person" and self.doc[i].tag_ == "NNP"
        return "PERSON" if is_name else ""

    def all(self) -> list[People]:
        """People in text order, phrases not overlapping."""
        found: list[People] = []
        i = 0
        n = len(self.lowers)
        while i < n:
            group = self._as_many(i, found) or self._at(i)
            if group is None:
                i += 1
                continue
            i = group.end
            group.start += self.start
            group.end += self.start
            group.head += self.start
            if group.count_start is not None and group.count_end is not None:
                group.count_start += self.start
                group.count_end += self.start
            found.append(group)
        return self._merge_names(found)

    # Positions below are relative to the sentence.

    def _as_many(self, i: int, found: list[People]) -> People | None:
        """ "two policemen died and as many were hurt", "twice as many": the number told before."""
        times = {"twice": 2, "as": 1}.get(self.lowers[i], 0)
        start = i + 1 if times > 1 else i
        if not times or self.lowers[start : start + 2] != ["as", "many"] or self.lowers[start + 2 : start + 3] == ["as"]:
            return None
        before = next((g for g in reversed(found) if g.is_stated and g.low is not None and g.qualifier != "none"), None)
        if before is None or before.low is None:
            return None
        high = None if before.high is None else before.high * times
        end = start + 2
        run = self._run(end)
        return People(
            i, end if run is None else run[1], end - 1, before.low * times, high, before.qualifier, i, end, run is None
        )

    def _at(self, i: int) -> People | None:
        word = self.lowers[i]
        quantity = numbers.at(self.lowers, i)
        if quantity is not None:
            return self._counted(i, quantity)
        if self.labels[i] == "PERSON":
            return self._named(i)
        if word in {
            "the",
            "those",
            "these",
            "another",
            "all",
            "an",
            "a",
            "some",
            "its",
            "their",
            "his",
            "her",
            "other",
            "any",
        } and i + 1 < len(self.lowers):
            inner = numbers.at(self.lowers, i + 1)
            if (
                inner is not None
                and inner.qualifier != "none"
                and not (word in {"a", "an"} and inner.qualifier == "exact" and inner.low and inner.low > 1)
            ):
                group = self._counted(i + 1, inner)
                if group is not None and not (group.is_elliptic and word in {"a", "an"}):
                    group.start = i
                    group.is_possessed = word in _POSSESSIVES
                    if word == "another" and group.is_elliptic and group.low == 1:
                        return None
                    return group
        if word in _DETERMINERS:
            group = self._determined(i)
            if group is not None:
                return group
        if word in _ONE_PERSON and self.tags[i] != "NNP":
            if word == "her" and self._run(i + 1) is not None:
                return None
            return People(i, i + 1, i, 1, 1, "exact", is_pronoun=True)
        if word in _SEVERAL:
            return People(i, i + 1, i, None, None, "unspecified", is_pronoun=True)
        if word == "both":
            return People(i, i + 1, i, 2, 2, "exact", i, i + 1, is_pronoun=True)
        if word == "another" and i + 1 < len(self.lowers) and self.tags[i + 1] not in _RUN_TAGS:
            return People(i, i + 1, i, 1, 1, "exact", i, i + 1, is_elliptic=True)
        if (
            word in {"a", "the"}
            and self.lowers[i + 1 : i + 2] in _ORDINALS
            and self.tags[i + 2 : i + 3] not in _NOUN_FOLLOWS
        ):
            return People(i, i + 2, i + 1, 1, 1, "exact", i, i + 2, is_elliptic=True)  # "a third was arrested"
        if word in _ANYONE:
            return People(i, i + 1, i, None, None, "unspecified", is_any=True)
        if self.tags[i] in _RUN_TAGS and self.tags[i] not in {"HYPH", "``", "''", '""'}:
            return self._bare(i)
        return None

    def _counted(self, i: int, quantity: numbers.Quantity) -> People | None:
        if self._is_part_of_word(i, quantity):
            return None
        j, n = quantity.end, len(self.lowers)
        while j < n and self.lowers[j] in _MORE and self.lowers[j] != "others":
            j += 1
        if self._is_undergoing(j):
            return People(i, j, i, quantity.low, quantity.high, quantity.qualifier, i, quantity.end, True)

        def people(end: int, head: int, elliptic: bool, partitive: bool) -> People:
            return People(
                i, end, head, quantity.low, quantity.high, quantity.qualifier, i, quantity.end, elliptic, partitive
            )

        if j + 1 < n and self.lowers[j] == "of":
            k = j + 1
            if self.lowers[k] in _OF_THEM and (self.lowers[k] in _THEM or self._run(k + 1) is None):
                return people(k + 1, i, True, True)
            definite = self.lowers[k] in _DETERMINERS
            after = k + 1 if definite else k
            inner = numbers.at(self.lowers, after) if after < n else None
            if inner is not None and inner.qualifier != "none":
                after = inner.end  # "60 of the 112 policemen"
            run = self._run(after)
            if run is None and self.lowers[k] in _POSSESSIVES and self.lowers[k + 1 : k + 2] == ["own"]:
                return people(k + 2, i, True, True)  # "ten of their own"
            return people(run[1], run[0], False, definite) if run is not None else None
        if j < n and (self.lowers[j] in _UNITS or self.lowers[j] in _MONTHS):
            return None  # "in the past 8 days many people"
        run = self._run(j)
        if run is not None:
            return people(run[1], run[0], False, False)
        if self._is_value(i, quantity, j):
            return None
        is_noun = j < n and self.tags[j] in _NOUN_TAGS and self.lowers[j] not in _AFTER_HEAD
        if is_noun and quantity.qualifier != "none" and self.lowers[j] not in harm_words():
            return self._unsure(i, j, quantity)
        if j < n and self.tags[j] in {"JJ", "VBN", "VBG"} and self._noun_follows(j):
            return None  # "five loaded trucks"
        return people(j, i, True, False)

    def _is_undergoing(self, j: int) -> bool:
        """Whether a verb of several words begins here whose subject is harmed: "nine sustained injuries"."""
        return any(
            word.slot == "undergoer" and len(word.words) > 1 and self.lowers[j + 1 : j + 2] in [[w] for w in word.words[1]]
            for word in harm_words().get(self.lowers[j] if j < len(self.lowers) else "", ())
        )

    def _is_part_of_word(self, i: int, quantity: numbers.Quantity) -> bool:
        """Whether a number is a part of a word or behind a sign: "25-year-old", "M-16", "$12", "aged four"."""
        j, n = quantity.end, len(self.lowers)
        if (
            j < n
            and self.lowers[j] in _HYPHENS
            and (not self.lowers[j - 1].isalpha() or self.lowers[j + 1 : j + 2] in _COMPOUNDS)
        ):
            return True
        if i == 0:
            return False
        before = self.lowers[i - 1]
        if before in _BEFORE_VALUES:
            return True
        joined = before in _HYPHENS and not self.doc[self.start + i - 1].whitespace_
        return joined and i > 1 and self.texts[i - 2][:1].isalpha() and not self.lowers[i - 2].endswith("ty")

    def _unsure(self, i: int, j: int, quantity: numbers.Quantity) -> People | None:
        """A number with a plural that no table knows: people if something only people undergo is told of it."""
        k = j
        while k + 1 < len(self.lowers) and self.tags[k + 1] in _NOUN_TAGS and self.lowers[k + 1] not in _AFTER_HEAD:
            k += 1
        word = self.lowers[k]
        plural = self.tags[k] in {"NNS", "NNPS"} or (self.tags[k] == "NNP" and word.endswith("s"))
        if not plural or word in animals() or word in noun_classes() or word in _UNITS:
            return None
        if word in weapon_hints() or self.labels[k] in _THING_LABELS or self._is_value(i, quantity, j):
            return None
        sure = self.texts[k][:1].isupper()  # "127 Kashmiris"
        return People(i, k + 1, k, quantity.low, quantity.high, quantity.qualifier, i, quantity.end, is_unsure=not sure)

    def _noun_follows(self, j: int) -> bool:
        k = j
        while k < len(self.lowers) and self.tags[k] in {"JJ", "VBN", "VBG", "HYPH"}:
            if self.lowers[k] in harm_words():
                return False
            k += 1
        return k < len(self.lowers) and self.tags[k] in _NOUN_TAGS and self.lowers[k] not in _AFTER_HEAD

    def _is_value(self, i: int, quantity: numbers.Quantity, j: int) -> bool:
        """Whether a number without a noun is a date, an age, a sum, a measure, a part of a name."""
        if i > 0 and self.lowers[i - 1] in _MONTHS:
            return True
        if i > 1 and self.lowers[i - 1] in {"to", "from"} and self.lowers[i - 2] in _RISEN:
            return False  # "the toll has risen to 23", whatever the recogniser takes the number for
        if self.lowers[i - 1 : i] == ["at"] and set(self.lowers[max(0, i - 6) : i - 1]) & _PUT:
            return False  # "put the dead at six": no time of day
        befell = j < len(self.lowers) and self.lowers[j] in harm_words() and self.tags[j] in {"VBN", "VBD"}
        befell = (befell and self.lowers[i - 1 : i] != ["at"]) or self.lowers[j : j + 1] == ["later"]
        labelled = i > 1 and self.lowers[i - 1] == ":" and self.lowers[i - 2] in harm_words()
        if (befell or labelled) and (quantity.low or 0) < _FIRST_YEAR:
            return False  # "15 abducted", "two later died", "killed: 14"
        labels = {self.labels[k] for k in range(i, quantity.end)} & _VALUE_LABELS
        written_out = all(w.isalpha() or w == "-" for w in self.lowers[i : quantity.end])
        if (labels or any(self.start + k in self.timed for k in range(i, quantity.end))) and not (
            written_out and labels <= {"TIME", "ORDINAL"} and not labels
        ):
            return True
        if (
            quantity.qualifier == "exact"
            and quantity.low is not None
            and _FIRST_YEAR <= quantity.low <= 2099
            and self.texts[i].isdigit()
        ):
            return True
        before = self.texts[i - 1] if i else ""
        after = self.texts[j] if j < len(self.texts) else ""
        if (
            before in {",", "("}
            and after in {",", ")", ".", ";", *_DASHES}
            and quantity.low is not None
            and quantity.low < 110
            and i > 1
        ):
            return self.tags[i - 2] in {"NNP", "NN", "NNPS"}  # "Zubair Wagay, 29,"
        if self.labels[i] in {"PERSON", "ORG", "WEAPON", "VEHICLE", "FAC", "LAW", "PRODUCT", "ARMED_GROUP", "EVENT"}:
            return True
        return (
            i > 0
            and self.texts[i - 1][:1].isupper()
            and self.tags[i - 1] in {"NNP", "NNPS"}
            and self.texts[i].isdigit()
            and before not in {","}
            and i > 1
        )

    def _run(self, j: int) -> tuple[int, int] | None:
        """(head, end) of a noun phrase about people that starts at ``j``, without its determiner; None if it is about others."""
        n = len(self.lowers)
        k, last = j, None
        while k < n:
            tag, word = self.tags[k], self.lowers[k]
            if last is not None and (self.labels[k] == "PERSON" or word in _AFTER_HEAD or tag in {"VBN", "VBG", "JJ"}):
                break  # "tribal elder Mirza Gul", "soldiers killed": the head has been read
            if tag == "VBG" and k > j and self.tags[k - 1] in _NOUN_TAGS:
                return None  # "reports saying many people"
            aged = self.lowers[k + 2 : k + 4] in (["-", "year"], ["-", "month"])
            if tag == "POS" and k + 1 < n and (self.tags[k + 1] in _RUN_TAGS or aged):
                k, last = k + 1, None
                continue
            if self.lowers[k + 1 : k + 3] in (["-", "year"], ["-", "month"]):
                k += 5 if self.lowers[k + 4 : k + 5] == ["old"] else 4
                if k >= n or self.tags[k] not in _RUN_TAGS:
                    return min(k, n) - 1, min(k, n)  # "the 24-year-old"
                continue
            if tag not in _RUN_TAGS and word not in people_nouns():
                if last is None and self._joins_modifiers(j, k):
                    k += 1
                    continue
                break
            if self._is_people_noun(k):
                name_end = self._name_after(k)
                if name_end > k + 1:
                    return k, name_end
                state = tag in {"JJ", "VBN"} and word in _STATES
                if state and not self._noun_follows(k + 1) and self.tags[k + 1 : k + 2] not in _ANY_NOUN:
                    if k == j:
                        last = k  # "the wounded"
                    break
                if state or self._is_modifier(k):
                    k += 1
                    continue
                last = k
            elif tag in _NOUN_TAGS:
                people = (
                    self.labels[k] == "NORP" and not self._is_modifier(k) and not self._name_goes_on(k)
                )  # "two Houthis", "an Ecuadorean"
                last = k if people else None
                if last is None and (k + 1 >= n or self.tags[k + 1] not in _RUN_TAGS | {"POS"}):
                    return None
            k += 1
        if last is None:
            return None
        end = last + 1
        if end + 1 < n and self.tags[end] == "POS" and self.tags[end + 1] in _RUN_TAGS | {"CD"}:
            return None  # "the soldiers' trucks"
        if self.lowers[last] in {"and"}:
            return None
        # "members of the militia", "a family of five": the "of" phrase says who
        if (
            singular(self.lowers[last])
            in _TRANSPARENT | {"leader", "commander", "employee", "official", "officer", "soldier", "agent", "worker"}
            and end < n
            and self.lowers[end] == "of"
        ):
            k = end + 1
            stop = min(n, k + 10)
            while (
                k < stop
                and (self.tags[k] in _RUN_TAGS | {"DT", "PRP$", "POS", "CD"} or self.lowers[k] == "the")
                and (self.tags[k] not in {"VBN", "VBG"} or self._noun_follows(k))
            ):
                k += 1
            if k > end + 1:
                end = k
        return last, end

    def _is_people_noun(self, k: int) -> bool:
        word, tag = self.lowers[k], self.tags[k]
        if word not in people_nouns():
            return False
        if tag == "VBZ" and k > 0 and self.tags[k - 1] in {"JJ", "CD", "NN", "NNP"}:
            return people_nouns()[word][1]  # "six Jesuit priests", taken for a verb
        if tag in {"VBN", "VBZ", "VB", "VBP"}:
            return word in _STATES | {"guards"}
        return tag in _NOUN_TAGS | {"JJ", "CD", "PRP", "DT"}

    def _is_modifier(self, k: int) -> bool:
        """Whether a noun for people only modifies the next word: "police vehicles", "soldier-turned-rebel"."""
        if k + 1 >= len(self.lowers):
            return False
        if self.tags[k + 1] == "HYPH":
            return self.tags[k + 2 : k + 3] in (*_ANY_NOUN, ["JJ"])
        if self.tags[k] == self.tags[k + 1] == "JJ":
            return self._noun_follows(k + 1)  # "an Iranian military figure"
        noun = self.tags[k + 1] in _NOUN_TAGS
        return noun and self.lowers[k + 1] not in _AFTER_HEAD and self.labels[k + 1] != "PERSON"

    def _name_goes_on(self, k: int) -> bool:
        """ "Papua New Guinean soldiers": a nationality of several words."""
        following = self.start + k + 1
        return following < self.end and self.doc[following].ent_iob_ == "I"

    def _joins_modifiers(self, start: int, k: int) -> bool:
        """ "women and children", "Catholic and Protestant workers": a conjunction inside the phrase."""
        inside = k > start and self.lowers[k] in {"and", "or"}
        return inside and self.tags[k - 1] in {"JJ", "JJS", "NN", "NNS"} and self.tags[k + 1 : k + 2] in (["JJ"], *_ANY_NOUN)

    def _name_after(self, k: int) -> int:
        """End of a name that the recogniser missed, after the noun of one person: "cattleman Manuel Narciso Martinez"."""
        _, plural, collective = people_nouns()[self.lowers[k]]
        j = k + 1
        while not plural and not collective and j < len(self.lowers) and self._is_name_word(j):
            j += 1
        return j

    def _is_name_word(self, j: int) -> bool:
        return (
            self.tags[j] == "NNP"
            and self.texts[j][:1].isupper()
            and self.labels[j] in {"", "PERSON"}
            and self.lowers[j] not in people_nouns()
            and self.lowers[j] not in _AFTER_HEAD
        )

    def _named(self, i: int) -> People:
        j = i
        while j < len(self.labels) and self.labels[j] == "PERSON" and (j == i or self.doc[self.start + j].ent_iob_ != "B"):
            j += 1
        if self.tags[j : j + 1] == ["POS"]:
            group = self._determined(i, j)  # "Castillo's son"
            if group is not None:
                return group
        return People(i, j, j - 1, 1, 1, "exact", is_named=True)

    def _determined(self, i: int, last: int | None = None) -> People | None:
        """A phrase with a determiner, or with a possessor that ends at ``last``."""
        word = self.lowers[i]
        run = self._run((i if last is None else last) + 1)
        if run is None:
            return None
        head, end = run
        noun = self.lowers[head]
        _, plural, collective = people_nouns().get(noun, ("unknown", self.tags[head] in {"NNS", "NNPS"}, False))
        if word in {"that", "this"} and plural:
            return None  # "said that civilians ..."
        if word == "no":
            return People(i, end, head, 0, 0, "none", i, i + 1)
        if word == "any":
            return People(i, end, head, None, None, "unspecified", is_any=True)
        possessed = word in _POSSESSIVES
        of_count = self._of_count(head)
        if of_count is not None:
            return People(
                i,
                max(end, of_count.end),
                head,
                of_count.low,
                of_count.high,
                of_count.qualifier,
                of_count.start,
                of_count.end,
                is_possessed=possessed,
            )
        if noun in _GROUP_SIZE:
            return People(
                i, end, head, _GROUP_SIZE[noun], _GROUP_SIZE[noun], "exact", head, head + 1, is_possessed=possessed
            )
        if word == "both" and plural:
            return People(i, end, head, 2, 2, "exact", i, i + 1)
        single = word in {"a", "an", "another"} and noun in {"personnel", "police", "staff", "troops", "youth"}
        if (plural or collective or word in _PLURAL_DETERMINERS) and not single:
            return People(i, end, head, None, None, "unspecified", is_possessed=possessed)
        return People(i, end, head, 1, 1, "exact", is_possessed=possessed)

    def _of_count(self, head: int) -> numbers.Quantity | None:
        """ "a family of five", "a group of 12 soldiers"."""
        if singular(self.lowers[head]) in _TRANSPARENT and head + 2 < len(self.lowers) and self.lowers[head + 1] == "of":
            quantity = numbers.at(self.lowers, head + 2)
            if quantity is not None and quantity.qualifier != "none":
                return quantity
        return None

    def _bare(self, i: int) -> People | None:
        end = self._unknown_name(i)
        if end > i:
            return People(i, end, end - 1, 1, 1, "exact", is_named=True)
        run = self._run(i) if self._opens_phrase(i) else None
        if run is None:
            return None
        head, end = run
        noun = self.lowers[head]
        if self.tags[head] not in _NOUN_TAGS:
            return None
        _, plural, collective = people_nouns().get(noun, ("unknown", True, False))
        if plural or collective:
            return People(i, end, head, None, None, "unspecified", is_bare=True)
        named = end > head + 1 and self.tags[end - 1] == "NNP"
        return People(i, end, head, 1, 1, "exact", is_named=named, is_role=not named)

    def _unknown_name(self, i: int) -> int:
        """End of a name of two to four words that no recogniser and no table knows, in running text; ``i`` if there is none."""
        if self.doc[self.start].idx < self.doc._.source.title_end:
            return i
        j = i
        while j < len(self.lowers) and self._is_unknown(j):
            j += 1
        ends = j >= len(self.lowers) or self.tags[j] not in _RUN_TAGS | {"POS", "CD"}
        starts = i == 0 or self.tags[i - 1] not in _NOUN_TAGS
        return j if 2 <= j - i <= 4 and ends and starts else i

    def _is_unknown(self, j: int) -> bool:
        position = self.start + j
        known = position in self.doc._.actor_at or position in self.doc._.place_at or self.labels[j]
        return not known and self._is_name_word(j) and self.texts[j].isalpha() and not self.texts[j].isupper()

    def _opens_phrase(self, i: int) -> bool:
        """Whether a noun phrase may begin here: not with the verb of "trapping others" or "has blamed guerrillas"."""
        if self.tags[i] == "VBG":
            return False
        if (
            self.tags[i] in {"JJ", "VBN"}
            and self.lowers[i] in harm_words()
            and i
            and self.tags[i - 1] in {"RB", "VBD", "VBP", "VBZ"}
        ):
            return False  # "were seriously hurt and several others": a predicate
        return self.tags[i] != "VBN" or i == 0 or self.tags[i - 1] in {"IN", "CC", ",", ":", "``", "''", "-LRB-"}

    def _merge_names(self, found: list[People]) -> list[People]:
        """Phrases of one person or list as one: "a tribal elder, Mirza Gul,", "Owais Dar, a youth,", "her sons Ali and Omar"."""
        merged: list[People] = []
        for group in found:
            last = merged[-1] if merged else None
            floor = last.end if last is not None else self.start
            while group.is_named and group.start > floor and self._is_title(group.start - 1):
                group.start -= 1
            if last is None:
                merged.append(group)
            elif self._same_person(last, group):
                last.end = group.end
                if group.is_named and last.end == group.start:
                    last.head = group.head
                last.is_named = True
            elif group.is_named and group.start == last.end and _is_list_head(last):
                group.start, group.is_possessed = last.start, last.is_possessed
                merged[-1] = group
            else:
                merged.append(group)
        self._count_rolls(merged)
        return merged

    def _count_rolls(self, found: list[People]) -> None:
        """Count people without number by the names that a mark of its own opens: "The soldiers - A, B and C - were killed"."""
        for number, group in enumerate(found):
            closing = _CLOSING.get(self.doc[group.end].text) if group.end < self.end else None
            if closing is None or group.is_stated or not (_is_list_head(group) or group.is_bare):
                continue
            names = list(takewhile(lambda g: g.is_named, found[number + 1 :]))
            if len(names) > 1 and any(t.text in closing for t in self.doc[names[-1].end : names[-1].end + 4]):
                group.low = group.high = len(names)
                group.qualifier = "exact"

    def _same_person(self, last: People, group: People) -> bool:
        """Whether two neighbouring phrases of one speak of the same person: a name and what he or she is."""
        one = last.is_one or (last.is_stated and last.low == last.high == 1)
        if not one or not group.is_one or last.is_pronoun or group.is_pronoun or group.is_possessed:
            return False
        words = [t.lower_ for t in self.doc[last.end : group.start]]
        if last.is_named and group.is_role and words in ([","], ["and"], [",", "and"]):
            return True  # "Celina Ossa, party leader and deputy"
        if last.is_named == group.is_named:
            return False
        if not words:
            return True
        ages = len(words) <= 4 and all(w in {",", "(", ")", '"'} or w.isdigit() for w in words)
        return ages and (last.is_named or self._closes(group.end))

    def _is_title(self, i: int) -> bool:
        """A capitalised word right before a name that is no name itself: "Haji", "Sepoy"."""
        token = self.doc[i]
        if token.tag_ in {"NN", "JJ"}:  # "political analyst Edgar Chacon"
            return token.is_alpha and (token.tag_ == "NN" or token.nbor(1).tag_ == "NN") and not token.ent_type_
        return token.tag_ == "NNP" and not token.ent_type_ and token.text[:1].isupper() and token.is_alpha

    def _closes(self, end: int) -> bool:
        """Whether an apposition after a comma ends here: a list would go on."""
        following = self.doc[end].lower_ if end < self.end else "."
        return following in {",", ".", "(", ";", ")", "and", ":", "was", "who", "-"} or end >= self.end


def _is_list_head(group: People) -> bool:
    """Whether a plural without a number may open a list of names: "her daughters", "riflemen"."""
    return group.low is None and not group.is_stated and not group.is_pronoun and not group.is_any


def victim_class(doc: Doc, group: People) -> VictimClass:
    """The class of a phrase by its nouns (the head first), then by who they belong to."""
    nouns = people_nouns()
    own: VictimClass = nouns.get(doc[group.head].lower_, ("unknown", False, False))[0]
    if own != "unknown":
        return own
    seen: list[VictimClass] = []
    for i in range(group.start, group.end):
        lower = doc[i].lower_
        if i != group.head and lower in {"civilian", "civilians"}:
            return "civilian"
        if lower in nouns and nouns[lower][0] != "unknown":
            seen.append(nouns[lower][0])
        actor = doc._.actor_at.get(i)
        if actor is not None and not doc._.actors[actor].is_generic:
            found = _ACTOR_CLASS.get(doc._.actors[actor].actor_type)
            if found is not None:
                seen.append(found)
            parent = doc._.actors[actor].parent
            if found is None and parent is not None and doc._.actors[actor].actor_type == "person":
                of_parent = _ACTOR_CLASS.get(doc._.actors[parent].actor_type)
                if of_parent is not None:
                    seen.append(of_parent)
    return seen[-1] if seen else "unknown"


_ACTOR_CLASS: dict[str, VictimClass] = {
    "military": "military",
    "armed_group": "militant",
    "civilians": "civilian",
    "company": "civilian",
    "media": "civilian",
}


def side(doc: Doc, group: People) -> int | None:
    """The collective actor that the people belong to or are (index into ``doc._.actors``), a person's where it is known."""
    person: int | None = None
    for i in [group.head, *range(group.start, group.end)]:
        number = doc._.actor_at.get(i)
        if number is None:
            continue
        actor = doc._.actors[number]
        if actor.actor_type != "person":
            if actor.is_generic and actor.actor_type not in {"military", "armed_group", "government"}:
                continue  # "people", "villagers": no side
            return number
        if person is None:
            person = number
    return doc._.actors[person].parent if person is not None else None
