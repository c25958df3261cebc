"""The engine on OpenSearch, as far as no server is needed: addresses, clauses, names."""

from __future__ import annotations

import pytest

from gisa.clause import EVERYTHING, NOTHING, AllOf, AtLeast, Not, Numbered, Phrase, SyllableIn, Token
from gisa.errors import ConfigError, SearchIndexError
from gisa.index.opensearch_connection import access_from_url, opensearch_errors
from gisa.index.opensearch_mapping import index_body, index_name, number_of
from gisa.index.opensearch_query import ARTICLES, MOST_TERMS, to_query
from tests.said import refused


def test_an_address_names_nodes_and_alias() -> None:
    """Several nodes, a user and an alias stand in one address; the password comes from the environment."""
    access = access_from_url(
        "https://ki%40sa@one:9200,two:9200/naru", env={"GISA_INDEX_PASSWORD": "열쇠"}, shards=2, replicas=1
    )

    assert access.hosts == ("https://one:9200", "https://two:9200")
    assert (access.user, access.password, access.alias) == ("ki@sa", "열쇠", "naru")
    assert (access.shards, access.replicas) == (2, 1)


def test_secrets_are_not_shown() -> None:
    """Neither printing an address nor naming its place shows a password or key."""
    access = access_from_url("https://me:geheim@one:9200", env={"GISA_INDEX_API_KEY": "schluessel"})

    shown = repr(access) + access.place

    assert access.alias == "gisa"
    assert "geheim" not in shown
    assert "schluessel" not in shown


@pytest.mark.parametrize(
    "url", ["https://", "https:///gisa", "http://host:9200/Naru", "http://host:9200/a*", "http://host/_x"]
)
def test_impossible_addresses_are_refused(url: str) -> None:
    """An address without a host, or with a name no index may have, is a setting to mend."""
    with refused(ConfigError, "index_url"):
        access_from_url(url, env={})


@pytest.mark.parametrize(
    ("clause", "query"),
    [
        (Token("f", "a"), {"term": {"f": "a"}}),
        (Phrase("f", (None, "a", None)), {"term": {"f": "a"}}),
        (Phrase("f", (None,)), {"match_none": {}}),
        (Phrase("f", ("a", None, "b")), {"match_phrase": {"f": {"query": "a | b", "analyzer": "tokens"}}}),
        (SyllableIn("f", "*"), {"regexp": {"f": {"value": r".?_?\*_?.?", "flags": "NONE"}}}),
        (EVERYTHING, {"bool": {"must": [ARTICLES]}}),
        (NOTHING, {"match_none": {}}),
        (AtLeast(2, (Token("f", "a"),)), {"match_none": {}}),
        (
            AllOf((Not(Token("f", "a")),)),
            {"bool": {"must": [ARTICLES], "must_not": [{"term": {"f": "a"}}]}},
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_clauses_are_translated(clause: object, query: object) -> None:
    """The edge cases of the translation, at which an engine would match everything or nothing by mistake."""
    assert to_query(clause) == query  # type: ignore[arg-type]  # the parameters are clauses


def test_many_numbers_are_asked_for_in_parts() -> None:
    """OpenSearch refuses a list of more than 65,536 terms; none is lost between two parts, and no number is no article."""
    numbers = tuple(range(2 * MOST_TERMS + 3))
    parts = [part["terms"]["seq"] for part in to_query(Numbered(numbers))["bool"]["should"]]

    assert [seq for part in parts for seq in part] == list(numbers)
    assert max(map(len, parts)) == MOST_TERMS
    assert to_query(Numbered(())) == {"terms": {"seq": []}}


def test_generations_are_told_from_other_indexes() -> None:
    """Only an index that this alias made is counted, and deleted."""
    assert number_of("gisa", index_name("gisa", 7)) == 7
    assert number_of("gisa", "gisa-logs-000001") is None
    assert number_of("gisa", index_name("gisa-apart", 7)) is None


@pytest.mark.parametrize(("major", "similarity"), [(2, None), (3, {"default": {"type": "LegacyBM25"}})])
def test_bm25_keeps_its_factor(major: int, similarity: object) -> None:
    """From version 3 on the old BM25 is asked for, by whose scores ``Worth`` is measured."""
    body = index_body(shards=1, replicas=0, server_major=major)

    assert body["settings"]["index"].get("similarity") == similarity


def test_an_error_tells_its_kind_and_no_query() -> None:
    """Messages go into the log, and OpenSearch quotes what it could not read."""
    exceptions = pytest.importorskip("opensearchpy.exceptions")

    with pytest.raises(SearchIndexError) as failed, opensearch_errors("search.example"):
        raise exceptions.SerializationError("cannot read 비밀검색어")

    assert str(failed.value) == "search.example: OpenSearch failed (SerializationError)"
