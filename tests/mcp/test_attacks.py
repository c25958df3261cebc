"""What an article, an agent or somebody with an old key might try: nothing leaks, nothing is obeyed, nothing grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gisa
from gisa.access import Asker, Scope, asker_of
from gisa.library import Library
from gisa.library.keys import KeyFile
from gisa.mcp.answers import as_data
from gisa.mcp.calling import PaperFacts, ThreadCaller, facts_of
from gisa.mcp.cursors import CursorInvalid, Cursors
from gisa.mcp.refusals import KeyRefused
from gisa.mcp.server import make_server
from mcp import Client
from tests.mcp.agent import Agent, strings_outside_printed, text_of
from tests.mcp.conftest import MARKER, NOW, ORDER, REST, agent_of, articles, clock

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "바다", "limit": 50, "max_bytes": 20_000}),
    ("search", {"query": MARKER}),
    ("search", {"query": REST}),
    ("search", {"query": f"분야:{MARKER}"}),
    ("search", {"query": "바다", "byline": MARKER}),
    ("search", {"query": "바다", "until": "2030-01-01", "sort": "newest"}),
    ("read", {"id": "withheld"}),
    ("read", {"id": "embargoed"}),
    ("read", {"id": "ahead"}),
    ("read", {"id": "deep"}),
    ("read", {"id": "deep", "from_paragraph": 2}),
    ("verify_quote", {"sentence": f"나루 앞바다 {MARKER} 등대."}),
    ("verify_quote", {"sentence": f"{REST}를 찾겠다"}),
    ("count", {"query": MARKER}),
    ("count", {"query": "바다"}),
    ("timeline", {"query": "바다", "until": "2030-01-01"}),
    ("who_said", {"speaker": "김바람"}),
    ("who_said", {"words": MARKER}),
    ("who_said", {"speaker": "김하늘", "limit": 50, "max_bytes": 20_000}),
    ("cite", {"id": "withheld"}),
    ("cite", {"id": "ahead"}),
]


def told(agent: Agent) -> Iterator[str]:
    """Every answer as text, without what the agent had given itself."""
    for tool, asked in ASKED:
        said = text_of(agent.result(tool, **asked))
        for given_text in asked.values():
            said = said.replace(str(given_text), "")
        yield said


def test_what_is_not_published_leaves_by_no_tool(agent: Agent) -> None:
    """Nothing withheld, under embargo or dated ahead, and of a subscriber's article nothing after its beginning."""
    for said in told(agent):
        assert MARKER not in said
        assert REST not in said


def test_what_is_not_published_is_not_even_counted(tmp_path: Path, agent: Agent) -> None:
    """An archive without the hidden articles answers the same, but for signatures and scores."""
    with gisa.open(tmp_path / "open", clock=clock) as library:
        library.add([each for each in articles() if each["id"] not in ("withheld", "embargoed", "ahead")])
        other = agent_of(library, facts_of(library, clock=clock))
        for tool, asked in ASKED:
            here, there = agent.result(tool, **asked), other.result(tool, **asked)
            assert here.is_error == there.is_error
            for name in ("total", "hits", "sections", "bars", "printings", "quotations", "error"):
                assert here.structured_content.get(name) == there.structured_content.get(name), (tool, asked)


def test_a_subscribers_key_opens_the_rest_and_the_desks_everything(agents_library: Library, facts: PaperFacts) -> None:
    """An agent sees what its key sees."""
    subscriber = agent_of(agents_library, facts, Asker.SUBSCRIBER)
    desk = agent_of(agents_library, facts, Asker.DESK)

    assert REST in str(subscriber.call("read", id="deep"))
    assert subscriber.refused("read", id="ahead")["code"] == "not_found"
    assert MARKER in str(desk.call("read", id="ahead"))


def test_an_article_is_quoted_and_never_becomes_structure(agent: Agent) -> None:
    """Instructions, braces, line separators and hidden letters of an article stand in strings under `printed` alone."""
    hostile = 'hostile/"]}'
    asked: list[tuple[str, dict[str, Any]]] = [
        ("search", {"query": "등대지기"}),
        ("read", {"id": hostile}),
        ("count", {"query": "등대지기"}),
        ("timeline", {"query": "등대지기"}),
        ("who_said", {"words": "instructions"}),
        ("verify_quote", {"sentence": "등대지기 이야기."}),
        ("cite", {"id": hostile}),
    ]
    for tool, arguments in asked:
        result = agent.result(tool, **arguments)
        assert not result.is_error, tool
        said = result.structured_content
        assert said["licence"].startswith("© 시험일보.")
        for each in strings_outside_printed(said):
            assert "instructions and call" not in each, tool
            assert "im_start" not in each, tool
        for letter in "\x1b\u202e\u200b\U000e0041":
            assert letter not in text_of(result), (tool, letter)


def test_a_reason_for_a_removal_is_quoted_too(agent: Agent) -> None:
    """What the paper tells readers of a removed article is no sentence of the server."""
    error = agent.refused("read", id="gone")

    assert error["printed"] == ORDER
    assert ORDER not in error["message"] + error["next"]


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_data_keeps_its_length_and_hides_nothing(text: str) -> None:
    """One letter for one; the end of a line stays, every other control is made visible."""
    said = as_data(text)

    assert len(said) == len(text)
    assert all(each == "\n" or not (each < " " or "\x7f" <= each < "\xa0") for each in said)
    assert as_data(said) == said


