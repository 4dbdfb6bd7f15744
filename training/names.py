"""Where proper names begin and end in a treebank that tags them, and what kind GUM's mentions say they are."""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

from dataclasses import dataclass

from training.conllu import Sentence, Word

NAME_TAGS = ("NNP", "NNPS")
# Words before a name that say what its bearer is: the name begins after them (OntoNotes, UNER).
TITLES = frozenset(
    """mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor president vice prime minister secretary senator sen. sen
    congressman congresswoman representative rep. rep gov. governor mayor judge justice chief king queen prince princess
    sir lord lady pope father sister brother rev. rev reverend imam ayatollah sheikh shaikh sheik sayyid mullah general
    gen. gen colonel col. col lt. lt lieutenant maj. maj major capt. capt captain sgt. sgt sergeant cpl. cpl corporal pvt.
    private admiral adm. adm commander cmdr. brigadier brig. marshal officer detective inspector spokesman spokeswoman
    ambassador amb. chairman chairwoman director deputy minister chancellor premier emir sultan uncle aunt coach saint
    attorney foreign defense defence undersecretary state st. hon. hon mp comrade""".split()
)
INSIDE = frozenset(
    {
        "of",
        "the",
        "and",
        "&",
        "-",
        "'s",
        "’s",
        "for",
        "de",
        "la",
        "el",
        "al",
        "bin",
        "ibn",
        "von",
        "van",
        "in",
        "du",
        "del",
        ".",
    }
)


@dataclass(frozen=True)
class Span:
    """Tokens `start:end` of a sentence; `kind` as the source says (PER, ORG, LOC, EVENT, NONE) or None if unknown."""

    start: int
    end: int
    kind: str | None = None


def _is_name(word: Word) -> bool:
    return word.xpos in NAME_TAGS and any(c.isalpha() for c in word.form)


def candidates(sentence: Sentence) -> list[Span]:
    """Maximal runs of proper nouns that hang together in the tree, titles cut off."""
    words = sentence.words
    spans: list[Span] = []
    index = 0
    while index < len(words):
        if not _is_name(words[index]):
            index += 1
            continue
        end = index + 1
        while end < len(words):
            if _is_name(words[end]):
                end += 1
                continue
            ahead = _join(words, index, end)
            if ahead is None:
                break
            end = ahead
        start = _after_titles(words, index, end)
        if start < end:
            spans.append(Span(start, end))
        index = end
    return spans


def _join(words: list[Word], start: int, end: int) -> int | None:
    """The end of the name if it runs on over linking words or digits after `end`, else None."""
    word = words[end]
    if (
        word.form.isdigit()
        and len(word.form) < 4
        and word.deprel in ("nummod", "flat", "dep", "compound", "nmod:desc", "nmod:unmarked")
    ):
        return end + 1 if start <= word.head < end else None
    if (
        word.form == ","
        and end + 1 < len(words)
        and words[end + 1].form.lower().rstrip(".") in ("inc", "ltd", "llc", "corp", "lp", "l.p")
    ):
        return end + 2
    ahead = end
    while ahead < len(words) and ahead - end < 3 and words[ahead].form.lower() in INSIDE and not _is_name(words[ahead]):
        ahead += 1
    if ahead == end or ahead >= len(words) or not _is_name(words[ahead]):
        return None
    links = [w.form.lower() for w in words[end:ahead]]
    if links in (["-"], ["&"], ["."]):
        return ahead + 1
    if links[0] in ("of", "for") and links != ["of", "the", "and"]:
        # "University of Texas", "Department of the Interior", not "President of Iraq", "Smith of Texas".
        head_word = words[end - 1].form.lower().rstrip("s")
        return ahead + 1 if head_word in INSTITUTIONS else None
    if links == ["and"]:
        return (
            ahead + 1
            if words[start].form.lower().rstrip("s") in ("department", "ministry", "committee", "office", "bureau")
            else None
        )
    if links[0] in ("de", "la", "el", "al", "bin", "ibn", "von", "van", "du", "del"):
        return ahead + 1
    if links in (["'s"], ["’s"]):
        # "McDonald 's", but "Iraq 's Ministry" is two names.
        return None
    return None


