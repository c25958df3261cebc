"""Notes that wrappers leave in a request for those further in."""

from __future__ import annotations

import re
from pathlib import Path

import gisa
from gisa.web.serving import noted
from gisa.web.serving.noted import Noted

WEB = Path(gisa.__file__).parent / "web"


def test_a_note_is_read_where_it_was_made() -> None:
    """What one request notes is there under its own name, and not in another request."""
    one, two = Noted[int]("one"), Noted[str]("two")
    scope: dict[str, object] = {}
    one.put(scope, 0)

    assert (one.of(scope), two.of(scope), one.of({})) == (0, None, None)


def test_every_note_is_listed_once() -> None:
    """The table says who makes and who reads each note; no two share a name, and none hides elsewhere in a scope."""
    sources = [path.read_text(encoding="utf-8") for path in WEB.rglob("*.py")]
    made = [name for text in sources for name in re.findall(r'Noted\[.+\]\("(\w+)"\)', text)]
    listed = re.findall(r"^\| ``(\w+)`` \|", noted.__doc__ or "", re.MULTILINE)

    assert sorted(made) == sorted(listed)
    assert not [text for text in sources if re.search(r'scope\["gisa|scope\.get\(_', text)]
