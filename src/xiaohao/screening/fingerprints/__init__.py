"""What jurisdictions may give each other of their statements and photographs so that reuse is found: keyed numbers, no words, no pictures.

The format is docs/many-jurisdictions.md. Everything here is arithmetic on values; files are read and written by `cli.corpus`.
"""
