"""How far two annotators of the conflict news agree: the sample to annotate twice, and the figures.

Belongs here: choosing sentences of the open half, printing them without marks, reading a second annotation of them and
comparing it with the first. Does not belong here: the corpus's own format (``training.check_corpus``), scores of a model.

``python -m training.agreement blank`` prints the sample for the second annotator; ``python -m training.agreement score``
prints the table of agreement. The format of a second annotation is described in ``data/conflict/README.md``.
"""

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # its stubs are no dependency of ours

from training.check_corpus import Name, find_word, parse_line, read_article

CONFLICT = Path(__file__).parent / "data" / "conflict"
SAMPLE_SIZE = 50
ROLES = ("head", "agent", "object")
NO_NAME = "O"
_KEY = re.compile(r"(?P<article>[^\s:]+):(?P<line>\d+)\t(?P<marked>.+)")
_TOKEN = re.compile(r"\w+|[^\w\s]")

Key = tuple[str, int]  # article, line (the title is line 1)
Span = tuple[int, int]  # characters of the sentence's plain text, end excluded


@dataclass
class Annotated:
    """One sentence as one annotator sees it: its plain text, names, and clauses.

    ``words`` lists the triggers as written, in file order. ``clauses`` maps a trigger's span to the spans of head, agent
    and object: "ROOT" for a head that is the root, None for a role the sentence does not name.
    """

    text: str
    names: tuple[Name, ...]
    words: list[str] = field(default_factory=list)
    clauses: dict[Span, dict[str, Span | str | None]] = field(default_factory=dict)

    def add_clause(self, clause: dict[str, Any], where: str) -> None:
        """Raises ValueError if a key is missing, a word is not in the sentence, or the trigger has a clause already."""
        missing = [key for key in ("trigger", *ROLES) if key not in clause]
        if missing:
            raise ValueError(f"{where}: a clause lacks {', '.join(missing)}")

        def span(reference: str) -> Span:
            found = find_word(self.text, reference)
            if found is None:
                raise ValueError(f"{where}: {reference!r} is not a word of {self.text[:70]!r}")
            return found

        def role(name: str) -> Span | str | None:
            word = clause[name]
            return word if word is None or (name == "head" and word == "ROOT") else span(word)

        trigger = span(clause["trigger"])
        if trigger in self.clauses:
            raise ValueError(f"{where}: two clauses of the trigger {clause['trigger']!r}")
        self.words.append(clause["trigger"])
        self.clauses[trigger] = {name: role(name) for name in ROLES}


def read_first(folder: Path) -> dict[Key, Annotated]:
    """Every sentence of a half of the corpus, in order of article and line."""
    sentences: dict[Key, Annotated] = {}
    for path in sorted(folder.glob("*.ann")):
        article = read_article(path)
        for sentence in article.sentences:
            sentences[article.doc_id, sentence.number] = Annotated(sentence.text, sentence.names)
        clause_path = path.with_suffix(".clauses.yaml")
        if clause_path.exists():
            for clause in yaml.safe_load(clause_path.read_text(encoding="utf-8")) or []:
                key = (article.doc_id, clause["line"])
                sentences[key].add_clause(clause, f"{path.stem}:{clause['line']}")
    return sentences


def read_second(ann: Path, clauses: Path) -> dict[Key, Annotated]:
    """A second annotation. Raises ValueError, naming the place, on a broken line or a clause of no listed sentence."""
    sentences: dict[Key, Annotated] = {}
    for number, raw in enumerate(ann.read_text(encoding="utf-8").splitlines(), 1):
        if not raw.strip():
            continue
        found = _KEY.fullmatch(raw.strip())
        if found is None:
            raise ValueError(f"{ann.name}, row {number}: not 'article:line', a tab and a sentence")
        key = (found["article"], int(found["line"]))
        if key in sentences:
            raise ValueError(f"{ann.name}, row {number}: {key[0]}:{key[1]} occurs twice")
        sentences[key] = Annotated(*parse_line(found["marked"]))
    for clause in yaml.safe_load(clauses.read_text(encoding="utf-8")) or []:
        key = (clause["article"], clause["line"])
        where = f"{clauses.name}, {key[0]}:{key[1]}"
        if key not in sentences:
            raise ValueError(f"{where}: no such sentence in {ann.name}")
        sentences[key].add_clause(clause, where)
    return sentences


def sample(sentences: dict[Key, Annotated], size: int = SAMPLE_SIZE) -> list[Key]:
    """The ``size`` sentences with a clause whose digests of "article:line" are smallest, in order of article and line.

    Digests spread the choice over the articles, and an added article changes only the few sentences it displaces.
    """
    with_clause = [key for key, sentence in sentences.items() if sentence.clauses]
    by_digest = sorted(with_clause, key=lambda key: hashlib.sha256(f"{key[0]}:{key[1]}".encode()).hexdigest())
    return sorted(by_digest[:size])


def blank(sentences: dict[Key, Annotated], keys: Sequence[Key]) -> Iterator[str]:
    """Lines for the annotator: each sentence without marks, numbered, then its triggers in order of the text."""
    for number, key in enumerate(keys, 1):
        sentence = sentences[key]
        triggers = [word for _, word in sorted(zip(sentence.clauses, sentence.words, strict=True))]
        yield f"{number}. {key[0]}:{key[1]}\t{sentence.text}"
        yield f"   triggers: {', '.join(triggers)}"


