"""Compiles queries for one thread, with its analyser, what it knows of today's words, and its last plan. Asks no index."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from gisa.lexicon.lexicon import Lexicon
from gisa.model import Match
from gisa.query.expansion import WordExpander
from gisa.query.plan import Plan, compile_query
from gisa.query.syntax import Node
from gisa.search.request import SearchRequest
from gisa.text.analyser import Analyser, RememberingAnalyser


class _Compiled(NamedTuple):
    expander: WordExpander
    asked: tuple[object, ...]
    plan: Plan | None


class Compiler:
    """Not thread-safe. What it caches of a query's words goes with it."""

    def __init__(self, analyser: Analyser, lexicon: Lexicon) -> None:
        """``analyser`` reads as the index's articles were read."""
        self.analyser = RememberingAnalyser(analyser)
        self._lexicon = lexicon
        self._expander: WordExpander | None = None
        self._last: _Compiled | None = None

    def expander(self, today: date) -> WordExpander:
        """Has cached the words of the day's queries."""
        if self._expander is None or self._expander.on != today:
            self._expander = WordExpander(self.analyser, self._lexicon, on=today)
        return self._expander

    def compile(self, root: Node, request: SearchRequest, *, typed: str, match: Match, today: date) -> Plan | None:
        """The plan of a request's query. The last one is kept: a server asks what a search costs before it runs it."""
        expander, last = self.expander(today), self._last
        asked = (root, typed, match, request.without, request.inside, request.verbs)
        if last is None or last.expander is not expander or last.asked != asked:
            plan = compile_query(
                root,
                expander,
                match=match,
                typed=typed,
                without=request.without,
                inside=request.inside,
                verbs=request.verbs,
            )
            last = self._last = _Compiled(expander, asked, plan)
        return last.plan


class Compilers:
    """A compiler for each thread."""

    def __init__(self, new_analyser: Callable[[], Analyser], lexicon: Lexicon) -> None:
        """``new_analyser`` makes one for a thread."""
        self._new_analyser, self._lexicon = new_analyser, lexicon
        self._local = threading.local()

    @property
    def here(self) -> Compiler:
        """This thread's."""
        compiler: Compiler | None = getattr(self._local, "compiler", None)
        if compiler is None:
            compiler = self._local.compiler = Compiler(self._new_analyser(), self._lexicon)
        return compiler