def test_a_takedown_between_two_pages_holds(tmp_path: Path) -> None:
    """What is removed while an agent reads comes in no later answer: neither by cursor nor by any tool."""
    with gisa.open(tmp_path / "data", clock=clock) as library:
        library.add(articles())
        agent = agent_of(library, facts_of(library, clock=clock))
        first = agent.call("search", query="앞바다", limit=5)
        page = agent.call("read", id="long")
        set_id = first["set_id"]

        library.remove(["sea-05", "long"], public_reason="당사자 요청")

        rest = agent.call("search", query="앞바다", limit=50, cursor=first["next_cursor"], max_bytes=20_000)
        assert "sea-05" not in {hit["id"] for hit in rest["hits"]}
        assert rest["total"] == 39
        assert agent.refused("read", id="long", cursor=page["next_cursor"])["code"] == "removed"
        assert agent.refused("cite", id="sea-05")["code"] == "removed"
        assert agent.call("verify_quote", sentence="나루 앞바다 소식 5번째다.")["standing"] not in ("exact", "spacing")
        said = agent.call("who_said", speaker="김하늘", words="6억원", max_bytes=20_000)["quotations"]
        assert [each["article"]["id"] for each in said] == ["sea-15", "sea-25", "sea-35"]
        assert agent.call("cite", set_id=set_id)["total"] == 40  # what was counted then, and no article


def test_a_correction_between_two_pages_is_told(tmp_path: Path) -> None:
    """Places of one revision are not read in another."""
    with gisa.open(tmp_path / "data", clock=clock) as library:
        [long] = [each for each in articles() if each["id"] == "long"]
        library.add([long])
        agent = agent_of(library, facts_of(library, clock=clock))
        page = agent.call("read", id="long")

        library.add([{**long, "body": "고쳤다.\n" + long["body"]}])

        assert agent.refused("read", id="long", cursor=page["next_cursor"])["code"] == "cursor"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda cursor: cursor[:-1] + ("A" if cursor[-1] != "A" else "B"), id="a letter changed"),
        pytest.param(lambda cursor: "A" * len(cursor), id="made up"),
        pytest.param(lambda cursor: cursor + "%00", id="more behind"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda _: "한글", id="no letters of one"),
    ],
)
def test_a_forged_cursor_is_refused(agent: Agent, change: Any) -> None:
    """Only what the server gave goes on, and only with the question it was given for."""
    cursor = agent.call("search", query="앞바다", limit=5)["next_cursor"]

    assert agent.refused("search", query="앞바다", limit=5, cursor=change(cursor))["code"] == "cursor"
    assert agent.refused("search", query="등대", cursor=cursor)["code"] == "cursor"
    assert agent.refused("who_said", speaker="김하늘", cursor=cursor)["code"] == "cursor"
    assert agent.call("search", query="앞바다", limit=7, cursor=cursor)["hits"][0]["id"] == "sea-05"


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_cursors_come_back_with_their_question_alone(place: str, question: str, other: str) -> None:
    """What is written is read with the same question and key, and with no other."""
    cursors = Cursors(b"k" * 32)
    cursor = cursors.write(place, question=question)

    assert cursors.read(cursor, question=question) == place
    for reader, asked in ((cursors, other), (Cursors(b"l" * 32), question)):
        if (reader, asked) != (cursors, question):
            with pytest.raises(CursorInvalid):
                reader.read(cursor, question=asked)


def test_an_article_of_the_longest_kind_fits_into_the_smallest_answer(tmp_path: Path) -> None:
    """Every field as long as it may be: answers stay within 20 KB, and those that list go on."""
    wide = "\N{REPLACEMENT CHARACTER}힣\x1b" * 400
    article = {
        "id": "힣" * 256,
        "title": wide[:1_000],
        "body": f'"{wide}"\n' * 200 + "고래 " * 5_000,
        "published_at": "2026-01-01T00:00:00+09:00",
        "section": wide[:200],
        "byline": [wide[:200] + str(number) for number in range(50)],
        "publisher": wide[:200],
        "keywords": [f"{number}{wide[:150]}" for number in range(500)],
        "url": "https://news.example/" + "a" * 4_000,
        "correction": wide,
    }
    with gisa.open(tmp_path / "data", clock=clock) as library:
        assert library.add([article]).rejected == 0
        agent = agent_of(library, facts_of(library, clock=clock))
        questions: list[tuple[str, dict[str, Any]]] = [
            ("search", {"query": "고래"}),
            ("timeline", {"query": "고래"}),
            ("read", {"id": article["id"]}),
            *(("cite", {"id": article["id"], "style": style}) for style in ("korean", "apa", "bibtex", "ris")),
        ]
        for tool, asked in questions:
            result = agent.result(tool, max_bytes=4_000, **asked)
            assert not result.is_error, result.content
            assert len(text_of(result).encode()) <= 20_000


@dataclass
class _Day:
    """A clock that a test moves."""

    now: Any = field(default=NOW)


def test_a_key_that_is_revoked_or_ends_opens_nothing_from_then_on(agents_library: Library, facts: PaperFacts) -> None:
    """In the middle of a session, by the next call, and without a word of why to be seen."""
    keys, day = KeyFile(agents_library.settings.keys_path), _Day()
    whole, key = keys.create("agent", scopes=[Scope.SUBSCRIBER], now=NOW, expires_at=NOW + timedelta(days=1))

    def asker() -> Asker:
        found = keys.find(whole, now=day.now)
        if found is None:
            raise KeyRefused
        return asker_of(found.scopes)

    agent = Agent(lambda: Client(make_server(facts, ThreadCaller(agents_library, asker))))
    assert REST in str(agent.call("read", id="deep"))

    day.now = NOW + timedelta(days=2)
    assert agent.refused("read", id="deep")["code"] == "key"
    day.now = NOW
    keys.revoke(key.id, now=NOW)

    for tool, asked in ASKED:
        assert agent.refused(tool, **asked)["code"] == "key"
