"""Opens the index engine that a setting names. The only module that knows which engines there are.

Every engine is one module that keeps the promises of ``ports.IndexEngine``. To add one, write the module and name its
scheme here; the conformance tests (``tests/conformance/test_index.py``) say when it is done.
"""

from __future__ import annotations

import os
from pathlib import Path

from gisa.config import RemoteIndex
from gisa.errors import ConfigError
from gisa.index.tantivy_engine import TantivyEngine
from gisa.messages import ConfigCode, Message
from gisa.ports import IndexEngine


def open_engine(url: str | None, *, folder: Path, remote: RemoteIndex | None = None) -> IndexEngine:
    """The engine of the setting ``index_url``; None is the embedded one, with its files in ``folder``.

    ``https://user@host:9200/alias`` is an index on OpenSearch with the shards and replicas of ``remote`` (None: one shard, no replica). Its password or API key
    comes from the environment (``GISA_INDEX_PASSWORD``, ``GISA_INDEX_API_KEY``). Opens and creates nothing yet. Raises ``ConfigError``
    for an engine that Gisa does not know, or whose client is not installed.
    """
    if url is None:
        return TantivyEngine(folder)
    scheme = url.partition(":")[0]
    if scheme in ("http", "https"):
        from gisa.index.opensearch_connection import access_from_url  # an extra, which most folders do without
        from gisa.index.opensearch_engine import OpenSearchEngine

        kept = remote or RemoteIndex()
        return OpenSearchEngine(
            access_from_url(url, env=os.environ, ca_file=kept.ca_file, shards=kept.shards, replicas=kept.replicas)
        )
    raise ConfigError(Message(ConfigCode.INDEX_URL_STRANGE, scheme=scheme))
