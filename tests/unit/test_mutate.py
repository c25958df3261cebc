"""The tool that plants bugs."""

from __future__ import annotations

import ast

import pytest
from tools.mutate import mutants

_MODULE = '''
"""Text of a module."""
LIMIT = 3


def first(words: list[str] | None, *, at: int = 1) -> str:
    """Text of a function: 나루."""
    if not words or len(words) < at:
        raise ValueError(f"fewer than {at + 1}")
    return "나루 " + words[at - 1]
'''


def _planted() -> list[tuple[str, str]]:
    return [(found.old(_MODULE), found.new) for found in mutants("m.py", _MODULE)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not words", "(words)"),
        ("len(words) < at", "(len(words) <= at)"),
        ("not words or len(words) < at", "(not words and len(words) < at)"),
        ("at - 1", "(at + 1)"),
        ("1", "(2)"),
        ('return "나루 " + words[at - 1]', "return None"),
    ],
)
def test_bugs_of_every_kind_are_planted(old: str, new: str) -> None:
    """Conditions, comparisons, arithmetic, numbers and answers are changed, each by itself."""
    assert (old, new) in _planted()


def test_texts_types_and_constants_of_a_module_are_left_alone() -> None:
    """What no test should depend on is not changed: messages, docstrings, annotations, tuning constants."""
    changed = {old for old, _ in _planted()}

    assert not changed & {"3", "list[str] | None", "at + 1", '"나루 " + words[at - 1]'}


def test_every_bug_is_still_python() -> None:
    """Each module with a bug in it parses, and differs from the original in that one place."""
    for found in mutants("m.py", _MODULE):
        planted = found.planted(_MODULE)

        assert ast.dump(ast.parse(planted)) != ast.dump(ast.parse(_MODULE))
        assert planted.replace(found.new, "", 1) == _MODULE.replace(found.old(_MODULE), "", 1) or found.new in planted
