"""Treebanks -> spaCy training documents (DocBin) with raw text, paragraph breaks and silenced noise.

What belongs here: how gold annotation is laid out for a trainer (paragraph tokens, short documents, lower-cased
copies). What does not: name labels (`names`), generated sentences (`generate`, `constructions`), file formats (`conllu`, `corpus`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from training.conllu import Document, Sentence, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

PARAGRAPH_BREAK = "\n\n"
# Share of training documents that are given again in lower case: headlines and web text drop capitals, and the
# parser must not lean on them.
LOWER_CASE_SHARE = 0.04
# Share that is given again without its paragraph breaks: web pages and mail lose their line ends, and where a line ends
# without a full stop, only its words tell.
RUN_ON_SHARE = 0.4
# Pieces of generated conflict news among the treebanks' documents: about a seventh of the words.
GENERATED_ARTICLES = 1200
OWN_NEWS_COPIES = 3


def short_documents(document: Document, rng: random.Random, longest: int = 6) -> Iterator[list[Sentence]]:
    """Cuts a document into runs of 2 to `longest` sentences: short documents train faster and vary more."""
    start = 0
    while start < len(document.sentences):
        length = rng.randint(2, longest)
        yield document.sentences[start : start + length]
        start += length


def lay_out(sentences: Iterable[Sentence], breaks: bool = True) -> list[tuple[Word | None, bool]]:
    """The token sequence of some sentences: (word, True when it opens a sentence); None stands for a paragraph break."""
    tokens: list[tuple[Word | None, bool]] = []
    for number, sentence in enumerate(sentences):
        if number and sentence.opens_paragraph and breaks:
            tokens.append((None, False))
        tokens.extend((word, position == 0) for position, word in enumerate(sentence.words))
    return tokens


def runs_on(sentences: list[Sentence]) -> bool:
    """Whether, without the paragraph breaks, a sentence without a full stop would run into the next one."""
    return any(after.opens_paragraph and before.words[-1].form.isalnum() for before, after in pairwise(sentences))


def parsed_doc(vocab: Vocab, sentences: list[Sentence], lower: bool = False, breaks: bool = True) -> Doc:
    """A spaCy Doc with tags, morphology, lemmas, heads and sentence starts; break tokens hang on the word before them."""
    from spacy.tokens import Doc

    tokens = lay_out(sentences, breaks)
    words, spaces, heads, starts = [], [], [], []
    offset = 0
    for index, (word, opens) in enumerate(tokens):
        if opens:
            offset = index
        if word is None:
            words.append(PARAGRAPH_BREAK)
            spaces.append(False)
            heads.append(index - 1)
        else:
            words.append(word.form.lower() if lower else word.form)
            next_is_break = index + 1 < len(tokens) and tokens[index + 1][0] is None
            runs_on_here = not breaks and index + 1 < len(tokens) and tokens[index + 1][1]
            spaces.append((word.space_after or runs_on_here) and not next_is_break)
            heads.append(offset + word.head)
        starts.append(opens)
    doc = Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=["_SP" if word is None else word.xpos for word, _ in tokens],
        pos=["SPACE" if word is None else word.upos for word, _ in tokens],
        morphs=["" if word is None else word.feats for word, _ in tokens],
        lemmas=[PARAGRAPH_BREAK if word is None else word.lemma for word, _ in tokens],
        heads=heads,
        deps=["dep" if word is None else ("ROOT" if word.deprel == "root" else word.deprel) for word, _ in tokens],
        sent_starts=starts,
    )
    return doc


def clean(document: Document) -> Document:
    """The document without sentences whose annotation teaches nothing: `goeswith` debris and pure lists of symbols."""
    kept = [
        sentence
        for sentence in document.sentences
        if sum(word.deprel == "goeswith" for word in sentence.words) * 4 <= len(sentence.words)
    ]
    return Document(document.name, document.meta, kept)


def training_docs(vocab: Vocab, documents: Iterable[Document], seed: int) -> list[Doc]:
    """Shuffled short training Docs, some of them again in lower case; the same seed gives the same list."""
    rng = random.Random(seed)
    docs = []
    for document in documents:
        for sentences in short_documents(clean(document), rng):
            docs.append(parsed_doc(vocab, sentences))
            if rng.random() < LOWER_CASE_SHARE:
                docs.append(parsed_doc(vocab, sentences, lower=True))
            if runs_on(sentences) and rng.random() < RUN_ON_SHARE:
                docs.append(parsed_doc(vocab, sentences, breaks=False))
    rng.shuffle(docs)
    return docs


def treebank_docs(vocab: Vocab, data: Path, seed: int) -> tuple[list[Doc], list[Doc]]:
    """(training Docs, development Docs) of both treebanks by their own division."""
    from training import conllu

    docs: list[Doc] = []
    held_out: list[Doc] = []
    for number, treebank in enumerate(("ud_english_ewt", "ud_english_gum")):
        docs += training_docs(vocab, conllu.read(data / treebank / "train.conllu"), seed + number)
        held_out += whole_docs(vocab, conllu.read(data / treebank / "dev.conllu"))
    random.Random(seed - 1).shuffle(docs)
    return docs, held_out


def parsing_docs(vocab: Vocab, data: Path, seed: int, nlp: Language) -> tuple[list[Doc], list[Doc]]:
    """(training Docs, development Docs) of both treebanks, of the grammar's conflict news and of our own.

    Three quarters of the development parts train too; the other documents choose the best step. Test parts are not read.
    """
    from training import conllu, constructions

    docs: list[Doc] = []
    held_out: list[Document] = []
    for number, treebank in enumerate(("ud_english_ewt", "ud_english_gum")):
        documents = list(conllu.read(data / treebank / "train.conllu"))
        development = list(conllu.read(data / treebank / "dev.conllu"))
        documents += [document for index, document in enumerate(development) if index % 4]
        held_out += [document for index, document in enumerate(development) if index % 4 == 0]
        docs += training_docs(vocab, documents, seed + number)
    docs += [
        parsed_doc(vocab, [sentence for sentence, _ in article])
        for article in constructions.articles(GENERATED_ARTICLES, seed + 20)
    ]
    docs += own_news(vocab, nlp) * OWN_NEWS_COPIES
    random.Random(seed + 3).shuffle(docs)
    return docs, whole_docs(vocab, held_out)


# How often a word of a tag gives way to another of the same tag and morphology, in the copies of a stage's documents.
EXCHANGED = {"NNP": 0.6, "CD": 0.3, "NN": 0.12, "NNS": 0.12, "JJ": 0.12, "VB": 0.08, "VBD": 0.08, "VBN": 0.08, "VBG": 0.08}
FEWEST_FORMS = 100  # no exchange within smaller classes


def with_other_words(vocab: Vocab, docs: list[Doc], seed: int) -> list[Doc]:
    """Copies of `docs` in which some words are others of their kind, rare ones as often as common ones.

    The trees stay; a parser that has seen every document a dozen times learns less by heart.
    """
    from spacy.tokens import Doc

    rng = random.Random(seed)
    kinds: dict[tuple[str, str, str], set[str]] = {}
    for doc in docs:
        for token in doc:
            if token.is_alpha and len(token) > 1 and not token.is_upper:
                kinds.setdefault((token.tag_, token.pos_, str(token.morph)), set()).add(token.text)
    pool = {kind: sorted(forms) for kind, forms in kinds.items() if len(forms) > FEWEST_FORMS}

    def other(token: Token) -> str:
        forms = pool.get((token.tag_, token.pos_, str(token.morph)))
        if forms is None or not token.is_alpha or rng.random() >= EXCHANGED.get(token.tag_, 0.0):
            return token.text
        form = rng.choice(forms)
        if token.text.islower():
            return form.lower()
        return form[0].upper() + form[1:] if token.text[0].isupper() else form

    return [
        Doc(
            vocab,
            words=[other(token) for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            tags=[token.tag_ for token in doc],
            pos=[token.pos_ for token in doc],
            morphs=[str(token.morph) for token in doc],
            heads=[token.head.i for token in doc],
            deps=[token.dep_ for token in doc],
            sent_starts=[bool(token.is_sent_start) for token in doc],
        )
        for doc in docs
    ]


def own_news(vocab: Vocab, nlp: Language) -> list[Doc]:
    """Sentences of the open half of the annotated news as `nlp` parses them, where it governs every annotated trigger
    as the annotator does: trees that are right where it matters and plausible elsewhere."""
    from training import corpus
    from training.evaluate import is_at, token_at

    docs = []
    for article in corpus.articles("open"):
        parsed = nlp(article.text)
        wrong = set()
        for clause in article.clauses:
            trigger = token_at(parsed, clause.trigger)
            governor = None if trigger is None or trigger.head == trigger else trigger.head
            if trigger is None or not is_at(governor, clause.head):
                wrong.add(clause.line)
        for line in article.lines:
            span = parsed.char_span(line.start, line.end)
            tokens = [token for token in span if not token.is_space] if span is not None else []
            where = {token.i: index for index, token in enumerate(tokens)}
            whole = tokens and all(token.head.i in where for token in tokens)
            if line.number in wrong or not whole or len({token.sent.start for token in tokens}) != 1:
                continue
            heads = [where[token.head.i] for token in tokens]
            docs.append(tree(vocab, tokens, heads, [token.dep_ for token in tokens]))
    return docs


def tree(vocab: Vocab, tokens: Sequence[Token], heads: list[int], labels: list[str]) -> Doc:
    """One sentence with its words, tags and morphology as parsed, and with these heads (places in ``tokens``) and labels."""
    from spacy.tokens import Doc

    return Doc(
        vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        tags=[token.tag_ for token in tokens],
        pos=[token.pos_ for token in tokens],
        morphs=[str(token.morph) for token in tokens],
        heads=heads,
        deps=labels,
        sent_starts=[index == 0 for index in range(len(tokens))],
    )


def whole_docs(vocab: Vocab, documents: Iterable[Document]) -> list[Doc]:
    """One Doc for each document, for development and test."""
    return [parsed_doc(vocab, document.sentences) for document in documents]
