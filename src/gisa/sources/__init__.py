"""Where articles come from: files, folders, feeds, as drafts and rejects. Decides nothing about acceptance.

``opening.open_source`` is the door::

    with open_source("articles.jsonl.gz") as source:
        for item in source:                      # Draft | Reject | Remark, lazily
            bar.update(source.position(), source.total_bytes)
"""
