"""Quotations: what is said in an article between quotation marks, and by whom. See ``docs/quotations.md``."""
