"""The command line in the language of the terminal: help, results, rejects and errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import gisa
from gisa.cli.helping import spoken
from gisa.cli.main import main
from gisa.language import Language
from gisa.saying.help_korean import KOREAN_HELP

KOREAN = spoken(main, Language.KOREAN)
OF_CLICK = {"Usage:", "Options", "Commands", "Show this message and exit."}


def help_texts(command: click.Command) -> Iterator[str]:
    """What stands beside the command, its options, and the commands below it; white space made one."""
    options = [param.help for param in command.params if isinstance(param, click.Option)]
    yield from (" ".join(text.split()) for text in (command.help, *options) if text)
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        yield from help_texts(each)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("languages") / "d"
    with gisa.open(path) as library:
        library.add([{"id": "n1", "title": "나루대교 개통", "body": "열렸다.", "published_at": "2025-11-03"}])
    (path / "words.txt").write_text("새별이\nabc\n", encoding="utf-8")
    return str(path)


def run(*args: str, lang: str = "ko_KR.UTF-8") -> Result:
    return CliRunner().invoke(KOREAN, [*args], env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": lang})


def test_every_help_text_exists_in_korean() -> None:
    """And none is left over from an option that is gone."""
    assert set(KOREAN_HELP) == {*help_texts(main), *OF_CLICK}


def test_help_is_in_korean() -> None:
    """Headings, commands and options; names and examples stay as they are typed."""
    said = run("words", "apply", "--help").output

    assert said.startswith("사용법: ")
    assert "옵션:\n  --json" in said
    assert "이 도움말을 보여 주고 끝냅니다." in said
    assert "관계있는 기사만 다시 분석합니다." in said


def test_english_help_is_what_stands_beside_the_commands() -> None:
    """Nothing is copied where nothing is translated."""
    assert spoken(main, Language.ENGLISH) is main


SAID = {
    "status": (["status"], ["기사         1\n", "단어         0개 적용 중, 바뀐 1건 대기(`gisa words apply`)", "최신"]),
    "words": (["words"], ["대기         1 — `gisa words apply`", "단어 'abc'는 한글이 아닙니다."]),
    "verify": (["verify"], ["기사 1건, 변경 1건: 이상 없음"]),
    "check": (["check"], ["1건 중 1건이 제목으로 맨 먼저 검색됨"]),
}


@pytest.mark.parametrize(("command", "said"), SAID.values(), ids=SAID.keys())
def test_results_are_in_korean(folder: str, command: list[str], said: list[str]) -> None:
    """Each line that a command prints of a data folder."""
    printed = run(*command, "--data", folder)

    assert [each for each in said if each not in printed.output] == [], printed.output


def test_what_is_refused_is_said_in_korean(tmp_path: Path) -> None:
    """With the same code in both languages, for scripts."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": "제목", "published_at": "어제"}) + "\n", encoding="utf-8")

    korean, english = (
        json.loads(run("add", str(path), "--json", "--data", str(tmp_path / "d"), lang=lang).stdout)["rejects"]
        for lang in ("ko", "en")
    )

    assert [each["code"] for each in (*korean, *english)] == ["date_unread", "date_unread"]
    assert korean[0]["reason"].startswith('published_at "어제": 날짜가 아닙니다')
    assert english[0]["reason"].startswith('published_at "어제" is not a date')


def test_an_error_is_said_in_korean(folder: str) -> None:
    """Its kind, its place and what to do, on one line."""
    done = run("add", "--as", "pdf", "x.pdf", "--data", folder)

    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "설정을 확인해 주세요: 'pdf'라는 형식은 없습니다 — 쓸 수 있는 형식: json, csv" in done.stderr
