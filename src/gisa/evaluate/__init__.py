"""Measures how well an archive answers judged queries. An entry point beside the web and the command line.

``judged`` reads queries and judgements, ``kinds`` sorts queries into classes, ``measures`` is the door to ``ir_measures``,
``evaluation`` asks the archive. Nothing here decides what a query means: it asks as a reader would, through ``gisa.open``.
"""
