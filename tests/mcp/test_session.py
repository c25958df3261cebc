"""The session that docs show is one that the tools really give."""

from __future__ import annotations

from pathlib import Path

from tools.agent_session import PAGE, session


def test_the_session_in_the_docs_is_what_an_agent_is_told(tmp_path: Path) -> None:
    """Ten claims over the sample newspaper, byte for byte; run tools/agent_session.py where an answer has changed on purpose."""
    said = session(tmp_path / "naru")

    assert said.count("\n## ") == 10
    assert said == PAGE.read_text(encoding="utf-8")
