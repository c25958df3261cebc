"""The compiled rules beside the rules as written: chosen by themselves, and the same to the byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import build_kernel

import gisa
from gisa import text
from gisa.sample import open_articles
from gisa.text.analyser import MecabAnalyser
from gisa.text.contributions import RunMemo
from gisa.text.own_words import OwnWord, OwnWordsAnalyser
from gisa.text.views import ViewBuilder

ROOT: Final = Path(__file__).parents[2]
OWN: Final = (OwnWord("에어팟프로", ("에어팟", "프로")), OwnWord("나루대교", ("나루대교",)))
CHILD: Final = """
import json, sys
from gisa import text
from tests.unit.test_kernel import all_views
assert text.flavour() == "compiled", "the rules run as Python"
for line in sys.stdin:
    print(json.dumps(all_views(json.loads(line))), flush=True)
"""

Kernel = Callable[[str], list[list[str]]]


def builders() -> list[ViewBuilder]:
    """With the dictionary's words alone, and with a paper's own."""
    return [ViewBuilder(), ViewBuilder(RunMemo(OwnWordsAnalyser(OWN, MecabAnalyser())))]


BUILDERS: Final = builders()


def all_views(article: str) -> list[list[str]]:
    """Every view of a text, by each builder."""
    return [list(builder.text(article)) for builder in BUILDERS]


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """``all_views`` in a process in which the rules run compiled."""
    if text.is_built():
        environment = {**os.environ, "GISA_KERNEL": "on", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        command = [sys.executable, "-c", CHILD]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            asked, answers = child.stdin, child.stdout

            def ask(article: str) -> list[list[str]]:
                asked.write(json.dumps(article) + "\n")
                asked.flush()
                found: list[list[str]] = json.loads(answers.readline())
                return found

            yield ask
            asked.close()
        return
    if os.environ.get("GISA_REQUIRE_KERNEL"):
        pytest.fail("the rules are not compiled, or from other sources — run `make kernel`")
    pytest.skip("the rules are not compiled — run `make kernel`")


SYLLABLES: Final = st.text(
    "가각강건걸고과국권기는다대도동되들때로리말명문미보부분비사산서성시식실아어에였오원은을의이인일자장전정제주지학한해했회",
    max_size=9,
)
PIECES: Final = st.one_of(
    SYLLABLES,
    st.sampled_from(
        [
            "대한민국",
            "분양가상한제",
            "늘립니다",
            "에어팟프로를",
            "나루대교",
            "李대통령",
            "e-mail",
            "2025.11.1",
            "|",
            "·",
            " ",
            "뷁",
        ]
    ),
    st.text(max_size=4),
)


@given(st.lists(PIECES, max_size=8))
def test_says_the_same_of_any_text(kernel: Kernel, pieces: list[str]) -> None:
    """Compiled or not, a text has the same views to the byte."""
    article = "".join(pieces).encode("utf-8", "replace").decode()

    assert kernel(article) == all_views(article)


def test_says_the_same_of_the_sample_newspaper(kernel: Kernel) -> None:
    """The articles of the sample newspaper have the same views, too."""
    for draft in islice(open_articles(), 60):
        body = str(draft.fields["body"])

        assert kernel(body) == all_views(body)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The package with a module in its folder of compiled ones, stamped as if made from these sources."""
    copy = tmp_path / "gisa"
    shutil.copytree(
        Path(gisa.__file__).parent, copy, ignore=shutil.ignore_patterns("compiled", "__pycache__", "sample")
    )
    compiled = copy / "text" / "compiled"
    compiled.mkdir()
    (compiled / "marker.py").write_text("")
    (compiled / text.STAMP.name).write_text(text.sources_hash())
    return tmp_path


def is_chosen(checkout: Path, **environment: str) -> bool:
    """Whether a fresh process imports from the folder of compiled modules."""
    code = "import importlib.util, sys; sys.exit(importlib.util.find_spec('gisa.text.marker') is None)"
    bare = {name: value for name, value in os.environ.items() if name != "GISA_KERNEL"}
    env = {**bare, "PYTHONPATH": str(checkout), **environment}
    return subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0


def test_what_was_compiled_from_these_sources_is_chosen(checkout: Path) -> None:
    """Nothing has to be set for it; ``GISA_KERNEL=off`` passes it over."""
    assert is_chosen(checkout)
    assert not is_chosen(checkout, GISA_KERNEL="off")


def test_what_was_compiled_from_other_sources_is_passed_over(checkout: Path) -> None:
    """An edit of a rule takes effect without a build."""
    with (checkout / "gisa" / "text" / "compounds.py").open("a") as source:
        source.write("# edited\n")

    assert not is_chosen(checkout)


def test_without_a_compiler_the_build_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which program was looked for is named."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    assert "there is no C compiler" in build_kernel.what_is_missing()


def test_a_build_that_breaks_says_where_the_reason_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It answers with the file of its messages instead of raising."""

    def breaks(command: list[str], **_options: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(build_kernel, "BUILD", tmp_path / "build")
    monkeypatch.setattr(subprocess, "run", breaks)

    assert build_kernel.build(("hangul",), text.SOURCES) == f"the build failed, see {tmp_path / 'build' / 'log.txt'}"
