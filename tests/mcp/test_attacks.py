"""What an article, an agent or somebody with an old key might try: nothing leaks, nothing is obeyed, nothing grows."""

from __future__ import annotations

import json
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
from gisa.mcp.asked import LEAST_BYTES, MOST_BYTES
from gisa.mcp.calling import PaperFacts, ThreadCaller, facts_of
from gisa.mcp.cursors import CursorInvalid, Cursors
from gisa.mcp.naming import id_from, written_id
from gisa.mcp.refusals import KeyRefused
from gisa.mcp.server import make_server
from gisa.mcp.visible import as_data, clipped
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
            assert hostile not in each, tool
        for letter in "\x1b\u202e\u200b\u2028\U000e0041":
            assert letter not in text_of(result), (tool, letter)


@pytest.mark.parametrize(
    "letter",
    [*"\u034f\u115f\u1160\u2028\u2029\u2800\u3164\ufe01\uffa0\U000e0100\U000e01ef\U000e0041\u200b\u202e\x1b"],
    ids=lambda letter: f"U+{ord(letter):04X}",
)
def test_no_letter_hides(letter: str) -> None:
    """What Unicode calls ignorable, blank letters and other ends of lines are shown: a sentence can be written in them."""
    assert as_data(f"가{letter}나") == "가\N{REPLACEMENT CHARACTER}나"
    assert clipped(f"가{letter}나", 100) == "가\N{REPLACEMENT CHARACTER}나"


def test_an_emoji_stays_one() -> None:
    """The selector behind a sign is no hidden letter; two of them, or one behind a word, are."""
    assert as_data("❤\ufe0f 가") == "❤\ufe0f 가"
    assert as_data("❤\ufe0f\ufe0f가\ufe0f") == "❤\ufe0f\N{REPLACEMENT CHARACTER}가\N{REPLACEMENT CHARACTER}"


@given(st.text(max_size=80), st.integers(3, 60))
def test_what_is_clipped_takes_so_many_bytes(text: str, at_most: int) -> None:
    """As JSON has them; what fits is whole."""
    said = clipped(text, at_most)

    assert len(json.dumps(said, ensure_ascii=False).encode()) - 2 <= at_most
    assert said.removesuffix("…") == as_data(text)[: len(said.removesuffix("…"))]
    if len(json.dumps(as_data(text), ensure_ascii=False).encode()) - 2 <= at_most:
        assert said == as_data(text)


@given(st.text(min_size=1, max_size=40))
def test_an_id_says_nothing_and_comes_back(article_id: str) -> None:
    """Letters, digits and the marks of an address, whatever the source called its article."""
    written = written_id(article_id)

    assert written.isascii()
    assert not set(written) & set(" \"'{}<>\n")
    assert id_from(written) == article_id


@pytest.mark.parametrize("written", ["~", "~!", "~a", "~_w", "~" + "a" * 1_399])
def test_an_id_that_nobody_wrote_names_no_article(agent: Agent, written: str) -> None:
    """It is not found, like any other."""
    assert agent.refused("read", id=written)["code"] == "not_found"


def test_an_article_with_such_an_id_is_read_by_it(agent: Agent) -> None:
    """As it came in an answer."""
    [hit] = agent.call("search", query="등대지기")["hits"]

    assert hit["id"].startswith("~")
    assert agent.call("read", id=hit["id"])["article"] == {key: hit[key] for key in ("id", "published_at", "printed")}
    assert agent.call("cite", id=hit["id"])["printed"]


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
    """Every field as long as it may be: answers keep to their size, or say which one the least of them takes."""
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
            ("verify_quote", {"sentence": '"' + wide[:900]}),
            ("read", {"id": article["id"]}),
            *(("cite", {"id": article["id"], "style": style}) for style in ("korean", "apa", "bibtex", "ris")),
        ]
        for tool, asked in questions:
            size = LEAST_BYTES
            result = agent.result(tool, max_bytes=size, **asked)
            if result.is_error:
                size = int(json.loads(text_of(result))["error"]["message"].rpartition(" ")[2])
                result = agent.result(tool, max_bytes=size, **asked)
            assert not result.is_error, result.content
            assert len(text_of(result).encode()) <= size <= MOST_BYTES
            assert size == LEAST_BYTES or tool != "search", (tool, size)
            if asked.get("style") == "bibtex":
                assert result.structured_content["printed"].endswith("}\n")
            if asked.get("style") == "ris":
                assert result.structured_content["printed"].rstrip().endswith("ER  -")


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
