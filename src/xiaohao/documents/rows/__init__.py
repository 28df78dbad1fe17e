"""Rows of registers and petitions out of the office's own sheets: the table is found by the names of its columns, each row read with its doubts."""
