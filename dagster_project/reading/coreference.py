"""Whom pronouns and definite descriptions mean, from what the document has told so far.

Belongs here: the record of mentions and the search for antecedents by type, number, recency and grammatical role. Does
not belong: what a description says of itself (``actors.py``), references to events.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading import syntax
from dagster_project.reading.phrases import COALITIONS, Phrase
from dagster_project.reading.saying import saying_of
from dagster_project.reading.types import Actor
from dagster_project.reading.view import View
from dagster_project.reading.vocabulary import triggers
from dagster_project.reference import table

if TYPE_CHECKING:
    from spacy.tokens import Doc

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_INDEFINITE = frozenset({"a", "an", "some", "any", "another", "other", "each", "no"})
_WINDOW = 3  # sentences that a pronoun reaches back
_GROUP_WINDOW = 12  # sentences that "the group" reaches back
_COPULAS = frozenset(
    {"is", "was", "'s", "’s", "seems", "seemed", "appears", "appeared", "remains", "remained", "would", "will"}
)
_MAY_ATTACK = frozenset({"men", "officers", "people", "police", "policemen", "protesters", "youths"})
_TAKES_IT = frozenset({"state", "government", "military", "armed_group", "igo", "media", "company", "other"})


@cache
def bodies() -> frozenset[str]:
    """Nouns of bodies of people, none of whom is a "he": "gang", "government", "army"."""
    return frozenset(row["word"].lower() for row in table("organisation_words"))


@dataclass(slots=True)
class _Mention:
    start: int
    end: int
    actor: int
    sentence: int
    is_subject: bool
    is_plural: bool
    is_name: bool
    lemma: str


class Discourse:
    """The mentions of a document in order; filled from left to right."""

    def __init__(self, doc: Doc, view: View, actors: list[Actor], at: dict[int, int]) -> None:
        self.doc, self.view, self.actors, self.at = doc, view, actors, at
        self.mentions: list[_Mention] = []
        self.gender: dict[int, str] = {}

    def mention(self, start: int, end: int, actor: int, *, is_name: bool, lemma: str = "") -> None:
        """Records a mention that ends at token ``end`` (exclusive)."""
        head = end - 1
        self.mentions.append(
            _Mention(
                start,
                end,
                actor,
                self.view.sents[head],
                syntax.is_subject(self.doc[head]) or syntax.is_subject(self.doc[start]),
                self.view.tags[head] in {"NNS", "NNPS"} or self.view.lowers[head] in {"police", "people", "personnel"},
                is_name,
                lemma or self.view.lowers[head],
            )
        )

    # --- pronouns ----------------------------------------------------------------------------------------------------

    def pronoun(self, i: int) -> None:
        """Resolves token ``i`` if it is a pronoun that stands for an actor."""
        lower = self.view.lowers[i]
        if lower in RELATIVE:
            antecedent = self._relative(i) if self.view.tags[i] in {"WP", "WDT", "WP$"} else None
        elif lower in HE or lower in SHE:
            antecedent = self._person(i, "m" if lower in HE else "f")
        elif lower in THEY:
            antecedent = self._best(i, self._are_armed if self._attacks(i) else self._is_many)
        elif lower in IT and not self._is_empty_it(i):
            antecedent = self._best(i, self._is_one_body, subjects_only=lower == "it")
        else:
            return
        if antecedent is None:
            return
        self.at[i] = antecedent
        span = (i, i + 1)
        if span not in self.actors[antecedent].spans:
            self.actors[antecedent].spans.append(span)
        if lower not in RELATIVE:
            latest = next(m for m in reversed(self.mentions) if m.actor == antecedent)
            self.mentions.append(
                _Mention(
                    i,
                    i + 1,
                    antecedent,
                    self.view.sents[i],
                    syntax.is_subject(self.doc[i]),
                    latest.is_plural or lower in THEY,
                    False,
                    latest.lemma,
                )
            )

    def _relative(self, i: int) -> int | None:
        """The actor that a relative clause is about: the noun its verb hangs on, else the mention just before."""
        verb = self.doc[i].head
        for _ in range(3):
            noun = syntax.relative_head(verb)
            if noun is not None:
                if noun.i < i and noun.i in self.at:
                    return self.at[noun.i]
                break
            verb = verb.head
        k = i - 1
        if k >= 0 and self.view.texts[k] == ",":
            k -= 1
        last = self.mentions[-1] if self.mentions else None
        if last is not None and last.end - 1 == k:
            return last.actor
        return None

    def _person(self, i: int, gender: str) -> int | None:
        def fits(m: _Mention) -> bool:
            actor = self.actors[m.actor]
            if self.gender.get(m.actor, gender) != gender:
                return False
            if actor.actor_type == "person":
                return True
            return (
                actor.is_generic
                and not m.is_plural
                and m.lemma not in bodies()
                and actor.actor_type in {"civilians", "armed_group", "military", "government"}
            )

        antecedent = self._best(i, fits)
        if antecedent is not None:
            self.gender.setdefault(antecedent, gender)
        return antecedent

    def _attacks(self, i: int) -> bool:
        """Whether a pronoun is the subject of an act of violence: those who shell are not the villagers told of last."""
        verb = self.doc[i].head
        does = any(t.pos == "verb" and t.strength in {"strong", "weak", "harm"} for t in triggers().get(verb.lower_, ()))
        return does and self.doc[i].dep_ in syntax.SUBJECTS and not syntax.is_passive(verb)

    def _is_suffered_by(self, i: int, m: _Mention) -> bool:
        """Whether a possessive pronoun's noun is what somebody attacks: nobody attacks his own."""
        noun = self.doc[i].head
        verb = noun.head
        if self.view.tags[i] != "PRP$" or noun.dep_ not in syntax.OBJECTS or self.doc[m.end - 1].head != verb:
            return False
        return any(t.pos == "verb" and t.strength in {"strong", "weak"} for t in triggers().get(verb.lower_, ()))

    def _are_armed(self, m: _Mention) -> bool:
        armed = self.actors[m.actor].actor_type in {"military", "armed_group"}
        return self._is_many(m) and (armed or self.view.lowers[m.end - 1] in _MAY_ATTACK)

    def _is_many(self, m: _Mention) -> bool:
        actor = self.actors[m.actor]
        if actor.actor_type in {"person", "state"}:
            return False
        return m.is_plural or (actor.actor_type in {"armed_group", "military", "civilians"} and not self._is_singular(m))

    def _is_singular(self, m: _Mention) -> bool:
        return self.view.tags[m.end - 1] == "NN" and self.actors[m.actor].is_generic

    def _is_one_body(self, m: _Mention) -> bool:
        actor = self.actors[m.actor]
        return actor.actor_type in _TAKES_IT and not (m.is_plural and actor.is_generic)

    def _is_empty_it(self, i: int) -> bool:
        """ "It is clear that", "it was unclear whether": no antecedent."""
        view = self.view
        if view.lowers[i] != "it":
            return False
        k = i + 1
        while k < view.n and (view.lowers[k] in {"not", "n't", "also", "still", "be", "been"} or view.lowers[k] in _COPULAS):
            k += 1
        return (
            k > i + 1
            and k < view.n
            and view.tags[k] in {"JJ", "RB", "DT", "PRP$", "IN", "PRP", "JJR", "CD", "VBN"}
            and view.lowers[k] != "behind"  # "said it was behind the bombing"
        ) or (k < view.n and view.lowers[k] in {"took", "takes", "rained", "seems", "appears", "remains", "turns", "turned"})

    def _best(self, i: int, fits, subjects_only: bool = False) -> int | None:
        sentence = self.view.sents[i]
        subject = syntax.is_subject(self.doc[i])
        verb = self.doc[i].head
        says = subject and saying_of(verb) is not None
        best, best_score = None, 0.0
        for rank, m in enumerate(reversed(self.mentions)):
            back = sentence - m.sentence
            if back > _WINDOW:
                break
            if m.end > i or not fits(m):
                continue
            if m.end == i and back == 0 and self.view.tags[i] == "PRP":
                continue  # "four members of the faction they said were killed": not the faction
            if subjects_only and not m.is_subject and (back > 1 or not subject):
                continue
            if (
                back == 0
                and not subject
                and self.view.tags[i] == "PRP"
                and m.is_subject
                and self.doc[m.end - 1].head.i == verb.i
                and not self.view.lowers[i].endswith(("self", "selves"))
            ):
                continue  # "X attacked them": not X
            if back == 0 and m.is_subject and self._is_suffered_by(i, m):
                continue  # "soldiers died when rebels attacked their patrol": not the rebels'
            score = 10.0 - 2.5 * back - 0.35 * rank + (2.0 if m.is_subject else 0.0) + (0.5 if m.is_name else 0.0)
            if back == 0 and m.is_subject and subject:
                score += 0.5
            if says and m.is_subject and back == 1 and saying_of(self.doc[m.end - 1].head) is not None:
                score += 2.0  # "Officials say troops fired at the city. They say a bus burned.": who spoke goes on
            if score > best_score:
                best, best_score = m.actor, score
        return best

    # --- definite descriptions ---------------------------------------------------------------------------------------

    def description(self, phrase: Phrase, loosely: bool = False) -> int | None:
        """The actor told of before that a description without a name means ("the group", "the rebels"), or None.

        ``loosely``: a bare plural ("militia groups"), which must repeat the noun of an identified group.
        """
        if phrase.determiner in _INDEFINITE:
            return None
        if not phrase.determiner and any(self.view.tags[k] == "CD" for k in phrase.modifiers):
            return None
        head = phrase.head
        sentence = self.view.sents[phrase.end - 1]
        word = head.lemma.split()[0]
        attacks = head.denotes == "anaphor" and self._attacks(phrase.end - 1)
        repeated: int | None = None
        latest: int | None = None
        for m in reversed(self.mentions):
            actor = self.actors[m.actor]
            if m.end > phrase.start or not self._suits(phrase, actor):
                continue
            if attacks and actor.actor_type != "armed_group" and (actor.actor_type != "other" or self._tells_of_a_group()):
                continue  # "the same group attacked a station": no company, and no body where an armed group is told of
            if self._repeats(word, m, actor):
                repeated = m.actor
                break
            if latest is None and sentence - m.sentence <= _GROUP_WINDOW and self._may_be_called(phrase, actor, m):
                latest = m.actor
        if loosely and not phrase.determiner:
            return repeated if repeated is not None and self._is_identified(self.actors[repeated]) else None
        if repeated is not None and (latest is None or head.denotes != "anaphor"):
            return repeated
        return latest

    def repeated(self, phrase: Phrase) -> int | None:
        """The actor of the same noun told of last ("the villagers", "three soldiers" after "US soldiers"), or None."""
        if phrase.determiner in _INDEFINITE:
            return None
        lemma = phrase.head.lemma
        for m in reversed(self.mentions):
            if m.end <= phrase.start and not m.is_name and m.lemma in {lemma, self.view.lowers[phrase.end - 1]}:
                actor = self.actors[m.actor]
                if actor.actor_type == phrase.head.actor_type and m.is_plural == phrase.head.is_plural:
                    return m.actor
        return None

    def _tells_of_a_group(self) -> bool:
        return any(self.actors[m.actor].actor_type == "armed_group" and m.is_name for m in self.mentions)

    def _is_identified(self, actor: Actor) -> bool:
        by_creed = any(self.doc[end - 1].ent_type_ == "NORP" for _, end in actor.spans[:2])  # "the Maoists"
        return not actor.is_generic or by_creed or bool(actor.backer_iso3 or actor.country_iso3)

    def _suits(self, phrase: Phrase, actor: Actor) -> bool:
        kind = phrase.head.actor_type
        if phrase.head.denotes == "anaphor":
            return actor.actor_type in {"armed_group", "other", "igo", "company"}
        if phrase.head.words == "forces" and any(self.view.lowers[k] == "same" for k in phrase.modifiers):
            return actor.actor_type in {kind, "armed_group"} and actor.name.endswith("Forces")  # a group called "Forces"
        if phrase.head.lemma in COALITIONS and not actor.is_generic and actor.name.lower().endswith(phrase.head.lemma):
            return True
        return actor.actor_type == kind

    def _repeats(self, word: str, m: _Mention, actor: Actor) -> bool:
        if m.lemma.startswith(word[:6]):
            return True
        return word in actor.name.lower().replace("-", " ").split() or any(
            self.view.lowers[k].startswith(word[:6]) for start, end in actor.spans[:4] for k in range(start, end)
        )

    def _may_be_called(self, phrase: Phrase, actor: Actor, m: _Mention) -> bool:
        head = phrase.head
        if head.denotes == "anaphor":
            return not actor.is_generic or (actor.actor_type == "armed_group" and self._is_identified(actor))
        if head.actor_type == "armed_group":
            if head.denotes == "individuals":
                return actor.is_generic and not self._is_identified(actor)
            return self._is_identified(actor)
        if head.actor_type in {"igo", "company"}:  # "the alliance", "the bloc": the only one told of
            named = [n for n in self.mentions if self.actors[n.actor].actor_type == head.actor_type and n.is_name]
            here = self.view.sents[phrase.end - 1]  # of several, the one told of in this sentence
            near = [n for n in named if n.sentence == here] or named
            return not head.is_plural and not phrase.modifiers and {n.actor for n in near} == {m.actor}
        if head.actor_type == "military":
            one_of_them = head.denotes == "members" and not head.is_plural
            return head.body in {"army", "armed-forces"} and not actor.is_generic and not one_of_them
        return False
