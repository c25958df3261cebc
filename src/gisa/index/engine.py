"""The one door to the index: which engine keeps it is a setting. Knows engines by name, and nothing of how they work.

Every engine is one module that keeps the promises of ``ports.IndexEngine``. To add one, write the module and name its
scheme here; the conformance tests (``tests/conformance/test_index.py``) say when it is done.
"""

from __future__ import annotations

from pathlib import Path

from gisa.errors import ConfigError
from gisa.index.tantivy_engine import TantivyEngine
from gisa.ports import IndexEngine


def open_engine(url: str | None, *, folder: Path) -> IndexEngine:
    """The engine that a setting ``index_url`` names; None is the embedded one, whose files stand in ``folder``.

    Opens and creates nothing yet. Raises ``ConfigError`` for an engine that Gisa does not know.
    """
    if url is None:
        return TantivyEngine(folder)
    scheme = url.partition(":")[0]
    raise ConfigError(
        f"index_url: Gisa keeps no index in {scheme!r} — leave index_url out for the index in the data folder"
    )
