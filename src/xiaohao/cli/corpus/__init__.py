"""Fingerprints of many jurisdictions: written to Parquet, read from it, and compared by one of two engines. No database, no Django."""
