"""Coverage-guided fuzzing of what reads strangers' bytes: ``tools/fuzz.py [query|address|sources|views] [SECONDS]``. Needs atheris.

Queries must parse to something, addresses to a request, files to drafts and rejects or a ``SourceError``, texts to views; each within seconds. Anything else
ends the run with the input that did it, kept in the working folder as ``crash-…`` or ``timeout-…``.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Final

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install atheris (Linux and macOS, CPython)")

with atheris.instrument_imports(include=["gisa", "feedparser"]):
    from gisa.errors import GisaError
    from gisa.query.parse import parse
    from gisa.search.request import SearchRequest
    from gisa.sources.byte_reader import ByteReader
    from gisa.sources.feed import FeedSource
    from gisa.sources.json_source import JsonSource
    from gisa.text.views import ViewBuilder
    from gisa.web.serving.addresses import utf8_query

from starlette.datastructures import QueryParams

_SLOW_S: Final = 10
"""An input that takes longer is a finding: it is at most 4 kB."""


def fuzz_query(data: bytes) -> None:
    """The query parser takes anything."""
    parse(data.decode("utf-8", "replace")[:500])


def fuzz_address(data: bytes) -> None:
    """An address of a page is always a request."""
    SearchRequest.from_address(QueryParams(utf8_query(data)))


def fuzz_sources(data: bytes) -> None:
    """A file is read, item by item, or refused."""
    kind = (FeedSource, JsonSource)[data[:1] > b"\x7f"]
    try:
        for _ in kind(ByteReader(io.BytesIO(data[1:]), name="fuzz", total_bytes=len(data))):
            pass
    except GisaError:
        pass


def fuzz_views(data: bytes) -> None:
    """A text has views."""
    _builder.text(data.decode("utf-8", "replace"))


_builder: Final = ViewBuilder()
TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "query": fuzz_query,
    "address": fuzz_address,
    "sources": fuzz_sources,
    "views": fuzz_views,
}


def main(target: str, seconds: str) -> None:
    """Fuzz one target for so long; atheris ends the process."""
    options = [f"-max_total_time={seconds}", f"-timeout={_SLOW_S}", "-max_len=4096", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "query", sys.argv[2] if len(sys.argv) > 2 else "600")
