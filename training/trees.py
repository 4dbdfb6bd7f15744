"""Trees of our own news: drafted by the shipped pipeline, put right by hand, kept as CoNLL-U in `data/conflict/trees/`.

One file an article, one sentence an annotated line (`sent_id = ARTICLE:LINE`), the words those of the pipeline's
tokenizer. Articles of the open half and of `names` may have a file; the sealed half never has.

`python -m training.trees draft ARTICLE...` writes what the pipeline reads; `show ARTICLE` prints it a sentence a line;
`correct ARTICLE FILE` applies rows `LINE WORD HEAD RELATION` (numbers from 1, head 0 is the root); `check` tells what is
no tree and what differs from the annotated attack clauses.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from training import conllu, corpus

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

TREES = corpus.CONFLICT / "trees"
# What is added to the network's own reading.
RULES = ("conflict_sentences", "entity_rules", "parse_repairs", "checked_lemmas")


def of_article(name: str, root: Path = TREES) -> dict[int, conllu.Sentence]:
    """The trees of an article by the number of their line; none where it has no file."""
    path = root / f"{name}.conllu"
    if not path.exists():
        return {}
    return {int(s.name.rpartition(":")[2]): s for document in conllu.read(path) for s in document.sentences}


def line_tokens(doc: Doc, line: corpus.Line) -> list[Token]:
    """The words of an annotated line."""
    span = doc.char_span(line.start, line.end, alignment_mode="expand")
    return [token for token in span if not token.is_space]


def draft(nlp: Language, article: corpus.Article) -> list[conllu.Sentence]:
    """What the pipeline alone, without the rules that mend its trees, reads of each annotated line."""
    doc = nlp.make_doc(article.text)
    lines = [line_tokens(doc, line) for line in article.lines]
    starts = {tokens[0].i for tokens in lines}
    for token in doc:
        token.is_sent_start = token.i in starts
    for name, pipe in nlp.pipeline:
        if name not in RULES:
            doc = pipe(doc)
    found = []
    for line, tokens in zip(article.lines, lines, strict=True):
        where = {token.i: place for place, token in enumerate(tokens)}
        words = [
            conllu.Word(
                token.text,
                "_",  # lemmas are the business of rules, not of training
                token.pos_,
                token.tag_,
                str(token.morph),
                where.get(token.head.i, place),
                "root" if token.head == token else token.dep_,
                {},
                bool(token.whitespace_),
            )
            for place, token in enumerate(tokens)
        ]
        opens = line.start in article.paragraphs or line.number == 1
        found.append(conllu.Sentence(words, opens, f"{article.name}:{line.number}"))
    return found


def corrected(sentence: conllu.Sentence, rows: list[tuple[int, int, str]]) -> conllu.Sentence:
    """The sentence with other heads and relations: (word, head, relation), numbers from 1, head 0 the root.

    Raises:
        ValueError: a number is none of the sentence, or what comes out is no tree.
    """
    words = list(sentence.words)
    for number, head, relation in rows:
        if not (1 <= number <= len(words) and 0 <= head <= len(words)):
            raise ValueError(f"{sentence.name}: no word {number} or head {head}")
        words[number - 1] = replace(words[number - 1], head=head - 1 if head else number - 1, deprel=relation)
    result = conllu.Sentence(words, sentence.opens_paragraph, sentence.name)
    if wrong := fault(result):
        raise ValueError(f"{sentence.name}: {wrong}")
    return result


def fault(sentence: conllu.Sentence) -> str | None:
    """Why the sentence is no Universal Dependencies tree, or None."""
    heads = [word.head for word in sentence.words]
    if not _is_tree(heads):
        return "no tree with one root"
    for number, word in enumerate(sentence.words):
        if (word.deprel == "root") != (word.head == number):
            return f"word {number + 1}: relation {word.deprel}, head {word.head + 1}"
    return None


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether all words lead to one root, which is its own head."""
    if sum(head == index for index, head in enumerate(heads)) != 1:
        return False
    for start in range(len(heads)):
        index, steps = start, 0
        while heads[index] != index and steps <= len(heads):
            index, steps = heads[index], steps + 1
        if heads[index] != index:
            return False
    return True


def to_text(sentence: conllu.Sentence) -> str:
    """One line to read: `1 The ^2 det | 2 army ^3 nsubj | ...`."""
    parts = [
        f"{number} {word.form} ^{0 if word.head == number - 1 else word.head + 1} {word.deprel}"
        for number, word in enumerate(sentence.words, 1)
    ]
    return f"{sentence.name}: " + " | ".join(parts)


