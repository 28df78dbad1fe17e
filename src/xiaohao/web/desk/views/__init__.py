"""The desk's views, a file for each noun: read the form, call one act or one query, render."""
