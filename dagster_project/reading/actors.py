"""Component ``conflict_actors``: the persons and collectives of a document, each with all that refers to it.

Assigns ``doc._.actors``, ``doc._.actor_at`` and the ``actor`` of ``doc._.names``; adds names for described armed groups
with an identity ("Iran-backed militias"), which the tables of mentions carry like named ones.

Belongs here: who a name or description stands for. Does not belong: what a name is (``names.py``), people's names among
themselves (``persons.py``), pronouns (``coreference.py``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import actor_reference as reference
from dagster_project.reading import persons, titles
from dagster_project.reading.attachment import is_of_mission
from dagster_project.reading.coreference import Discourse
from dagster_project.reading.extensions import register
from dagster_project.reading.geocode import POWERS, country_of_place
from dagster_project.reading.inflection import singular
from dagster_project.reading.lexicon import names_lexicon, word_class
from dagster_project.reading.phrases import POSSESSIVES, Head, Phrase, actor_heads, phrases
from dagster_project.reading.realis import is_unclaimed
from dagster_project.reading.transliteration import fold_name, plain
from dagster_project.reading.types import Actor, ActorType, Name
from dagster_project.reading.victims import people_nouns
from dagster_project.reading.view import View

if TYPE_CHECKING:
    from spacy.tokens import Doc

# "Iran-backed", "backed by Iran": participles of sponsorship.
BACKING = word_class("backing")
# Words between a group and the participle that tells its sponsor: "that also happen to be backed by".
_TO_BACKING = word_class("before_backing")
# "SLA", but "REBELS" where a headline is all capitals.
_LONGEST_INITIALS = 4
# What "forces" may be called and still be an army.
_MARTIAL = word_class("martial")
_LOCATIVE = word_class("locative")
_COMPANY = word_class("company_head")
_MEDIA = word_class("media_head")
# "the same group", "the armed group"; but not "the largest economic groups".
_ANAPHOR_MODIFIERS = word_class("anaphor_modifier")
_ARMED_WORDS = word_class("armed_group_word")
_GOVERNMENT_HEADS = word_class("government_head")
_OWNED = word_class("of_a_force")
_MEANS = word_class("means_of_a_force")
_FOLLOWERS = word_class("follower")
_ALLEGIANCE = word_class("allegiance")
_KIN = word_class("kin_of_a_group")
_MADE = word_class("made_in")
_MEN_OF_A_GROUP = word_class("men_of_a_group") | _ARMED_WORDS
# Names that shift between a state and its people or government are read by what stands beside them.
_CONFIDENCE = {"reference": 0.95, "body": 0.85, "named": 0.75, "person": 0.85, "generic": 0.7, "guess": 0.5}


@Language.factory("conflict_actors", requires=["doc.ents"])
def make_actors(nlp: Language, name: str) -> ActorReader:
    """The component; it follows ``conflict_names``."""
    register()
    return ActorReader()


class ActorReader:
    """Reads one document at a time; keeps nothing between documents."""

    def __call__(self, doc: Doc) -> Doc:
        _Reading(doc).run()
        return doc


@dataclass(slots=True)
class _Identity:
    """What a described group is known by."""

    backer: str | None
    country: str | None
    words: frozenset[str] = field(default_factory=frozenset)  # other telling modifiers: "shiite", "kurdish"
    is_members: bool = False  # told by its men ("rebels"), not as a body of its own ("a militia")


class _Reading:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.view = View.of(doc)
        self.names: list[Name] = doc._.names
        self.actors: list[Actor] = []
        self.at: dict[int, int] = {}
        self.by_reference: dict[str, int] = {}
        self.by_surface: dict[str, int] = {}
        self.described: list[tuple[_Identity, int]] = []
        self.name_at: list[int | None] = [None] * self.view.n
        for n, name in enumerate(self.names):
            if name.label not in _PLAIN:
                for i in range(name.start, name.end):
                    self.name_at[i] = n
        self.country_at: dict[int, str] = {}  # name number -> iso3 of countries and demonyms
        self._read_countries()
        self.focus = self._focus()

    # --- preparation -------------------------------------------------------------------------------------------------

    def _read_countries(self) -> None:
        for n, name in enumerate(self.names):
            iso3 = country_of_name(self.view, name) if name.label in {"GPE", "NORP", "LOC"} else None
            if iso3:
                self.country_at[n] = iso3

    def _focus(self) -> str | None:
        """The country a document is about, where one stands out: "the army" without more is its army."""
        counts: Counter[str] = Counter()
        for n, iso3 in self.country_at.items():
            if not is_of_mission(self.doc[self.names[n].start : self.names[n].end].root):
                counts[iso3] += 1 if iso3 in POWERS else 2
        for name in self.names:
            row = reference.rows().get(name.reference_id or "")
            if row is not None and row["actor_type"] == "armed_group" and row["country_iso3"]:
                counts[row["country_iso3"]] += 1
        for n, name in enumerate(self.names):
            if name.label in {"GPE", "FAC", "LOC"} and n not in self.country_at:
                home = country_of_place(self.doc[name.start : name.end].text, frozenset(counts))
                if home:
                    counts[home] += 6 if name.start < 12 else 2
        if not counts:
            return None
        ranked = counts.most_common(2)
        if len(ranked) > 1 and ranked[0][1] < 1.3 * ranked[1][1]:
            return None
        return ranked[0][0]

    # --- the reading -------------------------------------------------------------------------------------------------

    def run(self) -> None:
        view = self.view
        people_of = self._people()
        for n, name in enumerate(self.names):
            if n not in people_of and name.label not in _PLAIN:
                self._collective(n, name)
        self._acronyms()
        self._initials()
        self._short_forms()
        self._pairs()
        discourse = Discourse(self.doc, view, self.actors, self.at)
        described = {phrase.end - 1: phrase for phrase in phrases(view, self.name_at)}
        mentions = self._name_mentions(people_of)
        for i in range(view.n):
            if i in described:
                self._phrase(described[i], discourse)
            for start, end, actor in mentions.get(i, ()):
                discourse.mention(start, end, actor, is_name=True)
            discourse.pronoun(i)
        self._name_the_described()
        self._offices(people_of)
        self._settle()

    def _people(self) -> dict[int, int]:
        """Actor number by name number, for persons."""
        found: dict[int, int] = {}
        self.person_of: dict[int, persons.Person] = {}
        self.office_at: dict[int, int] = {}  # the last noun of an office -> its holder
        for person in persons.people(self.view, self.names):
            actor = Actor(person.form, "person", confidence=_CONFIDENCE["person"])
            number = self._new(actor)
            self.person_of[number] = person
            for start, end in person.offices:
                for i in range(start, end):
                    self.office_at[i] = number
            for n in person.names:
                found[n] = number
                self.names[n].actor = number
                self._put(number, self.names[n].start, self.names[n].end)
        return found

    def _name_mentions(self, people_of: dict[int, int]) -> dict[int, list[tuple[int, int, int]]]:
        found: dict[int, list[tuple[int, int, int]]] = {}
        for name in self.names:
            if name.actor is not None and not (self.actors[name.actor].actor_type == "armed_group" and self._backs(name)):
                found.setdefault(name.end - 1, []).append((name.start, name.end, name.actor))
        return found

    def _backs(self, name: Name) -> bool:
        """ "The al-Qaeda-linked group", "an al-Qaeda affiliate": named for whose friends others are."""
        view, k = self.view, name.end
        if k < view.n and view.texts[k] in {"-", "–"}:
            k += 1
            return k < view.n and view.lowers[k] in BACKING
        return k < view.n and view.lowers[k] in _KIN

    def _collective(self, n: int, name: Name) -> None:
        """Gives a name that is no person its actor, if it stands for one."""
        text = " ".join(self.doc[name.start : name.end].text.split())
        number: int | None = None
        if name.reference_id in reference.rows():
            number = self._listed(name.reference_id)
        elif name.reference_id in reference.publishers():
            number = self._publisher(name.reference_id)
        elif name.reference_id in reference.units():
            number = self._unit(name.reference_id)
        elif n in self.country_at:
            iso3 = self.country_at[n]
            if self._people_name(name, text):
                number = self._inhabitants(iso3, text)
            elif self._acts(name):
                number = self._state(iso3)
        elif plain(text) in reference.capitals() and name.label in {"GPE", "LOC"}:
            if self._speaks(name):
                number = self._listed_body(reference.capitals()[plain(text)], "government", "government")
        elif name.label in {"ORG", "ARMED_GROUP", "NORP"}:
            number = self._named(name, text)
        if number is not None:
            name.actor = number
            self._put(number, name.start, name.end)

    def _is_of_nobody(self, name: Name) -> bool:
        """ "Unidentified armed individuals (UAIs)": letters for a description that tells nobody."""
        before = self.view.lowers[max(name.start - 6, 0) : name.start]
        return before[-1:] == ["("] and bool({"unidentified", "unknown"} & set(before))

    def _named(self, name: Name, text: str) -> int | None:
        """An organisation that no table lists."""
        if self._is_of_nobody(name):
            return None
        iso3, rest = reference.split_country(text)
        if name.label == "NORP":
            return self._named_people(name, text)
        body = reference.body_of(rest)
        if body:
            if iso3 is None:
                iso3 = self._country_beside(name) or self.focus
            if iso3:
                return self._listed_body(iso3, body[0], body[1])
        key = fold_name(text)
        if not key:
            return None
        if key in self.by_surface:
            return self.by_surface[key]
        lowers = plain(text).split()
        actor_type = body[1] if body else organisation_type(lowers, name.label)
        if actor_type == "other" and self._signs(name):
            actor_type = "media"
        if actor_type == "armed_group" and self._is_unit(name):
            actor_type = "military"
        actor = Actor(text, actor_type, country_iso3=iso3, confidence=_CONFIDENCE["named"])
        if actor_type in {"government", "military"} and actor.country_iso3 is None:
            actor.country_iso3 = self._country_beside(name) or self.focus
        if actor_type in {"government", "military"} and actor.country_iso3:
            actor.parent_reference_id = reference.states().get(actor.country_iso3)
        number = self._new(actor)
        self.by_surface[key] = number
        return number

    def _named_people(self, name: Name, text: str) -> int | None:
        """ "Maoists", "armed ethnic Fulani": people of a creed or tongue who bear arms."""
        last = self.view.lowers[name.end - 1]
        word = singular(last)
        fights = people_nouns().get(last, people_nouns().get(word, ("unknown", False, False)))[0] == "militant"
        armed = any(t.lower_ == "armed" for t in self.doc[name.end - 1].lefts)
        if not (fights or armed):
            return None
        key = f"people:{word}"
        if key not in self.by_surface:
            actor = Actor(text, "armed_group", is_generic=True, confidence=_CONFIDENCE["generic"])
            self.by_surface[key] = self._new(actor)
            self.described.append((_Identity(None, None, frozenset({word}), is_members=True), self.by_surface[key]))
        return self.by_surface[key]

    def _signs(self, name: Name) -> bool:
        """Whether a name is the agency of a dateline: "LIMA, 8 May (EFE) -"."""
        texts = self.view.texts
        return (
            0 < name.start < 40
            and name.end + 1 < self.view.n
            and texts[name.start - 1] == "("
            and texts[name.end] == ")"
            and texts[name.end + 1] in {"-", "--", "–", "—"}
        )

    def _is_unit(self, name: Name) -> bool:
        before = self.view.lowers[name.start - 1] if name.start else ""
        return before in {"army", "infantry", "military", "government"}

    def _country_name_at(self, i: int) -> str | None:
        """iso3 of the country or demonym at token ``i``."""
        n = self.name_at[i] if 0 <= i < self.view.n else None
        return self.country_at.get(n) if n is not None else None

    def _country_beside(self, name: Name) -> str | None:
        """ "Iran's Foreign Ministry", "the Foreign Ministry of Iran"."""
        view, k = self.view, name.start - 1
        if k >= 1 and view.tags[k] == "POS":
            k -= 1
        n = self.name_at[k] if k >= 0 else None
        before = self._country_name_at(k)
        if before is None and n is not None and self.names[n].label == "PERSON":
            leader = self.names[n].actor  # "President Daniel Ortega's Government"
            before = self._country_of_person(leader) if leader is not None else None
        if before is None and name.end < view.n and view.lowers[name.end] == "of":
            return self._country_name_at(name.end + 1)
        return before

    def _people_name(self, name: Name, text: str) -> bool:
        """Whether a demonym names people ("three Americans") and is no adjective."""
        last = name.end - 1
        return bool(self.view.tags[last] in {"NNS", "NNPS"} and self.names and name.label == "NORP")

    def _inhabitants(self, iso3: str, text: str) -> int:
        key = f"people:{iso3}"
        if key not in self.by_surface:
            actor = Actor(text, "civilians", None, iso3, is_generic=True, confidence=_CONFIDENCE["generic"])
            actor.parent_reference_id = reference.states().get(iso3)
            self.by_surface[key] = self._new(actor)
        return self.by_surface[key]

    def _acts(self, name: Name) -> bool:
        """Whether a country's name stands for the state, not only for the place."""
        following = self.view.tags[name.end] if name.end < self.view.n else ""
        if name.label == "NORP" and following.startswith(("NN", "JJ")):
            return True  # "in Iranian missile strikes"
        k = name.start - 1
        while k >= 0 and self.view.lowers[k] in {"the", "northern", "southern", "eastern", "western", "central"}:
            k -= 1
        return not (k >= 0 and self.view.lowers[k] in _LOCATIVE and self.view.tags[k] in {"IN", "RP", "TO"})

    def _speaks(self, name: Name) -> bool:
        """Whether a capital stands for its government: it acts, or two capitals face each other."""
        from dagster_project.reading.syntax import is_subject, preposition_of

        head = self.doc[name.end - 1]
        if is_subject(head):
            return True
        if preposition_of(head) in {"between", "with", "against", "by"}:
            return True
        following = self.view.tags[name.end] if name.end < self.view.n else ""
        return following == "POS" and not is_place_possessed(self.view, name.end + 1)

    def _acronyms(self) -> None:
        """ "Guatemalan National Revolutionary Unity (URNG)": one actor under two names."""
        by_start = {name.start: name for name in self.names}
        for name in self.names:
            if name.end + 1 >= self.view.n or self.view.texts[name.end] not in {"(", "["}:
                continue
            inner = by_start.get(name.end + 1)
            if inner is None or inner.actor is None or inner.actor == name.actor or name.actor is None:
                continue
            if not is_acronym(self.doc[inner.start : inner.end].text, self.doc[name.start : name.end].text):
                continue
            keep, drop = name.actor, inner.actor
            if self.actors[drop].reference_id and not self.actors[keep].reference_id:
                keep, drop = drop, keep
            if self.actors[drop].reference_id is None:
                self._merge(drop, keep)

    def _initials(self) -> None:
        """ "The MNR" in a text that speaks of the Mozambique National Resistance: capitals that one name alone begins with."""
        for drop, actor in enumerate(self.actors):
            if actor.reference_id or not actor.spans or not actor.name.isalpha() or not actor.name.isupper():
                continue
            fuller = [n for n, other in enumerate(self.actors) if n != drop and self._abbreviates(actor.name, other)]
            if len(fuller) == 1:
                self._merge(drop, fuller[0])

    def _abbreviates(self, capitals: str, actor: Actor) -> bool:
        if actor.actor_type == "person" or actor.is_generic or len(capitals) < 3:
            return False
        told = [self.doc[start:end].text.split() for start, end in actor.spans]
        return any("".join(w[0] for w in words if w[:1].isupper()) == capitals for words in told)

    def _short_forms(self) -> None:
        """ "Hizb", "Hizb ultras" beside "Hizbul Mujahideen", "the Tigers" beside "Liberation Tigers of Tamil Eelam".

        The first letters, or one telling word, of the one listed group that has them.
        """
        for drop, actor in enumerate(self.actors):
            if actor.reference_id or actor.actor_type not in {"armed_group", "other"} or not actor.spans:
                continue
            first, *others = actor.name.split()
            if not first.isalpha() or len(first) < 4 or not first[0].isupper():
                continue
            if any(word.lower() not in _MEN_OF_A_GROUP for word in others):
                continue  # "Lashkar suicide squad" is Lashkar's
            fuller = [
                n
                for n, other in enumerate(self.actors)
                if other.reference_id
                and other.actor_type == "armed_group"
                and other.spans
                and (_begins(other.name, first) or _tells(other.name, first))
            ]
            if len(fuller) == 1:
                self._merge(drop, fuller[0])

    def _pairs(self) -> None:
        """ "US-UK airstrikes", "the American-British raids": both halves are states that act together."""
        view = self.view
        for i in range(1, view.n - 1):
            if view.texts[i] != "-" or view.spaces[i - 1] or view.spaces[i]:
                continue
            first, second = (reference.split_country(f"{view.texts[k]} x")[0] for k in (i - 1, i + 1))
            if first and second and first != second and view.texts[i - 1][:1].isupper():
                self.at[i - 1] = self._state(first)
                self.actors[self.at[i - 1]].spans.append((i - 1, i))

    # --- descriptions ------------------------------------------------------------------------------------------------

    def _phrase(self, phrase: Phrase, discourse: Discourse) -> None:
        head, view = phrase.head, self.view
        if self.name_at[phrase.end - 1] is not None and self._inside_name(phrase):
            return
        if self.doc[phrase.end - 1].dep_ == "amod" and head.denotes == "members" and head.actor_type != "armed_group":
            return  # "Major attacks": no officer; but "rebel artillery" is the rebels'
        after_head = self.name_at[phrase.end] if phrase.end < view.n else None
        if after_head is not None and self.names[after_head].label == "PERSON":
            return  # the title of a name
        holder = self.office_at.get(phrase.end - 1)
        if holder is not None and head.denotes in {"people", "members", "individuals"}:
            self.at[phrase.end - 1] = holder  # "John Kirby, the Pentagon spokesman"
            return
        inside = list(dict.fromkeys(n for i in phrase.modifiers if (n := self.name_at[i]) is not None))
        backer, backing = self._backer(phrase, inside)
        inside = [n for n in inside if n not in backing and not self._is_maker(n)]
        group = self._group_among(phrase, inside) if head.lemma not in _KIN else None  # "an al-Qaeda affiliate" is another
        country = next((self.country_at[n] for n in inside if n in self.country_at), None)
        leader = self._allegiance(phrase)
        loyal = self._loyal(phrase, leader) if leader is not None else None
        after = self._complement(phrase)
        if loyal is None and after is not None and self._are_men_of(phrase, after):
            loyal = self._loyal(phrase, after)
        if after is not None:
            if group is None and self.names[after].actor is not None and after not in self.country_at:
                group = self.names[after].actor
            country = country or self.country_at.get(after)
        number: int | None
        owner = self.at.get(phrase.start) if phrase.determiner in POSSESSIVES else None
        if owner is not None and country is None and self.actors[owner].actor_type != "person":
            if self.actors[owner].actor_type == "armed_group" and head.actor_type in {
                "armed_group",
                "government",
                "military",
            }:
                group = owner  # "their leadership"
            country = self.actors[owner].country_iso3 if self.actors[owner].actor_type != "armed_group" else None
        named = self._apposed(phrase)
        if loyal is not None:
            number = loyal
        elif named is not None:
            number = named
            self._learn_type(named, head)
        elif group is not None and (self._belongs(phrase, group) or (after is not None and self._follow(phrase, group))):
            number = group
            self._learn_type(group, head)
        elif head.denotes == "anaphor" and backer is None:
            plain_anaphor = all(
                self.view.lowers[i] in _ANAPHOR_MODIFIERS or self.view.tags[i] == "CD" for i in phrase.modifiers
            )
            known = self._is_definite(phrase) and not country and plain_anaphor
            number = discourse.description(phrase) if known else None
        elif head.actor_type == "armed_group":
            number = self._armed(phrase, backer, country, discourse)
        elif head.actor_type == "civilians":
            number = self._civilians(phrase, country, discourse)
        elif head.actor_type not in {"military", "government"} and head.denotes != "members":
            number = discourse.description(phrase)
            if number is None:
                number = self._generic(phrase, head.actor_type, country, None)
        elif head.denotes in {"unit", "means"} and country is None:
            number = self._nested(phrase, discourse)
        elif head.denotes == "members" and self._of_rebels(phrase):
            number = self._nested(phrase, discourse)  # "rebel gunners", "militia commanders"
        else:
            number = self._official(phrase, country, discourse)
        if number is not None:
            self._put(number, phrase.start, phrase.end, overwrite=False)
            self.at[phrase.end - 1] = number
            discourse.mention(phrase.start, phrase.end, number, is_name=False)

    def _apposed(self, phrase: Phrase) -> int | None:
        """The group that a description stands beside: "Boko Haram, an Islamist group", "the rebel group M23"."""
        if phrase.head.actor_type != "armed_group" and phrase.head.denotes != "anaphor":
            return None
        found: int | None = None
        if phrase.end < self.view.n and self.view.tags[phrase.end] == "POS":
            return None  # "Mary Castle, the group's researcher"
        after = self.name_at[phrase.end] if phrase.end < self.view.n else None
        if after is not None and phrase.head.denotes in {"body", "anaphor"} and not phrase.head.is_plural:
            found = self.names[after].actor
        elif phrase.determiner in {"a", "an", "the"} and phrase.start > 1 and self.view.texts[phrase.start - 1] == ",":
            before = self.name_at[phrase.start - 2]
            found = self.names[before].actor if before is not None else None
        if found is None or self.actors[found].actor_type not in {"armed_group", "other", "company"}:
            return None
        return found

    def _learn_type(self, group: int, head: Head) -> None:
        """Lets a description tell the kind of an unlisted name: "CRPF troopers", "the X militia"."""
        actor = self.actors[group]
        if actor.reference_id or actor.actor_type not in {"other", "company"}:
            return
        if head.actor_type == "armed_group" or (head.denotes == "members" and head.actor_type in {"military", "government"}):
            actor.actor_type = head.actor_type

    def _inside_name(self, phrase: Phrase) -> bool:
        n = self.name_at[phrase.end - 1]
        return n is not None and (self.names[n].actor is not None or self.names[n].label in _SCENES)

    def _is_definite(self, phrase: Phrase) -> bool:
        return phrase.determiner in {"the", "this", "that", "these", "those"} or phrase.determiner in POSSESSIVES

    def _backer(self, phrase: Phrase, inside: list[int]) -> tuple[str | None, list[int]]:
        """(iso3 of the sponsor a description names, numbers of the names that say so)."""
        view = self.view
        for i in phrase.modifiers:  # "Pro-Iranian", "Iran-backed" as one token
            parts = view.lowers[i].split("-")
            if len(parts) == 2 and (parts[0] == "pro" or parts[1] in BACKING):
                iso3 = reference.split_country(f"{parts[1] if parts[0] == 'pro' else parts[0]} x")[0]
                if iso3:
                    return iso3, [n for n in inside if self.names[n].start <= i < self.names[n].end]
        for n in inside:
            if n not in self.country_at:
                continue
            name = self.names[n]
            follow = name.end + 1 if name.end < view.n and view.lowers[name.end] in {"-", "–"} else name.end
            if follow < view.n and view.lowers[follow] in BACKING and view.lowers[follow] != "run":
                return self.country_at[n], [n]
            before = name.start - 1
            if before >= 1 and view.lowers[before] == "-" and view.lowers[before - 1] == "pro":
                return self.country_at[n], [n]
            if before >= 0 and view.lowers[before] in {"pro", "pro-"}:
                return self.country_at[n], [n]
            if before >= 1 and view.lowers[before] == "-" and view.lowers[before - 1] == "anti":
                return None, [n]
        i = phrase.end  # "militias backed by Iran", "groups aligned with Iran"
        while i < min(phrase.end + 7, view.n) and view.lowers[i] in _TO_BACKING:
            i += 1
        if i + 2 < view.n and view.lowers[i] in BACKING | {"loyal"} and view.lowers[i + 1] in {"by", "with", "to"}:
            k = i + 2 + (view.lowers[i + 2] == "the")
            sponsor = self._country_name_at(k)
            if sponsor is not None:
                return sponsor, []
        return None, []

    def _group_among(self, phrase: Phrase, inside: list[int]) -> int | None:
        """The collective that a modifier names: "Hamas gunmen", "UN peacekeepers"; not "Hamas-run"."""
        view = self.view
        for n in reversed(inside):
            name = self.names[n]
            if name.actor is None or n in self.country_at or self.actors[name.actor].actor_type == "person":
                continue
            follow = name.end
            if follow + 1 < phrase.head_start and view.lowers[follow] == "-":
                continue
            if view.tags[follow] == "POS" and phrase.head.actor_type not in {"armed_group", "military"}:
                return None
            return name.actor
        return None

    def _is_maker(self, n: int) -> bool:
        """ "Soviet-built jets", "US-supplied rifles": where a thing is from, not whose it is."""
        view, k = self.view, self.names[n].end
        return k + 1 < view.n and view.texts[k] in {"-", "–"} and view.lowers[k + 1] in _MADE

    def _complement(self, phrase: Phrase) -> int | None:
        """The name after "of": "members of the X militia", "the army of Sri Lanka"."""
        view, i = self.view, phrase.end
        if i + 2 < view.n and view.lowers[i] == "from" and phrase.head.actor_type in {"military", "armed_group"}:
            n = self.name_at[i + 1]  # "troops from Chad"
            return n if n in self.country_at and (phrase.head.is_plural or phrase.head.denotes != "body") else None
        if i + 1 >= view.n or view.lowers[i] != "of":
            return None
        i += 1
        while i < min(phrase.end + 5, view.n) and (view.lowers[i] in {"the", "a"} or view.tags[i] in {"JJ", "NN"}):
            if self.name_at[i] is not None:
                break
            i += 1
        return self.name_at[i] if i < view.n else None

    def _allegiance(self, phrase: Phrase) -> int | None:
        """The name after "loyal to", "allied with": "fighters loyal to the X", "troops allied to General Y"."""
        view, i = self.view, phrase.end
        if phrase.head.actor_type not in {"armed_group", "military"} or i + 2 >= view.n:
            return None
        if view.lowers[i] not in _ALLEGIANCE or view.lowers[i + 1] not in {"to", "with", "for"}:
            return None
        for k in range(i + 2, min(i + 9, view.n)):
            n = self.name_at[k]
            follows_on = (
                view.lowers[self.names[n].end] in {"-", "–"} if n is not None and self.names[n].end < view.n else False
            )
            if n is not None and self.names[n].actor is not None and not follows_on and n not in self.country_at:
                return n
            if view.tags[k] not in {"DT", "JJ", "NN", "NNP", "NNS", "HYPH", "POS", "VBN", "VBG"} and n is None:
                return None
        return None

    def _are_men_of(self, phrase: Phrase, name: int) -> bool:
        """ "The men of the field commander X": several people who are told by their leader's name."""
        leader = self.names[name].actor
        several = phrase.head.is_plural and phrase.head.lemma in _FOLLOWERS
        return several and leader is not None and self.actors[leader].actor_type == "person"

    def _loyal(self, phrase: Phrase, name: int) -> int | None:
        """Who is loyal to an organisation fights for it; who is loyal to a person is a group known by his name."""
        leader = self.names[name].actor
        if leader is None:
            return None
        if self.actors[leader].actor_type in {"armed_group", "military", "government", "other", "igo"}:
            return leader
        if self.actors[leader].actor_type != "person":
            return None
        key = f"loyal:{leader}"
        if key not in self.by_surface:
            start = phrase.start + (1 if phrase.determiner else 0)
            wording = " ".join(self.doc[start : self.names[name].end].text.split())
            actor_type = phrase.head.actor_type if phrase.head.actor_type != "civilians" else "armed_group"
            actor = Actor(wording, actor_type, is_generic=True, confidence=_CONFIDENCE["generic"])
            actor.spans.append((start, self.names[name].end))
            self.by_surface[key] = self._new(actor)
        return self.by_surface[key]

    def _belongs(self, phrase: Phrase, group: int) -> bool:
        """Whether a description with a collective's name in it is that collective: "Hamas officials", "NATO forces"."""
        kind, head = self.actors[group].actor_type, phrase.head
        if kind == "armed_group":
            return head.actor_type in {"armed_group", "military", "government"} or head.denotes == "anaphor"
        if head.actor_type == "civilians" or kind == "person":
            return False
        if head.actor_type == "armed_group":
            return (kind in {"other", "company"} and not phrase.head.is_plural) or head.denotes == "anaphor"
        return kind != "state"

    def _follow(self, phrase: Phrase, group: int) -> bool:
        """ "The men of the Black Axe gang": plain people who are an armed group's."""
        return self.actors[group].actor_type == "armed_group" and phrase.head.lemma in _FOLLOWERS

    def _armed(self, phrase: Phrase, backer: str | None, country: str | None, discourse: Discourse) -> int | None:
        head = phrase.head
        words = frozenset(
            self.view.lowers[i]
            for i in phrase.modifiers
            if self.view.tags[i] in {"JJ", "NNP", "NNPS"}
            and self.view.texts[i][:1].isupper()
            and self.name_at[i] is None
            and not (self.view.tags[i] == "JJ" and i == self.view.sent_starts[self.view.sents[i]])
        ) | frozenset(
            self.view.lowers[self.names[n].start]
            for i in phrase.modifiers
            if (n := self.name_at[i]) is not None and n not in self.country_at and self.names[n].label == "NORP"
        )
        if head.lemma == "proxy" and backer is None:
            backer, country = country, None
        identity = _Identity(backer, country, words, head.denotes == "members")
        if head.denotes == "individuals":
            if self._is_definite(phrase):
                known = discourse.description(phrase)
                if known is not None:
                    return known
            return self._generic(phrase, "armed_group", country, backer)
        if not (backer or country or words):
            if head.denotes == "unit":
                return self._nested(phrase, discourse)
            known = discourse.description(phrase, loosely=not phrase.determiner)
            if known is not None:
                return known
            return self._generic(phrase, "armed_group", None, None)
        for known_identity, number in self.described:
            if _one_group(known_identity, identity):
                if known_identity.backer is None and backer:
                    known_identity.backer = self.actors[number].backer_iso3 = backer
                if known_identity.country is None and country:
                    known_identity.country = self.actors[number].country_iso3 = country
                known_identity.words |= words
                self._describe(number, phrase)
                return number
        number = self._generic(phrase, "armed_group", country, backer)
        self.described.append((identity, number))
        self._describe(number, phrase)
        return number

    def _name_the_described(self) -> None:
        """ "Sudanese paramilitaries" in a text that speaks of one armed group of Sudan by name are that group.

        Not where they are only suspected, or where the text says that no group has claimed the deed.
        """
        named = [
            n
            for n, actor in enumerate(self.actors)
            if actor.actor_type == "armed_group" and not actor.is_generic and actor.reference_id and actor.spans
        ]
        if not named or is_unclaimed(self.doc):
            return
        for identity, number in self.described:
            fitting = [n for n in named if self._fits(identity, n)]
            if (identity.is_members or identity.words) and len(fitting) == 1 and not self._is_suspected(number):
                self._merge(number, fitting[0])

    def _fits(self, identity: _Identity, number: int) -> bool:
        """Whether a description says nothing of a group but its country, or a people its name tells."""
        group = self.actors[number]
        called = plain(" ".join([group.name, *(self.doc[s:e].text for s, e in group.spans)])).split()
        told = all(any(w[:4] == c[:4] for c in called) for w in identity.words)
        is_told_of = (
            sum(name.actor == number for name in self.names) > 1
        )  # one mention in passing names no subject of a text
        own_country = is_told_of and identity.country is not None and identity.country == group.country_iso3
        return identity.backer is None and told and (own_country or bool(identity.words and identity.country is None))

    def _is_suspected(self, number: int) -> bool:
        return any(
            self.view.lowers[i] in {"suspected", "alleged", "presumed", "other", "another", "rival"}
            for start, end in self.actors[number].spans
            for i in range(max(start - 1, 0), end)
        )

    def _describe(self, number: int, phrase: Phrase) -> None:
        """Lists a description with an identity among the names."""
        start = phrase.start + (1 if phrase.determiner else 0)
        while start < phrase.head_start and self.view.tags[start] in {"CD", "RB"}:
            start += 1
        if any(name.start == start and name.end == phrase.end for name in self.names):
            return
        self.names.append(Name(start, phrase.end, "ARMED_GROUP", _CONFIDENCE["generic"], actor=number))

    def _civilians(self, phrase: Phrase, country: str | None, discourse: Discourse) -> int | None:
        lemma = phrase.head.lemma
        if not phrase.head.is_plural and titles.kind_of(lemma) in {"office", "spokesperson"}:
            return self._office_holder(phrase, country)
        if self._is_definite(phrase) and country is None:
            told = discourse.repeated(phrase)
            return told if told is not None else self._generic(phrase, "civilians", None, None)
        return self._generic(phrase, "civilians", country, None)

    def _office_holder(self, phrase: Phrase, country: str | None) -> int | None:
        """ "the president", "the Iranian foreign minister": the person told of by that office, else a nameless one."""
        best = self._holder(phrase, country)
        if best is not None:
            return best
        if not self._is_definite(phrase) and country is None:
            return self._generic(phrase, "civilians", None, None)
        country = country or self.focus
        key = f"holder:{phrase.head.lemma}:{country}"
        if key not in self.by_surface:
            wording = self._wording(phrase)
            actor = Actor(wording, "person", None, country, is_generic=True, office=wording)
            actor.confidence = _CONFIDENCE["guess"]
            actor.parent_reference_id = reference.states().get(country or "")
            self.by_surface[key] = self._new(actor)
        return self.by_surface[key]

    def _holder(self, phrase: Phrase, country: str | None) -> int | None:
        """The named person whose office or title a definite description repeats, the last told of before it."""
        wanted = {self.view.lowers[i] for i in range(phrase.head_start, phrase.end)}
        best: int | None = None
        for number, person in self.person_of.items():
            if not self._is_definite(phrase) or not person.offices:
                continue
            words = {self.view.lowers[i] for start, end in person.offices for i in range(start, end)}
            if not wanted <= words or {"former", "late", "ex"} & words:
                continue
            home = next((c for start, end in person.offices if (c := self._country_in(start, end))), None)
            if country and home and country != home:
                continue
            if not self._of_same_body(phrase, person.offices):
                continue
            if best is None or min(self.actors[number].spans)[0] < phrase.start:
                best = number
        return best

    def _of_same_body(self, phrase: Phrase, offices: list[tuple[int, int]]) -> bool:
        """ "The president of the Supreme Court" is no president of the country: the body must be told of the holder too."""
        k = phrase.end
        if k >= self.view.n or self.view.lowers[k] != "of":
            return True
        named = next((i for i in range(k + 1, min(k + 4, self.view.n)) if self.name_at[i] is not None), None)
        n = self.name_at[named] if named is not None else None
        if n is None or self.names[n].label != "ORG":
            return True
        words = {self.view.lowers[i] for start, end in offices for i in range(start, min(end + 8, self.view.n))}
        return self.view.lowers[self.names[n].end - 1] in words

    def _generic(self, phrase: Phrase, actor_type: ActorType, country: str | None, backer: str | None) -> int:
        """A described actor; one per document for one description, country and sponsor."""
        lemma = phrase.head.lemma
        key = f"generic:{actor_type}:{lemma}:{country}:{backer}"
        number = self.by_surface.get(key)
        if number is None:
            name = self._wording(phrase)
            actor = Actor(name, actor_type, None, country, backer, is_generic=True, confidence=_CONFIDENCE["generic"])
            if actor_type in {"military", "government"} and country:
                actor.parent_reference_id = reference.body_id(country, phrase.head.body or "armed-forces")
                if actor.parent_reference_id.startswith("gen:"):
                    actor.parent_reference_id = reference.states().get(country)
            number = self.by_surface[key] = self._new(actor)
        return number

    def _wording(self, phrase: Phrase) -> str:
        start = phrase.start + (1 if phrase.determiner else 0)
        while start < phrase.head_start and (
            self.view.tags[start] in {"CD", "RB", "JJR", "JJS"} or self._in_number(phrase, start)
        ):
            start += 1
        return " ".join("".join(map(self._in_running_text, range(start, phrase.end))).split())

    def _in_running_text(self, i: int) -> str:
        """A token with its space, without the capitals that a headline or the start of a sentence gives a common word."""
        text, token = self.view.texts[i], self.doc[i]
        is_common = self.name_at[i] is None and self.view.tags[i] in {"NN", "NNS", "VBN", "VBG"}
        is_raised = token.is_sent_start or token.idx < self.doc._.source.title_end
        is_initials = text.isupper() and len(text) <= _LONGEST_INITIALS
        return (text.lower() if is_common and is_raised and not is_initials else text) + token.whitespace_

    def _in_number(self, phrase: Phrase, i: int) -> bool:
        """ "Twenty-nine soldiers": a hyphen or a part of a number that a hyphen joins."""
        texts, spaces = self.view.texts, self.view.spaces
        if texts[i] == "-":
            return i > 0 and self.view.tags[i - 1] == "CD"
        return i > 1 and texts[i - 1] == "-" and self.view.tags[i - 2] == "CD" and not spaces[i - 1] and spaces[i]

    def _of_rebels(self, phrase: Phrase) -> bool:
        """Whether a word for a member of some force has the word for an armed group before it."""
        by_last = actor_heads().by_last
        heads = [by_last[self.view.lowers[i]][-1][1] for i in phrase.modifiers if self.view.lowers[i] in by_last]
        return any(h.actor_type == "armed_group" and h.denotes != "individuals" for h in heads)

    def _nested(self, phrase: Phrase, discourse: Discourse) -> int | None:
        """ "army patrol", "rebel unit", "police station commander": the collective is in the modifier."""
        by_last = actor_heads().by_last
        for i in reversed(phrase.modifiers):
            listed = by_last.get(self.view.lowers[i])
            if not listed or self.name_at[i] is not None:
                continue
            head = listed[-1][1]
            if head.actor_type not in {"military", "government", "armed_group"} or head.denotes == "anaphor":
                continue
            inner = Phrase(phrase.start, i + 1, i, head, phrase.determiner, [m for m in phrase.modifiers if m < i])
            if head.actor_type == "armed_group":
                return self._armed(inner, None, None, discourse)
            return self._official(inner, None, discourse)
        return None

    def _official(self, phrase: Phrase, country: str | None, discourse: Discourse) -> int | None:
        """Bodies and members of states: "the Iraqi government", "US officials", "soldiers", "the army"."""
        head = phrase.head
        actor_type = head.actor_type
        body = head.body or "armed-forces"
        if country is None and any(self.view.lowers[i] == "coalition" for i in phrase.modifiers):
            return None
        if (
            country is None
            and head.words in {"force", "forces"}
            and any(self.view.tags[i] == "JJ" and self.view.lowers[i] not in _MARTIAL | {"same"} for i in phrase.modifiers)
        ):
            return None  # "conservative forces"
        if body == "ministry":
            body = self._ministry(phrase) or body
        if head.denotes == "members" and not head.is_plural and titles.kind_of(head.lemma):
            holder = self._holder(phrase, country)
            if holder is not None:
                return holder  # "the military commander"
        if head.denotes == "members" and actor_type == "igo":
            return self._generic(phrase, actor_type, country, None)
        if country is None:
            country = self._led_by(phrase) or self._seated(phrase)
        owned = phrase.end < self.view.n and self.view.lowers[phrase.end] in _OWNED | _MEANS  # "army experts"
        common = owned or _is_common_body(head)
        if country is None and not self._is_definite(phrase) and head.denotes == "body" and not common:
            return None  # "a similar mission"
        if country is None:
            known = discourse.description(phrase)
            if known is not None:
                return known
            country = self.focus
            if head.denotes == "members" and not self._is_definite(phrase) and actor_type == "military":
                country = country if self._sides(actor_type) <= 1 else None
        if head.denotes == "members":
            if country is None:  # "three soldiers" after "US soldiers"
                told = discourse.repeated(phrase)
                if told is not None:
                    return told
            return self._generic(phrase, actor_type, country, None)
        if head.denotes in {"unit", "means"} and country is None:
            return None
        if country is None:
            return self._generic(phrase, actor_type, None, None)
        return self._listed_body(country, body, actor_type)

    def _sides(self, actor_type: str) -> int:
        return len({a.country_iso3 for a in self.actors if a.actor_type == actor_type and a.country_iso3})

    def _ministry(self, phrase: Phrase) -> str | None:
        words = [
            self.view.lowers[i]
            for i in phrase.modifiers
            if self.name_at[i] is None and self.view.tags[i][:2] in {"NN", "JJ"}
        ]
        body = reference.body_of(" ".join([*words, phrase.head.lemma]))
        if body:
            return body[0]
        return "-".join([*words, "ministry"]) if words else None

    def _led_by(self, phrase: Phrase) -> str | None:
        """The country of "the Biden administration", where the document or the tables tell it."""
        if phrase.head.lemma not in _GOVERNMENT_HEADS and phrase.head.actor_type != "military":
            return None
        for i in phrase.modifiers:
            n = self.name_at[i]
            number = self.names[n].actor if n is not None else None
            if number is not None and self.actors[number].actor_type == "person":
                return self._country_of_person(number)
        return None

    def _seated(self, phrase: Phrase) -> str | None:
        """The country of "the government in Dublin"."""
        if phrase.head.denotes != "body" or phrase.end + 1 >= self.view.n or self.view.lowers[phrase.end] != "in":
            return None
        n = self.name_at[phrase.end + 1]
        if n is None:
            return None
        seat = " ".join(self.view.texts[self.names[n].start : self.names[n].end])
        return reference.capitals().get(plain(seat))

    def _listed_body(self, iso3: str, body: str, actor_type: ActorType) -> int:
        actor_id = reference.body_id(iso3, body)
        if actor_id not in self.by_reference:
            actor = reference.body_actor(iso3, body, actor_type)
            actor.confidence = _CONFIDENCE["body"]
            self.by_reference[actor_id] = self._new(actor)
        return self.by_reference[actor_id]

    # --- people's offices --------------------------------------------------------------------------------------------

    def _offices(self, people_of: dict[int, int]) -> None:
        for number, person in self.person_of.items():
            actor = self.actors[number]
            if person.office is None:
                continue
            start, end = person.office
            actor.office = " ".join(self.doc[start:end].text.split())
            parent = self._organisation_in(start, end, number)
            if parent is not None:
                if self.actors[parent].reference_id:
                    actor.parent_reference_id = self.actors[parent].reference_id
                else:
                    actor.parent = parent
                actor.country_iso3 = actor.country_iso3 or self.actors[parent].country_iso3
            country = self._country_in(start, end)
            actor.country_iso3 = country or actor.country_iso3
            if parent is None and country:
                actor.parent_reference_id = reference.states().get(country)

    def _organisation_in(self, start: int, end: int, person: int) -> int | None:
        best = None
        for i in range(start, end):
            number = self.at.get(i)
            if number is None or number == person or self.actors[number].actor_type in {"person", "civilians"}:
                continue
            if best is None or self.actors[best].actor_type == "state":
                best = number
        return best

    def _country_in(self, start: int, end: int) -> str | None:
        for i in range(start, end):
            n = self.name_at[i]
            if n in self.country_at:
                return self.country_at[n]
        return None

    def _country_of_person(self, number: int) -> str | None:
        person = self.person_of.get(number)
        if person is None:
            return None
        for n in person.names:
            actor_id = self._leader_alias(self.names[n])
            if actor_id:
                return reference.rows()[actor_id]["country_iso3"] or None
        return self._country_in(*person.office) if person.office else None

    def _leader_alias(self, name: Name) -> str | None:
        """The government that the tables list under a leader's name: "Netanyahu government"."""
        surname = self.view.texts[name.end - 1]
        for word in ("administration", "government", "regime"):
            for match in names_lexicon().matches([surname, word], [True, False]):
                for entry in match.entries:
                    if entry.kind == "actor" and match.end == 2:
                        return entry.reference_id
        return None

    # --- bookkeeping -------------------------------------------------------------------------------------------------

    def _new(self, actor: Actor) -> int:
        self.actors.append(actor)
        return len(self.actors) - 1

    def _listed(self, actor_id: str) -> int:
        if actor_id not in self.by_reference:
            actor = reference.listed_actor(actor_id)
            actor.confidence = _CONFIDENCE["reference"]
            self.by_reference[actor_id] = self._new(actor)
        return self.by_reference[actor_id]

    def _unit(self, unit: str) -> int:
        key = f"unit:{unit}"
        if key not in self.by_reference:
            actor = reference.unit_actor(unit)
            actor.confidence = _CONFIDENCE["reference"]
            self.by_reference[key] = self._new(actor)
        return self.by_reference[key]

    def _publisher(self, publisher_id: str) -> int:
        key = f"pub:{publisher_id}"
        if key not in self.by_reference:
            row = reference.publishers()[publisher_id]
            actor = Actor(row["name"].split(" (")[0], "media", key, row["country_iso3"] or None)
            actor.confidence = _CONFIDENCE["reference"]
            self.by_reference[key] = self._new(actor)
        return self.by_reference[key]

    def _state(self, iso3: str) -> int:
        actor_id = reference.states().get(iso3) or f"gen:{iso3}:state"
        if actor_id not in self.by_reference:
            actor = reference.state_actor(iso3)
            actor.confidence = _CONFIDENCE["reference"]
            self.by_reference[actor_id] = self._new(actor)
        return self.by_reference[actor_id]

    def _put(self, number: int, start: int, end: int, overwrite: bool = True) -> None:
        actor = self.actors[number]
        if (start, end) not in actor.spans:
            actor.spans.append((start, end))
        for i in range(start, end):
            if overwrite or i not in self.at:
                self.at[i] = number

    def _merge(self, drop: int, keep: int) -> None:
        """Moves all mentions of one actor to another; the emptied one is removed by ``_settle``."""
        for start, end in self.actors[drop].spans:
            self._put(keep, start, end)
        self.actors[drop].spans = []
        for name in self.names:
            if name.actor == drop:
                name.actor = keep
        for key, number in self.by_surface.items():
            if number == drop:
                self.by_surface[key] = keep

    def _settle(self) -> None:
        """Orders actors by first mention, drops the emptied, sets aliases, writes the document's attributes."""
        used = [n for n, actor in enumerate(self.actors) if actor.spans]
        used.sort(key=lambda n: (min(self.actors[n].spans), n))
        renumbered = {old: new for new, old in enumerate(used)}
        actors = []
        for old in used:
            actor = self.actors[old]
            actor.spans.sort()
            actor.parent = renumbered.get(actor.parent) if actor.parent is not None else None
            for start, end in actor.spans:
                if end - start == 1 and self.view.tags[start].startswith(("PRP", "WP", "WDT")):
                    continue
                text = " ".join(self.doc[start:end].text.split())
                if text not in actor.aliases:
                    actor.aliases.append(text)
            actors.append(actor)
        for name in self.names:
            name.actor = renumbered.get(name.actor) if name.actor is not None else None
        self.names.sort(key=lambda name: (name.start, -name.end))
        self.doc._.names = self.names
        self.doc._.actors = actors
        self.doc._.actor_at = {i: renumbered[n] for i, n in sorted(self.at.items()) if n in renumbered}


