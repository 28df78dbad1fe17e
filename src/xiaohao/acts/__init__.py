"""The only writers: one function for each thing a person may do. `_perform` is the one door behind all of them.

An act takes what was said, by whom and when; it returns a Receipt with the journal entry, or raises Refused with every reason.
"""
