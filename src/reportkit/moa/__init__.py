"""Memoranda of agreement: PDFs to text, template, terms, signatures and deviations."""