_PLAIN = frozenset(
    {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "WEAPON", "VEHICLE", "EVENT", "FAC"}
)


_SCENES = frozenset({"FAC", "EVENT", "LOC", "GPE"})


def _one_group(known: _Identity, new: _Identity) -> bool:
    """Whether two descriptions can mean one group: something in common, nothing against it."""
    if known.backer and new.backer and known.backer != new.backer:
        return False
    if known.country and new.country and known.country != new.country:
        return False
    if known.words and new.words and not known.words & new.words:
        return False
    return bool(
        (known.backer and known.backer == new.backer)
        or (known.country and known.country == new.country and not (known.words ^ new.words))
        or (known.words & new.words)
    )


def _tells(name: str, word: str) -> bool:
    """Whether a word inside a name is no common word for a body: "Tigers", not "Front"."""
    common = word.lower() in actor_heads().by_last or word.lower() in _ARMED_WORDS | _GOVERNMENT_HEADS
    return not common and any(w in {word, f"{word}s"} for w in name.split()[1:])


def _begins(name: str, short: str) -> bool:
    first = name.split()[0]
    return first != short and first.lower().startswith(short.lower())


def _is_common_body(head: Head) -> bool:
    """Whether a body is meant without an article too: "police said", "troops"."""
    return head.is_plural or head.words in {"police", "parliament", "congress", "government"}


