"""The report: one page of pictures and tables, and a page for each document."""
