"""Words of news English that a general tokenizer cuts wrongly: military and parliamentary titles, places, units.

Only splitting belongs here, with vocabularies that are closed by the style guides of news agencies; where sentences
begin is the business of `sentences`.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# Abbreviations that keep their full stop (AP and Reuters style: military ranks, offices, geography, companies).
ABBREVIATIONS = (
    "Adm. Amb. Ave. Bde. Bn. Brig. Capt. Cmdr. Cmdre. Cnsl. Col. Comdr. Cpl. Cpt. Cres. Dep. Det. Div. Dr. Ens. Fr. Ft. "
    "Gen. Gov. Hon. Insp. Lcpl. Lieut. Lt. Ltc. Maj. Min. Msgr. Mt. Ofc. Pfc. Pres. Prof. Pte. Pvt. Regt. Rep. Reps. "
    "Rev. Sen. Sens. Sgt. Sp. Spc. Spec. Sr. Jr. Supt. St. Ste. Tech. Vol. Gens. Cols. Govs. Messrs. Pvts. Sgts. Lts. "
    "Atty. Hosp. Dist. Prov. approx. est."
).split()


def keep_news_words(nlp: Language) -> None:
    """Adds the abbreviations to the tokenizer of `nlp`, as written and in capitals; idempotent."""
    from spacy.symbols import ORTH
    from spacy.tokenizer import Tokenizer

    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, Tokenizer):
        raise TypeError(f"news words need spaCy's rule tokenizer, not {type(tokenizer).__name__}")
    for abbreviation in ABBREVIATIONS:
        for form in (abbreviation, abbreviation.upper()):
            tokenizer.add_special_case(form, [{ORTH: form}])
