"""The recipe of the language model: data preparation, training, evaluation and packing.

Nothing here is imported at run time by the warehouse; it needs `training/requirements.txt` beside the project itself.
"""
