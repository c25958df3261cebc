"""Previews a list of words or synonyms: which articles each query would gain and lose. Changes nothing.

For words, the articles concerned are analysed with the new list into a temporary index. That index and the other articles of
the live one give exactly what searches would find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from gisa.clause import NOTHING, Clause, Not, all_of, any_of
from gisa.errors import ConfigError
from gisa.ingest.pipeline import Indexer
from gisa.ingest.workers import AnalysisPool
from gisa.lexicon.lexicon import Lexicon, build_lexicon
from gisa.lexicon.variants.synonyms import parse_synonyms
from gisa.lexicon.vocabulary import Vocabulary
from gisa.library.own_files import own_lines
from gisa.library.recasting import concerned_articles, concerned_clauses, seqs
from gisa.messages import ConfigCode, Message
from gisa.model import Reject
from gisa.ports import Archive, IndexEngine, IndexReader
from gisa.query.expansion import WordExpander
from gisa.query.parse import plain
from gisa.query.plan import compile_query
from gisa.reports import Example, QueryChange, WordChange, WordsKind, WordsPreview
from gisa.text.analyser import Analyser
from gisa.text.own_words import OwnWord, parse_own_words

MAX_CHANGES: Final = 100
"""Maximum changed lines that are previewed."""
_MAX_QUERIES: Final = 6
"""Maximum queries tried for one changed line."""
_EXAMPLES: Final = 3


class _Side(NamedTuple):
    """How queries are read, before or after."""

    expander: WordExpander

    def clause(self, query: str) -> Clause:
        root = plain(query)
        plan = compile_query(root, self.expander) if root is not None else None
        return NOTHING if plan is None else plan.match


class _Anew(NamedTuple):
    """The articles that would be analysed again: which they are, and how they would then be found."""

    concerned: Clause
    found_in: IndexReader


def guess_kind(lines: Sequence[str]) -> WordsKind:
    """Whether a file lists words or synonyms: words, unless most of the lines with a tab are refused as such."""
    tabbed = [line for line in lines if "\t" in line.strip() and not line.startswith("#")]
    _, refused = parse_own_words(tabbed)
    return WordsKind.SYNONYMS if len(refused) * 2 > len(tabbed) else WordsKind.WORDS


def preview_file(
    file: Path,
    *,
    kind: WordsKind | None,
    archive: Archive,
    engine: IndexEngine,
    held: Vocabulary,
    own_synonyms: Sequence[str],
    on: date,
) -> WordsPreview:
    """What would change if a file were ``words.txt`` or ``synonyms.txt``; ``kind`` None: by its content.

    ``own_synonyms`` are the lines in effect, ``on`` is the day. Raises ``ConfigError`` if the file is not there or cannot
    be read.
    """
    if not file.is_file():
        raise ConfigError(Message(ConfigCode.FILE_MISSING), str(file))
    lines = own_lines(file)
    if (kind or guess_kind(lines)) is WordsKind.SYNONYMS:
        return preview_synonyms(
            lines, source=str(file), archive=archive, index=engine.reader(), held=held, own=own_synonyms, on=on
        )
    lexicon, _ = build_lexicon(own_synonyms, holders=held.holder_table)
    return preview_words(lines, source=str(file), archive=archive, engine=engine, held=held, lexicon=lexicon, on=on)


def preview_words(
    lines: Sequence[str],
    *,
    source: str,
    archive: Archive,
    engine: IndexEngine,
    held: Vocabulary,
    lexicon: Lexicon,
    on: date,
) -> WordsPreview:
    """What would change if these lines were ``words.txt``. ``lexicon`` is that of today's searches, ``on`` the day."""
    words, rejects = parse_own_words(lines, source=source)
    changed = sorted(set(words) ^ set(held.words))
    looked_at = changed[:MAX_CHANGES]
    wanted = Vocabulary(tuple(sorted(set(held.words) ^ set(looked_at))), held.holders)
    before, after = held.analyser(), wanted.analyser()
    sides = _Side(WordExpander(before, lexicon, on=on)), _Side(WordExpander(after, lexicon, on=on))
    index = engine.reader()
    with engine.apart() as apart:
        with apart.building() as writer, closing(AnalysisPool()) as pool:
            Indexer(writer, wanted, pool).recast(
                concerned_articles(archive, index, held=held, wanted=wanted), change_seq=0
            )
        anew = _Anew(any_of(concerned_clauses(held, wanted)), apart.reader())
        changes = tuple(
            WordChange(
                line=word.line,
                added=word not in held.words,
                queries=tuple(
                    _query_change(query, sides, archive, index, anew) for query in _parts(word, before, after)
                ),
            )
            for word in looked_at
        )
        concerned = index.count(anew.concerned)
    return _preview(WordsKind.WORDS, changes, len(changed), concerned, rejects)


