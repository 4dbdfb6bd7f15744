"""Named features of a pair of reports, and what forbids that they are one incident.

Belongs here: comparing two profiles, each feature one level of a small scale. Does not belong: what a level is worth
(``scoring.py``), which pairs are compared (``blocking.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dagster_project.resolution.hierarchy import Hierarchy, spelled_alike
from dagster_project.resolution.kinds import affinity
from dagster_project.resolution.places import Atlas
from dagster_project.resolution.profiles import Profile, weapon_classes

Features = dict[str, str]
Toll = tuple[int | None, int | None]

# A report names its publication day's local date, an event another one's: one day is allowed for time zones.
_ZONES = timedelta(days=1)
_NONE = timedelta(0)
_PROMPT_DAYS = 3
# Where fighting goes on every day, two stories without a date are of one day only if they appear together.
_TOGETHER_DAYS = 1
_SOON_DAYS = 14
# What forbids that two reports tell one incident, whatever else agrees.
_GRAIN = "an aggregate and a single incident"
_DATES = "dates that do not meet"
_TOLD_BEFORE = "told before it happened"
_FAR = "places far apart"
_INITIATORS = "different initiators"
_EXCHANGED = "attacker and attacked exchanged"
CONTRADICTIONS = (_GRAIN, _DATES, _TOLD_BEFORE, _FAR, _INITIATORS, _EXCHANGED)
_TOLL_ORDER = ("same_large", "same", "same_small", "risen", "compatible", "close", "different")
# Counts of one incident are brought up to date within this time.
_UPDATED_DAYS = 30
_EXPLODING = frozenset({"explosive", "artillery", "rocket", "missile", "aircraft", "drone"})
# Revised tolls of one incident seldom differ by more than this factor.
_REVISION = 0.5


@dataclass(slots=True)
class Comparer:
    """Compares profiles against one set of resolved actors and places."""

    hierarchy: Hierarchy
    atlas: Atlas

    def features(self, a: Profile, b: Profile) -> Features:
        """Level of each feature; symmetric in a and b."""
        found = {
            "time": _starts(a, b) if a.is_aggregate and b.is_aggregate else _time(a, b),
            "place": self._place(a, b),
            "kind": affinity(a.event_type, b.event_type),
            "initiator": self._initiator(a, b),
            "target": self._target(a, b),
            "aim": _aim(a, b),
            "person": _persons(a.people, b.people),
            "vessel": _shared(a.vessels, b.vessels),
            "killed": _told_later(a, b, lambda p: p.killed),
            "injured": _told_later(a, b, lambda p: p.injured),
            "weapon": _weapon(a, b),
            "text": _text(a, b),
        }
        found["context"] = self._context(a, b, found["place"])
        if found["place"] == "unlike" and found["context"].startswith("place") and not self._is_far(a, b):
            # A site that is not on the map, told with the other's town in its sentence, is in or near it for all we know.
            found["place"] = "vague"
        if found["killed"] == "same_large" and found["place"] in ("site", "near", "area"):
            found["identity"] = "toll_at_place"
        if a.is_aggregate and b.is_aggregate:
            found["attacks"] = _attacks(a, b)
        return found

    def contradiction(self, a: Profile, b: Profile) -> str | None:
        """Why two reports cannot tell one incident, whatever else agrees; None if nothing forbids it."""
        if a.is_aggregate != b.is_aggregate:
            return _GRAIN
        if _ends_before(a, b) or _ends_before(b, a):
            return _DATES
        if _starts_after_publication(a, b) or _starts_after_publication(b, a):
            return _TOLD_BEFORE
        if self._is_far(a, b):
            return _FAR
        if self._different_initiators(a, b):
            return _INITIATORS
        if self._swapped(a, b) or self._swapped(b, a):
            return _EXCHANGED
        return None

    def _is_far(self, a: Profile, b: Profile) -> bool:
        return self.atlas.best(a.places, b.places) == "far"

    def _target(self, a: Profile, b: Profile) -> str:
        relation = self.hierarchy.best(a.targets, b.targets)
        if relation is not None:
            return relation
        one, other = self._target_sides(a), self._target_sides(b)
        return "side" if one & other else "unknown"

    def _target_sides(self, p: Profile) -> set[str]:
        return {*p.target_sides, *(self.hierarchy.side(t) for t in p.targets)}

    def _place(self, a: Profile, b: Profile) -> str:
        relation = self.atlas.best(a.places, b.places)
        if relation is None:
            return self._guess(a, b)
        return relation if relation != "far" else "unlike"

    def _guess(self, a: Profile, b: Profile) -> str:
        """Where a text is set says no more of a report without a place than the country, and nothing if it is another."""
        one, other = (
            {c for place in p.places or p.guessed_places for c in self.atlas.nodes[place].countries} for p in (a, b)
        )
        return "guessed" if one & other else "unknown"

    def _context(self, a: Profile, b: Profile, place: str) -> str:
        """What their sentences name, where the roles alone do not show that they are about the same."""
        is_here = place not in ("site", "near", "area") and self.atlas.best(
            a.places + a.near_places, b.places + b.near_places
        ) in ("site", "near", "area")
        is_about = bool(set(a.near_people) & set(b.near_people))
        if is_here:
            return "place_and_names" if is_about else "place"
        return "names" if is_about else "other"

    def _initiator(self, a: Profile, b: Profile) -> str:
        relation = self.hierarchy.best(a.initiators, b.initiators)
        if relation == "different" and not self._different_initiators(a, b):
            return "unknown"
        if relation is not None:
            return relation
        suspected = self.hierarchy.best(a.initiators or a.suspects, b.initiators or b.suspects)
        if suspected in ("same", "side", "described"):
            return "suspected"
        return "unknown"

    def _different_initiators(self, a: Profile, b: Profile) -> bool:
        one = tuple(i for i in a.initiators if self.hierarchy.is_specific(i))
        other = tuple(i for i in b.initiators if self.hierarchy.is_specific(i))
        if not (one and other) or self.hierarchy.best(a.initiators, b.initiators) != "different":
            return False
        return not (self._may_lead(a.initiators, b.initiators) or self._is_part(a, b) or self._is_part(b, a))

    def _is_part(self, a: Profile, b: Profile) -> bool:
        """Whether a's attacker may be a part of b's, which a names too, and not as attacked: "the FARC said its Eastern Bloc"."""
        is_known = any(self.hierarchy.is_known(i) for i in a.initiators)
        named = set(a.near_people) & set(b.initiators) - set(a.targets)
        return bool(named) and not is_known

    def _may_lead(self, doers: tuple[str, ...], others: tuple[str, ...]) -> bool:
        """Whether one report names persons whose side it does not tell, the other a side: a general, an army."""
        one, other = ({self.hierarchy.is_lone(i) for i in many} for many in (doers, others))
        return len(one) == len(other) == 1 and one != other

    def _swapped(self, a: Profile, b: Profile) -> bool:
        """Whether b's side attacks whom a tells as attacker, and nobody did both."""
        if not (a.initiators and b.initiators and a.targets):
            return False
        if self.hierarchy.best(a.initiators, b.initiators) in ("same", "side", "described"):
            return False
        return self.hierarchy.best(a.targets, b.initiators) in ("same", "side") and self.hierarchy.best(
            a.initiators, b.targets
        ) in ("same", "side", "described")


