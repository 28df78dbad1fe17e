"""What the environment says: readings, whether a target was met, whether a closed task fell back, and targets that count closings.

A verdict here is a figure with its sentence; who draws which consequence is the procedure's business.
"""