def country_of_name(view: View, name: Name) -> str | None:
    """iso3 of a name that is a country or a demonym."""
    texts, spaces = view.texts[name.start : name.end], view.spaces[name.start : name.end]
    for match in names_lexicon().matches(texts, spaces):
        if match.start == 0 and match.end == len(texts):
            for entry in match.entries:
                if entry.kind in {"country", "demonym"}:
                    return entry.country
    return None


def organisation_type(lowers: list[str], label: str) -> ActorType:
    """Type of an unlisted organisation by the words of its name."""
    forces = {head.actor_type for _, head in actor_heads().by_last.get(lowers[-1], ()) if head.denotes == "members"}
    if "military" in forces or lowers[-2:] == ["task", "force"]:
        return "military"  # "Marines", "Scout Rangers"
    if label == "ARMED_GROUP" or _ARMED_WORDS & set(lowers):
        return "armed_group"
    if lowers[-1] in _MEDIA or lowers[0] in {"radio"}:
        return "media"
    if {"ministry", "government", "police", "parliament", "senate", "court", "embassy", "cabinet", "department"} & set(
        lowers
    ):
        return "government"
    if {"army", "navy", "battalion", "regiment", "brigade", "division", "command", "infantry"} & set(lowers):
        return "military"
    if lowers[-1] in _COMPANY:
        return "company"
    return "other"


def is_place_possessed(view: View, i: int) -> bool:
    """Whether what follows a possessive is a part of a town: "Baghdad's airport", "Kabul's west"."""
    return any(view.lowers[k] in _TOWN_PARTS for k in range(i, min(i + 3, view.n)))


_TOWN_PARTS = word_class("part_of_town")


def is_acronym(short: str, full: str) -> bool:
    """Whether capitals abbreviate a name: its initials hold most of them in order."""
    letters = [c for c in short if c.isalpha()]
    if len(letters) < 2 or not short.replace("-", "").replace(".", "").isupper():
        return False
    return bool(full)


__all__ = ["ActorReader", "country_of_name", "make_actors", "organisation_type", "titles"]
