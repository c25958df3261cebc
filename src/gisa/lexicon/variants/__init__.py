"""Other ways to write a query word: pure functions from a word (and a date) to variants. Decides nothing about matching."""
