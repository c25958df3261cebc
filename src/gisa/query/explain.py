"""Why an article satisfies each part of a query, or the first reason why not. Pure: looks at one article's views.

The verdict of every part comes from its clause, so an explanation never disagrees with a search. Returns codes;
``gisa.saying`` has the sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gisa.clause import AnyOf, Boost, Clause, Phrase, PublishedBetween, Token, Worth, all_of, phrase
from gisa.explanation import Finding, PartKind, Passage, QueryPart, Reason, ReasonCode, Rule, ScorePart, ScoreSource
from gisa.lexicon.variants.variant import Variant
from gisa.model import SEOUL, Article
from gisa.query.expansion import QueryWords, matches_variant
from gisa.query.lacking import lack
from gisa.query.matching import ArticleTokens
from gisa.query.node_clauses import clauses_of, scope_of
from gisa.query.syntax import FIELD_WORDS, And, Days, FieldName, Literal, Node, Or, Without, Word
from gisa.query.word_forms import BODY, EVERYWHERE, TITLE, FieldViews, WordForms, matches_literal, matches_word, stands
from gisa.text.normal import normalise, normalise_with_map
from gisa.text.runs import BARRIER, cut, cut_with_spans
from gisa.text.views import BODY_STREAM, BODY_TERMS, TITLE_KEY, TITLE_STREAM, TITLE_TERMS

_MAX_PLACES: Final = 5
_NAMES: Final = {TITLE: "title", BODY: "body"}
_GAP: Final = "·"
_FIELD_WRITTEN: Final = {field: word for word, field in reversed(FIELD_WORDS.items())}
"""The first of its words in the grammar: ``제목``."""
_SOURCES: Final = {
    TITLE_KEY: ScoreSource.HEADLINE,
    TITLE_TERMS: ScoreSource.TITLE_TERMS,
    BODY_TERMS: ScoreSource.BODY_TERMS,
    BODY_STREAM: ScoreSource.BODY_LETTERS,
}


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of the article: its letters, its stretch of the original, and where it stands."""

    letters: str
    start: int
    end: int


