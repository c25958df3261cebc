"""Where articles come from: files, folders, feeds, as drafts and rejects. Decides nothing about acceptance.

``open_source`` is the door::

    with open_source("articles.jsonl.gz") as source:
        for item in source:                      # Draft | Reject, lazily
            bar.update(source.position(), source.total_bytes)
"""

from gisa.sources.opening import open_source
from gisa.sources.source import Source

__all__ = ["Source", "open_source"]
