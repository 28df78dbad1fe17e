"""Ledgers 台账: a unit's own sheet (.xlsx, .xls, .csv) read as it is, every value with its cell, and written back in the same columns.

Everything here is pure over bytes; what cannot be read is a sentence that names the sheet and the cell.
"""
