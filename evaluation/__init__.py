"""Scores of the readings against gold: the seeds, the project's own corpus, MUC-4. Run by ``make evaluate``."""
