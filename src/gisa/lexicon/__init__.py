"""Other ways to write a word, and the paper's own words."""