def preview_synonyms(
    lines: Sequence[str],
    *,
    source: str,
    archive: Archive,
    index: IndexReader,
    held: Vocabulary,
    own: Sequence[str],
    on: date,
) -> WordsPreview:
    """What would change if these lines were ``synonyms.txt`` instead of ``own``, those in effect."""
    table, rejects = parse_synonyms(lines, source=source)
    groups, groups_before = ({frozenset(g): g for g in each.groups} for each in (table, parse_synonyms(own)[0]))
    changed = sorted(groups.keys() ^ groups_before.keys(), key=sorted)
    analyser, people = held.analyser(), held.holder_table
    lexicons = (build_lexicon(some, holders=people)[0] for some in (own, lines))
    before, after = (_Side(WordExpander(analyser, lexicon, on=on)) for lexicon in lexicons)
    changes = []
    for group in changed[:MAX_CHANGES]:
        names = groups.get(group) or groups_before[group]
        queries = (_query_change(name, (before, after), archive, index, None) for name in names[:_MAX_QUERIES])
        changes.append(WordChange("\t".join(names), group in groups, tuple(queries)))
    return _preview(WordsKind.SYNONYMS, tuple(changes), len(changed), 0, rejects)


def _preview(
    kind: WordsKind, changes: tuple[WordChange, ...], changed: int, concerned: int, rejects: Iterable[Reject]
) -> WordsPreview:
    return WordsPreview(
        kind=kind, changes=changes, more=changed - len(changes), concerned=concerned, rejects=tuple(rejects)
    )


def _parts(word: OwnWord, before: Analyser, after: Analyser) -> list[str]:
    """The word, and what it is or would be made of, as far as one would search for it."""
    found = [word.text, *word.parts]
    found += [term.text for analyser in (before, after) for term in analyser.analyse(word.text).terms]
    return [part for part in dict.fromkeys(found) if len(part) > 1][:_MAX_QUERIES]


def _query_change(
    query: str, sides: tuple[_Side, _Side], archive: Archive, index: IndexReader, anew: _Anew | None
) -> QueryChange:
    """What a query would gain and lose."""
    before, after = (side.clause(query) for side in sides)
    rest = () if anew is None else (Not(anew.concerned),)
    gained = set(seqs(index, all_of((after, Not(before), *rest)))) if after != before else set()
    lost = set(seqs(index, all_of((before, Not(after), *rest)))) if after != before else set()
    if anew is not None:
        found_before = set(seqs(index, all_of((before, anew.concerned))))
        found_after = set(seqs(anew.found_in, after))
        gained |= found_after - found_before
        lost |= found_before - found_after
    count = index.count(before)
    return QueryChange(
        query=query,
        before=count,
        after=count + len(gained) - len(lost),
        gained=len(gained),
        lost=len(lost),
        gained_examples=tuple(_examples(gained, archive)),
        lost_examples=tuple(_examples(lost, archive)),
    )


def _examples(found: set[int], archive: Archive) -> Iterator[Example]:
    some = list(islice(sorted(found, reverse=True), _EXAMPLES))
    articles = archive.fetch(some)
    for seq in some:
        if seq in articles:
            yield Example(articles[seq].article.id, articles[seq].article.title)
