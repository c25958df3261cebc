"""What the desk is told: every code has its sentences, and every place that uses one gives what they fill in."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

import gisa
from gisa import messages
from gisa.errors import ConfigError, SourceError
from gisa.messages import ArticleCode, ConfigCode, Message, MessageCode, SourceCode
from gisa.model import Reject
from gisa.saying.messages import SURFACES
from gisa.saying.messages_english import ENGLISH_MESSAGES

_READS_THEM_BACK = "collecting/troubles.py"
"""It makes messages of what it wrote down of others."""
SOURCE = Path(gisa.__file__).parent
CODES = {f"{kind.__name__}.{code.name}": code for kind in SURFACES for code in kind}


def sentence(code: MessageCode) -> str:
    said: str = getattr(getattr(ENGLISH_MESSAGES, SURFACES[type(code)]), code.value)
    return said


def arguments_of(code: MessageCode) -> set[str]:
    """What the sentence fills in; the other language's fills in the same (``test_saying``)."""
    return {name for _, name, _, _ in Formatter().parse(sentence(code)) if name}


class Use(NamedTuple):
    """A ``Message(…)`` in the source."""

    place: str
    codes: tuple[str, ...]
    """Those that it names; none if it takes the code from elsewhere."""
    given: frozenset[str]


def names_of(tree: ast.AST) -> tuple[str, ...]:
    return tuple(name for node in ast.walk(tree) if (name := ast.unparse(node)) in CODES)


def uses() -> Iterator[tuple[Use, set[str]]]:
    """Every use, beside the codes that its file names outside of any: in tables, and as arguments of functions."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Message"]
        found = [
            Use(
                f"{path.relative_to(SOURCE)}:{call.lineno}",
                names_of(call.args[0]),
                frozenset(str(keyword.arg) for keyword in call.keywords),
            )
            for call in calls
        ]
        elsewhere = set(names_of(tree)) - {code for use in found for code in use.codes}
        yield from ((use, elsewhere) for use in found)


@pytest.mark.parametrize("kind", SURFACES, ids=lambda kind: kind.__name__)
def test_every_code_has_its_sentence(kind: type[MessageCode]) -> None:
    """And no sentence is left without a code."""
    assert {code.value for code in kind} == {field.name for field in fields(getattr(ENGLISH_MESSAGES, SURFACES[kind]))}


def test_every_list_of_codes_has_a_surface() -> None:
    """A list that is added to ``messages`` has somewhere to be said."""
    assert {name for name in vars(messages) if name.endswith("Code")} - {"MessageCode"} == {
        kind.__name__ for kind in SURFACES
    }


def test_every_place_gives_what_the_sentence_fills_in() -> None:
    """No more and no less, for each code that the place may use."""
    wrong = {
        (use.place, code): sorted(use.given ^ arguments_of(CODES[code]))
        for use, _ in uses()
        for code in use.codes
        if use.given != arguments_of(CODES[code])
    }
    wrong |= {
        (use.place, ""): sorted(use.given)
        for use, elsewhere in uses()
        if not use.codes
        and not use.place.startswith(_READS_THEM_BACK)
        and not any(arguments_of(CODES[code]) == use.given for code in elsewhere)
    }

    assert not wrong


def test_every_code_is_used() -> None:
    """A sentence that nobody can meet is taken away."""
    used = {code for use, elsewhere in uses() for code in (*use.codes, *elsewhere)}

    assert used == CODES.keys()


def test_as_text_a_message_is_its_code_with_its_arguments() -> None:
    """Developers and logs see which rule it was, and of what, on one line."""
    why = Message(ArticleCode.DATE_UNREAD, field="corrected_at", value="어\x1b제")

    assert str(Message(ArticleCode.TITLE_BLANK)) == "title_blank"
    assert str(Message(ArticleCode.LEFT_OUT, why=why)) == (
        r"left_out (why=date_unread (field='corrected_at', value='어\x1b제'))"
    )
    assert str(Reject("a:1", Message(ArticleCode.TITLE_BLANK))) == "a:1: title_blank"


def test_a_message_is_said_in_both_languages() -> None:
    """With its place, numbers in figures, and messages inside it in the same language."""
    defect = Message(SourceCode.PACKING_SHORT, packing="gzip")
    reject = Reject("a.gz", Message(SourceCode.REST_UNREAD, defect=defect))
    damaged = Message(SourceCode.FEED_DAMAGED, defects=(defect, defect), count=12_345)

    assert gisa.say(reject, "ko") == (
        "a.gz: 파일이 잘렸습니다: gzip 압축이 중간에 끝납니다 — 그 앞까지는 읽었습니다. 온전한 파일을 받아 주세요"
    )
    assert gisa.say(SourceError(Message(SourceCode.NOT_THERE), "x.csv")) == "x.csv: no such file or folder"
    assert "12,345" in gisa.say(damaged)
    assert gisa.say(damaged).count("its gzip data ends in the middle; ") == 1


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    """Arguments come from files that anybody may have written."""
    assert gisa.say(Message(SourceCode.NOT_OPENED, error="\x1b[2J\n오류")) == "cannot be opened: �[2J�오류"


def test_a_language_that_is_not_spoken() -> None:
    """Is refused as any other value that is none."""
    with pytest.raises(ValueError, match="fr"):
        gisa.say(Message(SourceCode.NOT_THERE), "fr")


def test_an_error_comes_whole_out_of_another_process() -> None:
    """Place, code and arguments survive pickling."""
    error = ConfigError(Message(ConfigCode.SETTING_UNKNOWN, setting="x", known="y"), "gisa.toml")
    again = pickle.loads(pickle.dumps(error))

    assert (str(again), again.place, again.reason) == (str(error), "gisa.toml", error.reason)
