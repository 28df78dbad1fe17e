"""Screening 筛查: the checks that compare a case file with itself and say where it disagrees (docs/checks/).

A finding is a lead with a right of reply, never a verdict: it names no culprit and decides nothing.
"""