def write(path: Path, sentences: list[conllu.Sentence]) -> None:
    rows = [f"# newdoc id = {path.stem}"]
    for sentence in sentences:
        rows += [*(["# newpar"] if sentence.opens_paragraph else []), f"# sent_id = {sentence.name}"]
        for number, word in enumerate(sentence.words, 1):
            head = 0 if word.head == number - 1 else word.head + 1
            rows.append(
                f"{number}\t{word.form}\t_\t{word.upos}\t{word.xpos}\t{word.feats or '_'}\t{head}\t{word.deprel}\t_\t"
                + ("_" if word.space_after else "SpaceAfter=No")
            )
        rows.append("")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def disagreements(article: corpus.Article, trees: dict[int, conllu.Sentence]) -> Iterator[str]:
    """Annotated triggers whose head in the tree is another one than the attack clause says."""
    lines = {line.number: line for line in article.lines}
    for clause in article.clauses:
        sentence = trees.get(clause.line)
        if sentence is None:
            continue
        at, place = {}, lines[clause.line].start
        for number, word in enumerate(sentence.words):
            place = article.text.index(word.form, place)
            at[place] = number
            place += len(word.form)
        trigger = at.get(clause.trigger[0])
        head = trigger if clause.head is None else at.get(clause.head[0])
        if trigger is not None and sentence.words[trigger].head != head:
            form = sentence.words[trigger].form
            told = "the root" if clause.head is None else article.text[slice(*clause.head)]
            yield f"{sentence.name}: {form} depends on {sentence.words[sentence.words[trigger].head].form}, annotated {told}"


def _articles() -> dict[str, corpus.Article]:
    return {article.name: article for split in ("open", "names") for article in corpus.articles(split)}


def _check() -> int:
    articles, faults = _articles(), 0
    words = sentences = 0
    for path in sorted(TREES.glob("*.conllu")):
        article, trees = articles[path.stem], of_article(path.stem)
        told = [f"{s.name}: {wrong}" for s in trees.values() if (wrong := fault(s))]
        for line in article.lines:
            if line.number in trees and trees[line.number].text() != article.text[line.start : line.end].rstrip():
                told.append(f"{article.name}:{line.number}: other words than the article's")
        told += disagreements(article, trees)
        faults += len(told)
        sentences += len(trees)
        words += sum(len(tree.words) for tree in trees.values())
        print("\n".join(told), end="\n" if told else "")
    print(f"{sentences} sentences, {words} words; {faults} faults")
    return 1 if faults else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    drafts = commands.add_parser("draft", help="write what the pipeline reads, for articles without a file")
    drafts.add_argument("names", nargs="+")
    show = commands.add_parser("show", help="print trees to read")
    show.add_argument("names", nargs="+")
    correct = commands.add_parser("correct", help="apply rows LINE WORD HEAD RELATION")
    correct.add_argument("name")
    correct.add_argument("rows", type=Path)
    commands.add_parser("check", help="tell faults of all files")
    arguments = parser.parse_args()
    if arguments.command == "check":
        return _check()
    if arguments.command == "draft":
        from dagster_project.reading.language import load_language

        nlp, articles = load_language(None), _articles()
        for name in arguments.names:
            path = TREES / f"{name}.conllu"
            if path.exists():
                print(f"{name}: has a file already, left alone")
            else:
                write(path, draft(nlp, articles[name]))
    elif arguments.command == "show":
        for name in arguments.names:
            print("\n".join(to_text(sentence) for sentence in of_article(name).values()))
    else:
        trees = of_article(arguments.name)
        wanted: dict[int, list[tuple[int, int, str]]] = {}
        for row in arguments.rows.read_text(encoding="utf-8").splitlines():
            if row.strip() and not row.startswith("#"):
                line, word, head, relation = row.split()
                wanted.setdefault(int(line), []).append((int(word), int(head), relation))
        failed = 0
        for number, rows in wanted.items():
            try:
                trees[number] = corrected(trees[number], rows)
            except (ValueError, KeyError) as error:
                failed += 1
                print(f"not applied: {error}", file=sys.stderr)
        write(TREES / f"{arguments.name}.conllu", list(trees.values()))
        print(f"{len(wanted) - failed} sentences corrected, {failed} not")
        return 1 if failed else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