def _ends_before(a: Profile, b: Profile) -> bool:
    # A week begins on Sunday or on Monday, by who counts.
    is_loose = a.is_night or "week" in (a.precision, b.precision)
    return a.end is not None and b.start is not None and a.end + (_ZONES if is_loose else _NONE) < b.start


def _starts_after_publication(a: Profile, b: Profile) -> bool:
    return a.start is not None and b.published is not None and a.start > b.published + _ZONES


def _time(a: Profile, b: Profile) -> str:
    if a.is_dated and b.is_dated:
        if a.precision == b.precision == "day" and a.start == b.start:
            return "same_day"
        longest = max(_span(a), _span(b))
        if longest <= 8:
            return "overlap_short"
        return "overlap_month" if longest <= 31 else "overlap_long"
    if not a.is_dated and not b.is_dated:
        if a.published is None or b.published is None:
            return "unknown"
        days = abs((a.published - b.published).days)
        if days <= _TOGETHER_DAYS:
            return "published_together"
        return "published_near" if days <= _SOON_DAYS else "published_apart"
    dated, undated = (a, b) if a.is_dated else (b, a)
    moment: date | None = dated.end or dated.start
    if undated.published is None or moment is None:
        return "unknown"
    days = (undated.published - min(moment, undated.published)).days
    return _gap(days, "day_before_publication", "weeks_before_publication", "long_before_publication")


