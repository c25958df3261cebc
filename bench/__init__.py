"""Benchmarks: ``python -m bench [add] [query] [start] [serve]``. Figures beside a peer measured in the same run.

Not part of the product, and not a test: nothing here passes or fails by its figures.
"""