def _after_titles(words: list[Word], start: int, end: int) -> int:
    while start < end and words[start].form.lower() in TITLES and end - start > 1:
        if words[start].form.lower() in (
            "state",
            "foreign",
            "chief",
            "defense",
            "defence",
            "justice",
            "general",
            "major",
            "prime",
            "st.",
            "saint",
            "father",
            "king",
            "queen",
            "prince",
        ):
            following = words[start + 1].form.lower()
            if words[start].form.lower() in ("st.", "saint", "king", "prince") or following in INSTITUTIONS:
                break
        start += 1
        if start < end and words[start].form in ("-", "of"):
            start += 1
    if end - start == 1 and words[start].form.lower() in TITLES:
        return end
    return start


INSTITUTIONS = frozenset(
    """university college school institute department ministry bank house city gulf bay museum church hospital council
    board bureau office academy association federation union league organization organisation society party front army
    state republic kingdom court commission committee center centre chamber strait sea cape isle mount lake port fort
    tower bridge temple mosque hall library agency administration corp corps brotherhood movement battle treaty district
    province county town village valley river community coalition confederation congress parliament force command
    authority fund programme program service group company brigade guardian son state""".split()
)


def gum_mentions(sentences: list[Sentence]) -> list[list[Span]]:
    """The entity mentions of GUM's `Entity` brackets, per sentence; kind is GUM's type (person, place, ...)."""
    result: list[list[Span]] = []
    opened: list[tuple[str, int, int, str]] = []  # id, sentence, token, type
    for number, sentence in enumerate(sentences):
        result.append([])
        for index, word in enumerate(sentence.words):
            text = word.misc.get("Entity", "")
            position = 0
            while position < len(text):
                if text[position] == "(":
                    stop = position + 1
                    while stop < len(text) and text[stop] not in "()":
                        stop += 1
                    parts = text[position + 1 : stop].split("-")
                    opened.append((parts[0], number, index, parts[1] if len(parts) > 1 else ""))
                    if stop < len(text) and text[stop] == ")":
                        # "(12-place-...)": opens and closes here, unless the bracket belongs to an outer id.
                        _close(opened, result, parts[0], number, index)
                        stop += 1
                    position = stop
                else:
                    stop = position
                    while stop < len(text) and text[stop] != ")":
                        stop += 1
                    _close(opened, result, text[position:stop], number, index)
                    position = stop + 1
    return result


def _close(opened: list[tuple[str, int, int, str]], result: list[list[Span]], name: str, number: int, index: int) -> None:
    for at in range(len(opened) - 1, -1, -1):
        key, sentence, start, kind = opened[at]
        if key == name:
            del opened[at]
            if sentence == number:
                result[number].append(Span(start, index + 1, kind))
            return


def head_of(words: list[Word], start: int, end: int) -> int:
    """The token of `start:end` that is governed from outside (the first one, if several)."""
    for index in range(start, end):
        if words[index].head == index or not start <= words[index].head < end:
            return index
    return start


GUM_KINDS = {"person": "PER", "place": "LOC", "organization": "ORG", "event": "EVENT"}


def from_mentions(sentence: Sentence, mentions: list[Span], kinds: dict[str, str]) -> list[Span]:
    """Candidates of `sentence` with the kind of the smallest mention they are the head of; None where there is none."""
    spans = []
    for span in candidates(sentence):
        head = head_of(sentence.words, span.start, span.end)
        around = [
            m
            for m in mentions
            if m.start <= head < m.end and span.start <= head_of(sentence.words, m.start, m.end) < span.end
        ]
        if around:
            smallest = min(around, key=lambda m: (m.end - m.start, m.start))
            spans.append(Span(span.start, span.end, kinds.get(smallest.kind or "", "NONE")))
        else:
            spans.append(span)
    return spans