def f_score(first: set, second: set) -> float:
    """F1 of two sets, each as good a reference as the other; 1.0 if both are empty."""
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 1.0


def token_labels(sentence: Annotated) -> list[str]:
    """The label of each word and punctuation mark of the sentence, "O" outside names."""
    return [
        next((n.label for n in sentence.names if n.start < token.end() and token.start() < n.end), NO_NAME)
        for token in _TOKEN.finditer(sentence.text)
    ]


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa (1960) of two label sequences over the same tokens; 1.0 if both know one and the same label only."""
    total = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / total
    ours, theirs = Counter(first), Counter(second)
    chance = sum(ours[label] * theirs[label] for label in ours) / total**2
    return (observed - chance) / (1 - chance) if chance < 1 else 1.0


@dataclass(frozen=True)
class RoleAgreement:
    """Over shared triggers: how many agree on a role, and of those where either annotator fills it (``filled``)."""

    same: int
    total: int
    same_filled: int
    filled: int


@dataclass(frozen=True)
class Result:
    """The figures of the table. ``only_first`` and ``only_second`` count triggers that one annotator alone has."""

    sentences: int
    tokens: int
    names_first: int
    names_second: int
    labelled_f: float
    span_f: float
    token_kappa: float
    roles: dict[str, RoleAgreement]
    whole_same: int
    triggers: int
    only_first: int
    only_second: int


def compare(first: dict[Key, Annotated], second: dict[Key, Annotated]) -> Result:
    """Agreement over the sentences of ``second``. Raises ValueError if it is empty or a sentence is not the first's."""
    if not second:
        raise ValueError("the second annotation holds no sentence")
    names: tuple[set, set] = (set(), set())
    labels: tuple[list[str], list[str]] = ([], [])
    pairs: list[tuple[dict[str, Span | str | None], dict[str, Span | str | None]]] = []
    only_first = only_second = 0
    for key, theirs in second.items():
        ours = first.get(key)
        if ours is None or ours.text != theirs.text:
            raise ValueError(f"{key[0]}:{key[1]} is no sentence of the first annotation: {theirs.text[:70]!r}")
        for side, sentence in enumerate((ours, theirs)):
            names[side].update((key, n.start, n.end, n.label) for n in sentence.names)
            labels[side].extend(token_labels(sentence))
        shared = [trigger for trigger in ours.clauses if trigger in theirs.clauses]
        pairs += [(ours.clauses[trigger], theirs.clauses[trigger]) for trigger in shared]
        only_first += len(ours.clauses) - len(shared)
        only_second += len(theirs.clauses) - len(shared)
    roles = {}
    for role in ROLES:
        filled = [(a[role], b[role]) for a, b in pairs if a[role] is not None or b[role] is not None]
        same_filled = sum(a == b for a, b in filled)
        roles[role] = RoleAgreement(same_filled + len(pairs) - len(filled), len(pairs), same_filled, len(filled))
    return Result(
        sentences=len(second),
        tokens=len(labels[0]),
        names_first=len(names[0]),
        names_second=len(names[1]),
        labelled_f=f_score(*names),
        span_f=f_score(*({name[:3] for name in side} for side in names)),
        token_kappa=kappa(*labels),
        roles=roles,
        whole_same=sum(a == b for a, b in pairs),
        triggers=len(pairs),
        only_first=only_first,
        only_second=only_second,
    )


def table(result: Result) -> Iterator[str]:
    """The figures as rows of a Markdown table."""

    def share(same: int, total: int) -> str:
        return f"{same / total:.3f} ({same} of {total})" if total else "none"

    yield f"| agreement over {result.sentences} sentences | |"
    yield "|---|---|"
    yield f"| names: first, second | {result.names_first}, {result.names_second} |"
    yield f"| names: F1 of span and label | {result.labelled_f:.3f} |"
    yield f"| names: F1 of span | {result.span_f:.3f} |"
    yield f"| names: Cohen's kappa over the labels of {result.tokens} tokens | {result.token_kappa:.3f} |"
    for role, agreed in result.roles.items():
        yield f"| clauses: {role} | {share(agreed.same, agreed.total)} |"
        if agreed.filled < agreed.total:
            yield f"| clauses: {role}, where either names one | {share(agreed.same_filled, agreed.filled)} |"
    yield f"| clauses: head, agent and object together | {share(result.whole_same, result.triggers)} |"
    yield f"| triggers of one annotation only: first, second | {result.only_first}, {result.only_second} |"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Agreement of two annotators of the conflict news.")
    parser.add_argument("--open", type=Path, default=CONFLICT / "open", help="the first annotation's folder")
    commands = parser.add_subparsers(dest="command", required=True)
    blanks = commands.add_parser("blank", help="print the sentences to annotate, without marks")
    blanks.add_argument("--size", type=int, default=SAMPLE_SIZE)
    score = commands.add_parser("score", help="compare a second annotation with the first")
    score.add_argument(
        "--second", type=Path, default=CONFLICT / "second", help="folder of second.ann and second.clauses.yaml"
    )
    options = parser.parse_args(arguments)
    first = read_first(options.open)
    if options.command == "blank":
        rows = blank(first, sample(first, options.size))
    else:
        rows = table(compare(first, read_second(options.second / "second.ann", options.second / "second.clauses.yaml")))
    for row in rows:
        print(row)


if __name__ == "__main__":
    main()
