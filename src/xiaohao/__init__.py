"""Xiaohao 销号: an open system of record for inspection rectification."""

__version__ = "0.1.0"
