"""Where articles come from: files, folders, feeds, as drafts and rejects. Decides nothing about acceptance.

``open_source`` is the door::

    with open_source("articles.jsonl.gz") as source:
        for item in source:                      # Draft | Reject | Remark, lazily
            bar.update(source.position(), source.total_bytes)
"""

from gisa.sources.opening import Wishes, open_source, open_stream
from gisa.sources.source import Source

__all__ = ["Source", "Wishes", "open_source", "open_stream"]
