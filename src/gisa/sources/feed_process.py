"""The process behind ``parse_feed``: ``python -m gisa.sources.feed_process``."""

from __future__ import annotations

import sys

from gisa.sources.feed_parsing import answer_to

if __name__ == "__main__":
    sys.stdout.buffer.write(answer_to(sys.stdin.buffer.read()))
