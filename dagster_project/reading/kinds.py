"""The kind of an event, decided by trigger, means, target and participants together.

Belongs here: the choice among the event types of event_types.csv. Does not belong: finding any of the evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import nouns, syntax
from dagster_project.reading.inflection import singular
from dagster_project.reading.types import Event
from dagster_project.reading.vocabulary import weapon_hints, weapon_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Modifiers of a trigger noun or words beside a verb that name the means.
_MEANS_WORDS = {
    "air": "airstrike", "aerial": "airstrike", "airborne": "airstrike", "bombing": "bombing", "suicide": "suicide_bombing",
    "unmanned": "drone_attack", "ground": "ground_assault", "gun": "shooting", "knife": "other_attack", "cyber": "cyber_attack",
    "arson": "arson", "naval": "naval_attack", "grenade": "bombing", "bomb": "bombing", "explosive": "bombing", "dynamite": "bombing",
    "artillery": "shelling", "mortar": "shelling", "tank": "shelling", "ballistic": "missile_attack", "cruise": "missile_attack",
    "car": "", "truck": "", "roadside": "bombing", "kamikaze": "drone_attack", "machete": "other_attack",
}  # fmt: skip
# Means that say more than the trigger does; the first in this order wins.
_ORDER = (
    "suicide_bombing", "drone_attack", "missile_attack", "rocket_attack", "shelling", "airstrike", "naval_attack", "bombing", "shooting",
    "arson", "cyber_attack", "ground_assault", "other_attack",
)  # fmt: skip


def decide(event: Event, doc: Doc) -> str:
    """The event type of an event whose arguments are filled."""
    head = doc[event.trigger]
    lemma = event.extractor.split(":", 1)[1]
    kind = event.event_type
    means = _means(event, doc)
    targets = [doc[a.head] for a in event.arguments if a.role in {"target", "victim"}]
    initiators = [doc[a.head] for a in event.arguments if a.role == "initiator"]
    ship = any("ship" in nouns.own_classes(t) or _is_ship(t) for t in targets)
    if kind == "interception":
        held_up = (
            lemma == "intercept"
            and targets
            and all(nouns.classes(t) & {"vehicle", "person", "named_person"} for t in targets)
        )
        apart = {"aircraft", "weapon", "ship", "drone"}
        return "other_attack" if held_up and not any(nouns.classes(t) & apart for t in targets) else kind
    if lemma in {"seize", "capture", "hijack", "board", "commandeer", "seizure", "hijacking", "take over"}:
        if ship:
            return "seizure_of_ship"
        if any(nouns.classes(t) & {"vehicle", "aircraft"} for t in targets):
            return "kidnapping" if lemma.startswith("hijack") else "robbery" if lemma == "seize" else "ground_assault"
        if any(_is_people(t) for t in targets) or (not targets and _takes_one_known(head)):
            return "arrest" if _arrested(lemma, targets, initiators, doc) else "kidnapping"
        return kind
    if lemma == "storm" and ship:
        return "seizure_of_ship"
    if lemma in {"destroy", "damage", "demolish"} and any(
        p == "by" and t.lower_ in {"air", "airforce"} for p, t in syntax.prepositional(head)
    ):
        return "airstrike"  # "was destroyed by air"
    if lemma in {"strike"} and event.extractor.startswith("noun:"):
        found = _first(means, ("drone_attack", "missile_attack", "rocket_attack", "shelling", "suicide_bombing"))
        if found:
            return found
        if ship and "airstrike" not in means and _by_sea(initiators):
            return "naval_attack"
        return "airstrike"
    if lemma == "raid" and (_by_air(initiators) or means & {"airstrike", "drone_attack"}):
        return "airstrike"
    if kind == "bombing":
        if "suicide_bombing" in means or _suicide(event, doc):
            return "suicide_bombing"
        if lemma in {"bomb", "bombing", "bomb attack", "blast"} and ("airstrike" in means or _by_air(initiators)):
            return "airstrike"
        if lemma in {
            "explode",
            "detonate",
            "go off",
            "throw",
            "hurl",
            "set off",
            "blast",
            "explosion",
            "plant",
            "place",
            "rock",
            "tear through",
            "rip through",
        }:
            found = _first(means, ("drone_attack", "missile_attack", "rocket_attack", "shelling", "arson"))
            if found == "shelling" and "bombing" in means:
                found = None
            return found or kind
        return kind
    if kind == "shelling":
        if lemma in {"bombard", "pound", "pummel", "bombardment", "lob"}:
            return _first(means, ("drone_attack", "missile_attack", "rocket_attack", "airstrike")) or (
                "airstrike" if _by_air(initiators) else kind
            )
        return kind
    if kind == "shooting":
        if lemma in {"fire", "fire at", "fire on", "fire into"}:
            found = _first(means, ("drone_attack", "missile_attack", "rocket_attack", "shelling", "bombing"))
            if found and ship and found in {"shelling"}:
                return "naval_attack"
            if found:
                return found
        return "airstrike" if _by_air(initiators) or ("airstrike" in means and not _fired_at_aircraft(targets)) else kind
    if kind == "rocket_attack":
        return _first(means, ("drone_attack", "missile_attack", "rocket_attack", "shelling", "airstrike", "bombing")) or kind
    if kind == "airstrike":
        if lemma == "strafe" and "airstrike" not in means and any(_is_people(t) for t in initiators):
            return "shooting"  # gunmen "strafe" houses
        if lemma == "drop" and "airstrike" not in means:
            return _first(means, ("drone_attack", "missile_attack", "shelling")) or kind
        return kind
    if kind == "assassination" and lemma in {"execute", "execution", "murder", "homicide"}:
        named = any("named_person" in nouns.classes(t) or _office(t) for t in targets)
        return "assassination" if named and lemma not in {"execution"} else "other_attack" if not named else "assassination"
    if kind == "other_attack":
        if lemma in {"kill", "killing", "slaying", "slay", "eliminate", "neutralise", "neutralize", "liquidate"}:
            found = _first(means, tuple(k for k in _ORDER if k not in {"other_attack", "ground_assault"}))
            if found:
                return found
            if any("named_person" in nouns.classes(t) or _office(t) for t in targets) and len(targets) == 1:
                return "assassination"
            return "ground_assault" if _armed(initiators) and _armed(targets) else "other_attack"
        if "suicide_bombing" in means or _suicide(event, doc):
            return "suicide_bombing"
        found = _first(means, tuple(k for k in _ORDER if k != "other_attack"))
        if found and not (found == "bombing" and lemma == "assault"):
            return "naval_attack" if ship and found in {"shooting", "shelling"} else found
        if ship:
            return "naval_attack"
        if (
            lemma in {"strike", "hit", "target", "attack", "destroy"}
            and event.extractor.startswith("verb:")
            and _by_air(initiators)
        ):
            return "airstrike"
        if lemma == "strike" and event.extractor.startswith("verb:") and initiators and not _by_rebels(initiators, doc):
            return "airstrike"
        if (lemma == "assault" or (lemma == "attack" and head.tag_ != "NNS")) and _on_ground(head, initiators, targets):
            return "ground_assault"
    return kind


def _first(means: set[str], order: tuple[str, ...]) -> str | None:
    return next((kind for kind in order if kind in means), None)


def _means(event: Event, doc: Doc) -> set[str]:
    """Event types that the weapons and modifiers of an event hint at."""
    head = doc[event.trigger]
    found: set[str] = set()
    for argument in event.arguments:
        if argument.role == "weapon":
            if argument.weapon:
                found.add(weapon_names()[argument.weapon][0])
            for token in doc[argument.start : argument.end]:
                found |= hints(token)
    if not event.extractor.startswith("verb:"):
        for token in [*doc[event.trigger_start : event.trigger_end], *syntax.premodifiers(head)]:
            if token.i != head.i:
                found |= hints(token)
    elif event.trigger_end - event.trigger_start == 1:
        for token in head.children:
            if token.dep_ == "advmod":
                found |= hints(token)
    found.discard("")
    return found


def hints(token: Token) -> set[str]:
    """Event types one word hints at; hyphenated words by their parts."""
    found: set[str] = set()
    for part in {token.lower_, *token.lower_.split("-")}:
        if part in _MEANS_WORDS:
            found.add(_MEANS_WORDS[part])
        elif part in weapon_hints():
            found.add(weapon_hints()[part][0])
    return found


def _suicide(event: Event, doc: Doc) -> bool:
    words = doc[event.start : event.end]
    return (
        any(t.lower_ in {"suicide", "kamikaze"} and abs(t.i - event.trigger) <= 12 for t in words)
        and not any(t.lower_ in {"drone", "drones"} for t in words)
    ) or any(t.lower_ in {"himself", "herself", "themselves"} and 0 < t.i - event.trigger <= 3 for t in words)


# Whom states look for, by what they did or belong to.
_SOUGHT = {
    "arsonist", "assassin", "attacker", "bandit", "bomber", "boss", "capo", "commander", "criminal", "dealer", "extremist", "extraditable", "fighter", "fugitive",
    "gangster", "guerrilla", "gunman", "hijacker", "infiltrator", "insurgent", "kidnapper", "killer", "kingpin", "leader", "lord", "mastermind", "member",
    "militant", "murderer", "perpetrator", "planter", "rebel", "robber", "smuggler", "subversive", "suspect", "terrorist", "thief", "thug", "trafficker",
}  # fmt: skip
_HOSTAGES = {"abducted", "abductors", "captive", "captors", "hostage", "hostages", "kidnapped", "kidnappers", "ransom"}


def _takes_one_known(head: Token) -> bool:
    """ "She was captured": somebody told of before."""
    return any(t.tag_ == "PRP" and t.lower_ not in {"it", "they"} for t in syntax.passive_subjects(head))


def _arrested(lemma: str, targets: list[Token], initiators: list[Token], doc: Doc) -> bool:
    """Whether people taken are taken by a state: its forces act, or those taken are what states call suspects.

    Where nobody is told to have done it, those captured are held by a state, unless they are soldiers or somebody's hostages.
    """
    for token in initiators:
        actor = doc._.actor_at.get(token.i)
        if actor is not None and doc._.actors[actor].actor_type in {"armed_group", "person"}:
            return False
        if actor is not None and doc._.actors[actor].actor_type in {"military", "government", "state"}:
            return True
        if token.lower_ in {"police", "army", "troops", "guards", "authorities", "forces", "soldiers"}:
            return True
    if any(singular(t.lower_) in _SOUGHT or any(m.lower_ in {"alleged", "suspected"} for m in t.lefts) for t in targets):
        return True
    if lemma != "capture" or initiators:
        return False
    held = any(t.lower_ in _HOSTAGES for target in targets[:1] for t in target.sent)
    return not held and not any(_is_soldier(t, doc) for t in targets)


def _is_soldier(token: Token, doc: Doc) -> bool:
    actor = doc._.actor_at.get(token.i)
    is_military = actor is not None and doc._.actors[actor].actor_type == "military"
    return is_military or "armed" in nouns.classes(token)


def _is_ship(token: Token) -> bool:
    return token.ent_type_ in {"PRODUCT", "VEHICLE"} and token.text.startswith(("MV", "MT", "USS", "HMS"))


def _is_people(token: Token) -> bool:
    return bool(nouns.classes(token) & {"person", "armed", "named_person"})


def _office(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or token.lower_ in {
        "president", "minister", "senator", "mayor", "governor", "candidate", "archbishop", "bishop", "ambassador", "commander", "leader", "general",
    }  # fmt: skip


def _by_air(tokens: list[Token]) -> bool:
    return any(
        "aircraft" in nouns.own_classes(t)
        or (t.lower_ in {"jets", "warplanes", "air", "airforce", "force"} and _air_force(t))
        for t in tokens
    )


def _fired_at_aircraft(targets: list[Token]) -> bool:
    return any("aircraft" in nouns.classes(t) for t in targets)


def _air_force(token: Token) -> bool:
    return token.lower_ != "force" or any(t.lower_ == "air" for t in token.lefts)


def _by_sea(tokens: list[Token]) -> bool:
    return any(nouns.own_classes(t) & {"ship"} for t in tokens)


def _by_rebels(tokens: list[Token], doc: Doc) -> bool:
    for token in tokens:
        actor = doc._.actor_at.get(token.i)
        if actor is not None and doc._.actors[actor].actor_type in {"armed_group", "person", "civilians"}:
            return True
        if actor is None and not token.ent_type_:
            return True
    return False


_GROUND_TARGETS = {
    "base", "bases", "post", "posts", "outpost", "outposts", "barracks", "checkpoint", "checkpoints", "garrison", "garrisons", "headquarters", "camp", "camps",
    "village", "villages", "town", "towns", "city", "station", "stations", "convoy", "convoys", "patrol", "patrols", "positions", "position", "prison",
}  # fmt: skip


def _armed(tokens: list[Token]) -> bool:
    return bool(tokens) and all("armed" in nouns.classes(t) and "named_person" not in nouns.classes(t) for t in tokens)


def _on_ground(head: Token, initiators: list[Token], targets: list[Token]) -> bool:
    """Fighters who attack fighters, a position, settlement or column by no other told means do so on the ground."""
    if _armed(initiators) and _armed(targets):
        return True
    return any("armed" in nouns.classes(t) for t in initiators) and any(t.lower_ in _GROUND_TARGETS for t in targets)
