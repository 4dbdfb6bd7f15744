"""Writes the vocabularies of the lemma check from the treebanks' training parts and the encoder's word list.

`python -m training.lemmas --data DIR` rewrites `seeds/reference/lemmas.csv` and `lemma_exceptions.csv`.
Run it twice after changing the rules: exceptions are the forms that the rules get wrong.
"""

from __future__ import annotations

import argparse
import collections
import csv
from pathlib import Path

from training import conllu

REFERENCE = Path(__file__).resolve().parents[1] / "seeds" / "reference"
CLASSES = ("NOUN", "VERB", "ADJ", "ADV")
SOURCE = "UD English EWT (CC BY-SA 4.0) and GUM (CC BY 4.0)"


# Irregular verbs and nouns that the treebanks may not show: past, participle (equal if one form), base.
IRREGULAR = """
arise arose arisen;bear bore borne;beat beat beaten;befall befell befallen;behold beheld;bend bent;beset beset;bid bid;bind bound;
bite bit bitten;bleed bled;blow blew blown;breed bred;broadcast broadcast;build built;burst burst;cast cast;cling clung;creep crept;cut cut;
deal dealt;dig dug;draw drew drawn;drive drove driven;fall fell fallen;feed fed;fight fought;flee fled;fling flung;fly flew flown;
forbid forbade forbidden;foresee foresaw foreseen;forsake forsook forsaken;freeze froze frozen;grind ground;hang hung;hide hid hidden;hit hit;
hurt hurt;kneel knelt;lay laid;lead led;leap leapt;lie lay lain;light lit;lose lost;mislead misled;overcome overcame overcome;
overrun overran overrun;oversee oversaw overseen;overtake overtook overtaken;overthrow overthrew overthrown;plead pled;rend rent;ride rode ridden;
ring rang rung;rise rose risen;seek sought;sell sold;send sent;set set;shake shook shaken;shed shed;shine shone;shoot shot;shrink shrank shrunk;
shut shut;slay slew slain;slide slid;sling slung;slit slit;sow sowed sown;speed sped;spin spun;spit spat;split split;spread spread;
spring sprang sprung;steal stole stolen;stick stuck;sting stung;strike struck;string strung;strive strove striven;swear swore sworn;
sweep swept;swell swelled swollen;swim swam swum;swing swung;take took taken;teach taught;tear tore torn;throw threw thrown;thrust thrust;
tread trod trodden;undergo underwent undergone;undertake undertook undertaken;uphold upheld;wage waged;weep wept;win won;wind wound;
withdraw withdrew withdrawn;withhold withheld;withstand withstood;wring wrung
"""


def irregular() -> list[tuple[str, str, str]]:
    """(form, Penn tag, lemma) of the irregular verbs."""
    rows = []
    for entry in IRREGULAR.replace("\n", "").split(";"):
        base, past, *participle = entry.split()
        rows += [(past, "VBD", base), ((participle or [past])[0], "VBN", base)]
    return rows


def observed(data: Path) -> collections.Counter[tuple[str, str, str, str]]:
    """Counts of (lower-cased form, Penn tag, word class, lemma) in the training parts of the treebanks."""
    counts: collections.Counter[tuple[str, str, str, str]] = collections.Counter()
    for treebank in ("ud_english_ewt", "ud_english_gum"):
        for document in conllu.read(data / treebank / "train.conllu"):
            for sentence in document.sentences:
                for word in sentence.words:
                    if word.deprel != "goeswith" and "Typo=Yes" not in word.feats and word.lemma != "_":
                        counts[word.form.lower().replace("’", "'"), word.xpos, word.upos, word.lemma] += 1
    return counts


def write(data: Path) -> tuple[int, int]:
    """Rewrites both tables; returns their numbers of rows."""
    from dagster_project.reading import lemmas
    from training.hints import whole_words

    counts = observed(data)
    classes: dict[str, set[str]] = collections.defaultdict(set)
    for form, tag, upos, lemma in counts:
        if (
            lemma.isalpha()
            and lemma.isascii()
            and len(lemma) > 1
            and lemma.islower()
            and (form == lemma or counts[form, tag, upos, lemma] > 0)
        ):
            classes[lemma].add(upos if upos in CLASSES else "OTHER")
    inflected = {form for form, tag, _, lemma in counts if form != lemma}
    vocabulary = set(whole_words()) | set(classes)
    for word in sorted(vocabulary - set(classes) - inflected):
        if not _looks_inflected(word, vocabulary):
            classes[word].add("OTHER")
    for _, _, lemma in irregular():
        classes[lemma].add("VERB")
    with (REFERENCE / "lemmas.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["lemma", "classes"])
        writer.writerows((lemma, ";".join(sorted(classes[lemma]))) for lemma in sorted(classes))
    exceptions_path = REFERENCE / "lemma_exceptions.csv"
    exceptions_path.write_text("form,tag,lemma,source\n", encoding="utf-8")
    lemmas.known.cache_clear()
    lemmas.exceptions.cache_clear()
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for (form, tag, _, lemma), count in sorted(counts.items()):
        best[form, tag] = max(best.get((form, tag), (0, "")), (count, lemma))
    for form, tag, lemma in irregular():
        best[form, tag] = (2, lemma)  # rather than a treebank's slip ("fled": "flead")
    rows = [
        (form, tag, lemma, SOURCE)
        for (form, tag), (count, lemma) in sorted(best.items())
        if tag not in ("NNP", "NNPS", "ADD", "CD", "SYM", "GW", "XX", "FW", "LS", "NFP")
        and any(c.isalpha() for c in form)
        and (count > 1 or tag in lemmas.ENDINGS)
        and lemmas.lemma_of(form, tag) != lemma
    ]
    with exceptions_path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["form", "tag", "lemma", "source"])
        writer.writerows(rows)
    return len(classes), len(rows)


def _looks_inflected(word: str, vocabulary: set[str]) -> bool:
    for ending in ("s", "es", "ed", "d", "ing", "er", "r", "est", "ies"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and not vocabulary.isdisjoint((stem, stem + "e", stem + "y", stem[:-1])) and len(stem) > 1:
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    known, irregular = write(parser.parse_args().data)
    print(f"{known} lemmas, {irregular} exceptions written to {REFERENCE}")


if __name__ == "__main__":
    main()
