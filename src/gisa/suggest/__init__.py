"""Suggestions: the phrases of the archive's headlines in one SQLite file of their own. Derived; knows no article's text."""