class PartExplainer:
    """Explains the parts of a query for one article. Not thread-safe (its words are not)."""

    def __init__(
        self, article: Article, tokens: ArticleTokens, words: QueryWords, *, shown: Callable[[str], str]
    ) -> None:
        """``shown`` gives a name as it is written where people see it."""
        self._article, self._tokens, self._words, self._shown = article, tokens, words, shown
        self._texts = {"title": article.title, "body": article.body}
        self._runs = {field: _runs_of(text) for field, text in self._texts.items()}

    def explain(self, nodes: tuple[Node, ...], clause: Clause) -> QueryPart:
        """One part of the query with the clause that it became."""
        holds = self._tokens.holds(clause)
        if len(nodes) > 1:
            return self._group(And(nodes), holds)
        node = nodes[0]
        match node:
            case Word(text, FieldName.BYLINE) | Literal(text, FieldName.BYLINE):
                code = ReasonCode.BYLINE if holds else ReasonCode.OTHER_BYLINE
                return QueryPart(PartKind.BYLINE, text, holds, Reason(code, value=", ".join(self._article.byline)))
            case Word(text, FieldName.SECTION) | Literal(text, FieldName.SECTION):
                code = ReasonCode.SECTION if holds else ReasonCode.OTHER_SECTION
                return QueryPart(PartKind.SECTION, text, holds, Reason(code, value=self._article.section or ""))
            case Word():
                return self._word(node, holds)
            case Literal():
                return self._literal(node, holds)
            case Days():
                day = self._article.published_at.astimezone(SEOUL).date().isoformat()
                code = ReasonCode.DAYS if holds else ReasonCode.OUTSIDE_DAYS
                return QueryPart(PartKind.DAYS, written(node), holds, Reason(code, value=day))
            case Without(child):
                word = written(child)
                code = ReasonCode.NOT_EXCLUDED if holds else ReasonCode.EXCLUDED
                return QueryPart(PartKind.EXCLUSION, "-" + word, holds, Reason(code, word=word))
            case And() | Or():
                return self._group(node, holds)

    def _group(self, node: And | Or, holds: bool) -> QueryPart:
        if isinstance(node, Or):
            code = ReasonCode.ONE_OF if holds else ReasonCode.NONE_OF
        else:
            code = ReasonCode.ALL_OF if holds else ReasonCode.NOT_ALL_OF
        parts = [
            self.explain((child,), all_of(clauses))
            for child in node.nodes
            if (clauses := clauses_of(child, self._words))
        ]
        return QueryPart(PartKind.GROUP, written(node), holds, Reason(code), parts=tuple(parts))

    def _word(self, word: Word, holds: bool) -> QueryPart:
        fields = scope_of(word.field)
        forms = self._words.forms(word.text)
        variants = self._words.variants(word.text)
        findings = self._own_findings(forms, fields)
        for each in variants:
            rule = Rule.SHORTHAND if each.in_shorthand else Rule.VARIANT
            findings += [
                Finding(rule, _NAMES[field], self._variant_text(each.variant))
                for field in fields
                if self._tokens.holds(matches_variant(each, (field,)))
            ]
        missing = next((form for form in forms if not self._found(form, fields)), forms[0])
        letters = "".join(missing.runs)
        places = tuple(self._places(letters, fields))
        if holds:
            reason = _found_reason(findings)
        elif self._tokens.holds(all_of(self._words.clauses(word.text))):
            reason = Reason(ReasonCode.OTHER_FIELD, field=_other(fields))
        else:
            reason = lack(missing, places) if places else _nowhere(letters, fields)
        return QueryPart(
            PartKind.WORD,
            written(word),
            holds,
            reason,
            terms=tuple(term or _GAP for form in forms for term in form.terms),
            stream=tuple(token for form in forms for token in form.stream),
            variants=tuple(dict.fromkeys(self._variant_text(each.variant) for each in variants)),
            findings=tuple(dict.fromkeys(findings)),
            places=places,
        )

    def _literal(self, literal: Literal, holds: bool) -> QueryPart:
        fields, analyser = scope_of(literal.field), self._words.expander.analyser
        runs = [run for run in cut(normalise(literal.text)) if run != BARRIER]
        places = tuple(self._places("".join(runs), fields))
        findings = [
            Finding(Rule.LETTERS, _NAMES[field], "")
            for field in fields
            if (clause := matches_literal(literal.text, analyser, (field,))) is not None and self._tokens.holds(clause)
        ]
        anywhere = matches_literal(literal.text, analyser)
        if holds:
            reason = _found_reason(findings)
        elif anywhere is not None and self._tokens.holds(anywhere):
            reason = Reason(ReasonCode.OTHER_FIELD, field=_other(fields))
        elif places:
            reason = Reason(ReasonCode.APART, word=literal.text, place=places[0].text)
        else:
            reason = _nowhere(literal.text, fields)
        return QueryPart(PartKind.LITERAL, written(literal), holds, reason, findings=tuple(findings), places=places)

    def _own_findings(self, forms: tuple[WordForms, ...], fields: tuple[FieldViews, ...]) -> list[Finding]:
        if not self._tokens.holds(all_of(matches_word(forms, fields))):
            return []
        return [finding for form in forms for finding in self._ways(form, fields)]

    def _ways(self, form: WordForms, fields: tuple[FieldViews, ...]) -> Iterator[Finding]:
        for field in fields:
            name = _NAMES[field]
            if form.terms and self._tokens.holds(phrase(field.terms, form.terms)):
                yield Finding(Rule.TERMS, name, "")
            if any(map(self._tokens.holds, stands(form, field))):
                yield Finding(Rule.LETTERS, name, "")

    def _found(self, form: WordForms, fields: tuple[FieldViews, ...]) -> bool:
        return self._tokens.holds(all_of(matches_word((form,), fields)))

    def _places(self, letters: str, fields: tuple[FieldViews, ...]) -> Iterator[Passage]:
        """Where the letters are, with anything but a sentence's end between them; each different text once."""
        seen: set[str] = set()
        for field in fields:
            name = _NAMES[field]
            for first, last in _occurrences(letters, self._runs[name]):
                runs = self._runs[name][first : last + 1]
                text = self._texts[name][runs[0].start : runs[-1].end]
                if text not in seen:
                    seen.add(text)
                    yield Passage(name, text, tuple(self._terms(run.letters for run in runs)))
                if len(seen) == _MAX_PLACES:
                    return

    def _terms(self, runs: Iterable[str]) -> Iterator[str]:
        for run in runs:
            yield from (term.text for term in self._words.expander.analyser.analyse(run).terms)

    def _variant_text(self, variant: Variant) -> str:
        return f"{self._shown(variant.source)} = {self._shown(variant.replacement)}"


