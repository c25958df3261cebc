"""Queries are read as they were meant, whatever bytes an address holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from gisa.web.serving.addresses import utf8_query
from tests.web.visitor import Visitor

SPELLINGS = {
    "raw UTF-8": "q=바다&sort=oldest".encode(),
    "raw EUC-KR": "q=바다&sort=oldest".encode("euc-kr"),
    "escaped UTF-8": b"q=%EB%B0%94%EB%8B%A4&sort=oldest",
    "escaped EUC-KR, as old forms send it": b"q=%B9%D9%B4%D9&sort=oldest",
    "half escaped": "q=바%EB%8B%A4&sort=oldest".encode(),
}


@pytest.mark.parametrize("query", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("path", ["/api/search", "/search"])
def test_a_query_is_found_however_its_bytes_are_sent(visitor: Visitor, path: str, query: bytes) -> None:
    """``curl 'http://…/api/search?q=AI센터'`` sends raw bytes, a page in EUC-KR its own."""
    status, body = visitor.get_raw(path, query)

    assert status == 200
    assert "바다" in body.decode()
    assert "65" in body.decode()


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1))
def test_a_query_in_utf8_keeps_its_meaning(params: dict[str, str]) -> None:
    """What browsers send is what it was before, signs and spaces among it."""
    from urllib.parse import urlencode

    sent = urlencode(params, errors="ignore").encode()

    assert dict(QueryParams(utf8_query(sent))) == dict(QueryParams(sent))


@given(st.binary())
def test_any_bytes_become_ascii(query: bytes) -> None:
    """Nothing is raised, nothing is read as Latin-1."""
    assert utf8_query(query).isascii()


def test_a_space_and_a_plus_stay_apart_in_euc_kr() -> None:
    """``+`` is a space in a form, ``%2B`` a plus."""
    sent = b"q=" + "센터".encode("euc-kr") + b"+C%2B%2B"

    assert QueryParams(utf8_query(sent))["q"] == "센터 C++"
