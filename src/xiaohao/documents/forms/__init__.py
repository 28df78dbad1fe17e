"""The forms that an office owes, each from the case file: one layout gives the Word template an office may replace, and the PDF."""