def _gap(days: int, prompt: str, soon: str, late: str) -> str:
    return prompt if days <= _PROMPT_DAYS else soon if days <= _SOON_DAYS else late


def _starts(a: Profile, b: Profile) -> str:
    """Aggregates are told apart by where they begin to count."""
    if a.start is not None and b.start is not None:
        # "since early April" and "since April": within a month, or a year where only the year is told.
        loose = 31 if "year" not in (a.precision, b.precision) else 366
        return "same_start" if a.start == b.start or abs((a.start - b.start).days) < loose else "other_start"
    if a.since and a.since == b.since:
        return "same_words"
    if a.published is None or b.published is None:
        return "unknown"
    return _gap(abs((a.published - b.published).days), "told_together", "published_near", "published_apart")


def _span(p: Profile) -> int:
    if p.start is None or p.end is None:
        return 9999
    return (p.end - p.start).days + 1


def _aim(a: Profile, b: Profile) -> str:
    if not a.target_words or not b.target_words:
        return "unknown"
    shared = len(a.target_words & b.target_words)
    if not shared:
        return "other_words"
    return "same_words" if shared >= 2 and 2 * shared >= min(len(a.target_words), len(b.target_words)) else "shared_word"


def _shared(names: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Whether what is named in one and in the other has a name in common."""
    if not names or not others:
        return "unknown"
    return "same" if set(names) & set(others) else "different"


def _persons(people: tuple[str, ...], others: tuple[str, ...]) -> str:
    level = _shared(people, others)
    if level == "different" and any(spelled_alike(x, y) for x in people for y in others):
        return "alike"
    return level


def _told_later(a: Profile, b: Profile, tolls: Callable[[Profile], tuple[Toll, ...]]) -> str:
    """The agreement of two reports' tolls; ``risen`` where the later one counts more, as counts go while rescuers dig."""
    level = toll(tolls(a), tolls(b))
    if level != "close" or a.published is None or b.published is None or a.published == b.published:
        return level
    earlier, later = sorted((a, b), key=lambda p: p.published or date.min)
    is_update = (later.published - earlier.published).days <= _UPDATED_DAYS  # type: ignore[operator]
    rises = max(map(_number, tolls(earlier))) < max(map(_number, tolls(later)))
    return "risen" if is_update and rises else level


def toll(many: tuple[Toll, ...], others: tuple[Toll, ...]) -> str:
    """The best agreement between any two of the tolls."""
    if not many or not others:
        return "unknown"
    if len(many) == 1 == len(others):
        return _tolls(many[0], others[0])
    return min((_tolls(x, y) for x in many for y in others), key=_TOLL_ORDER.index)


def _tolls(x: Toll, y: Toll) -> str:
    if x == y and x[0] == x[1] and x[0] is not None:
        return "same_large" if x[0] >= 10 else "same" if x[0] >= 3 else "same_small"
    low = max(x[0] or 0, y[0] or 0)
    highs = [h for h in (x[1], y[1]) if h is not None]
    if not highs or low <= min(highs):
        return "compatible"
    one, other = _number(x), _number(y)
    return "close" if min(one, other) >= _REVISION * max(one, other) and min(one, other) > 0 else "different"


def _number(x: Toll) -> int:
    return x[0] if x[0] is not None else x[1] or 0


def _attacks(a: Profile, b: Profile) -> str:
    one, other = a.attacks[0] or a.attacks[1], b.attacks[0] or b.attacks[1]
    if one is None or other is None:
        return "unknown"
    return "same" if one == other else "different"


def _weapon(a: Profile, b: Profile) -> str:
    if not a.weapons or not b.weapons:
        return "unknown"
    if set(a.weapons) & set(b.weapons):
        return "same"
    classes = weapon_classes()
    one, other = {classes.get(w, w) for w in a.weapons}, {classes.get(w, w) for w in b.weapons}
    if one & other:
        return "class"
    # "Bombs fell": whatever explodes is called one.
    return "loose" if "bomb" in (*a.weapons, *b.weapons) and one | other <= _EXPLODING else "different"


def _text(a: Profile, b: Profile) -> str:
    smaller = min(len(a.words), len(b.words))
    if smaller < 4:
        return "other"
    shared = len(a.words & b.words)
    union = len(a.words) + len(b.words) - shared
    if shared >= 0.8 * union:
        return "copy"
    if shared >= 0.4 * union:
        return "alike"
    return "related" if shared >= 0.25 * union or shared >= 0.6 * smaller else "other"
