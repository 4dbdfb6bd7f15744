"""The assets, one module per stage of the line. Wiring only: each calls functions of ``line.py`` and reports."""
