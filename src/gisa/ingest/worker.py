"""The process behind ``AnalysisPool``: ``python -m gisa.ingest.worker``."""

from __future__ import annotations

import sys

from gisa.ingest.workers import serve

if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