def written(node: Node) -> str:
    """A part of a query as a reader would write it."""
    match node:
        case Word(text, field):
            return _with_field(text, field)
        case Literal(text, field):
            return _with_field(f'"{text}"', field)
        case Days(since, until):
            return f"{since or ''}..{until or ''}"
        case And(nodes):
            return " ".join(f"({written(child)})" if isinstance(child, Or) else written(child) for child in nodes)
        case Or(nodes):
            return " OR ".join(f"({written(child)})" if isinstance(child, And) else written(child) for child in nodes)
        case Without(child):
            return "-" + (f"({written(child)})" if isinstance(child, And | Or) else written(child))


def score_parts(clauses: Iterable[Clause], scores: Iterable[float]) -> tuple[ScorePart, ...]:
    """The shares of a score by what they were given for, most first; they add up to the sum of ``scores``."""
    sums: dict[ScoreSource, float] = {}
    words: dict[ScoreSource, dict[str, None]] = {}
    for clause, score in zip(clauses, scores, strict=True):
        if not score:
            continue
        source, text = _source(clause)
        sums[source] = sums.get(source, 0.0) + score
        if text:
            words.setdefault(source, {})[text] = None
    ranked = sorted(sums, key=lambda source: -sums[source])
    return tuple(ScorePart(source, tuple(words.get(source, ())), sums[source]) for source in ranked)


def _source(clause: Clause) -> tuple[ScoreSource, str]:
    match clause:
        case Boost(inner, _) | Worth(inner, _):
            return _source(inner)
        case Token(field, token):
            source = _SOURCES.get(field, ScoreSource.OTHER)
            return source, "" if source is ScoreSource.HEADLINE else token
        case Phrase(field, _) if field == TITLE_STREAM:
            return ScoreSource.TITLE_PHRASE, ""
        case Phrase(_, tokens):
            return ScoreSource.NEIGHBOURS, " ".join(token for token in tokens if token is not None)
        case AnyOf((Token(field, _), *_)) if field == TITLE_KEY:
            return ScoreSource.NAMED_HEADLINE, ""
        case PublishedBetween():
            return ScoreSource.RECENCY, ""
        case AnyOf((first, *_)):
            return _source(first)
        case _:
            return ScoreSource.OTHER, ""


def _found_reason(findings: list[Finding]) -> Reason:
    if not findings:  # several stretches, each in its own way
        return Reason(ReasonCode.FOUND)
    return Reason(ReasonCode.FOUND_BY, finding=findings[0])


def _nowhere(word: str, fields: tuple[FieldViews, ...]) -> Reason:
    code = ReasonCode.NOWHERE if fields == EVERYWHERE else ReasonCode.NOT_IN_FIELD
    return Reason(code, word=word, field=_NAMES[fields[0]])


def _other(fields: tuple[FieldViews, ...]) -> str:
    return next(_NAMES[field] for field in EVERYWHERE if field not in fields)


def _with_field(text: str, field: FieldName | None) -> str:
    return text if field is None else f"{_FIELD_WRITTEN[field]}:{text}"


def _runs_of(text: str) -> list[_Run]:
    normal = normalise_with_map(text)
    runs: list[_Run] = []
    for run, start, end in cut_with_spans(normal.text):
        starts, ends = normal.starts, normal.ends
        runs.append(_Run(run, starts[start] if starts else start, ends[end - 1] if ends else end))
    return runs


def _occurrences(letters: str, runs: list[_Run]) -> Iterator[tuple[int, int]]:
    """The first and last run of each place where the letters stand in the runs, joined."""
    joined = "".join(run.letters for run in runs)
    owner = [number for number, run in enumerate(runs) for _ in run.letters]
    at = joined.find(letters) if letters else -1
    while at >= 0:
        yield owner[at], owner[at + len(letters) - 1]
        at = joined.find(letters, at + 1)
