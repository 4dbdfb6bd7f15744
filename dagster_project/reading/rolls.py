"""Who the harmed were, told by name a sentence later: "The dead men are A and B", "the hostages were named as C and D".

Belongs here: sentences that only name the victims of an act told before. Does not belong: names in the act's own clause
(``participants.py``), tolls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading.participants import ROLLED, Collector, identified
from dagster_project.reading.types import Event

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HARMED = {
    "captives",
    "dead",
    "deceased",
    "fatalities",
    "hostages",
    "injured",
    "kidnapped",
    "slain",
    "victim",
    "victims",
    "wounded",
}
_HARMED_ONE = {"abducted", "captured", "dead", "injured", "kidnapped", "killed", "murdered", "slain", "wounded"}
_REACH = 4  # sentences back to the act that is meant


def name_victims(doc: Doc, triggers: dict[int, int]) -> None:
    """Add the names to the act that harmed people last before them. ``triggers``: token -> event."""
    sentences = list(doc.sents)
    for n, sentence in enumerate(sentences):
        for token in sentence:
            if token.i in triggers or not _are_the_harmed(token):
                continue
            names = identified(token)
            event = _act_before(doc, sentences[max(n - _REACH, 0)].start, sentence.start) if names else None
            if event is not None:
                found = Collector(event, doc, triggers)
                for name in names:
                    found.add("victim", doc[name.start : name.end].root, ROLLED)


def _are_the_harmed(token: Token) -> bool:
    if token.lower_ in _HARMED:
        return True
    return token.tag_ in {"NN", "NNS"} and any(t.lower_ in _HARMED_ONE for t in token.lefts)


def _act_before(doc: Doc, floor: int, end: int) -> Event | None:
    acts = [
        e
        for e in doc._.events
        if floor <= e.trigger < end and e.realis == "actual" and any(a.role == "victim" for a in e.arguments)
    ]
    return acts[-1] if acts else None
