"""Korean text as tokens. Chooses here whether the rules for one run are imported compiled or as written; both say the same.

``tools/build_kernel.py`` compiles the modules of ``KERNEL`` as they stand into ``compiled/``: every rule is written once, in
Python, which is also what runs where nothing was compiled. What was compiled beside other sources than these is passed over, so
an edit takes effect at once. ``GISA_KERNEL=off`` passes over it always.
"""

from __future__ import annotations

import os
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

KERNEL: Final = ("hangul", "morphemes", "entries", "dictionary", "rereading", "compounds", "analyser", "contributions")
"""The modules that take one run apart: where nine tenths of a first analysis go."""
SOURCES: Final = Path(__file__).parent
COMPILED: Final = SOURCES / "compiled"
STAMP: Final = COMPILED / "sources.sha256"


def sources_hash() -> str:
    """What tells this version of all modules here from any other: a compiled one may hold constants of those it imports."""
    return sha256(b"".join(path.read_bytes() for path in sorted(SOURCES.glob("*.py")))).hexdigest()


def is_built() -> bool:
    """Whether these very modules were compiled."""
    return STAMP.is_file() and STAMP.read_text() == sources_hash()


def flavour() -> str:
    """``compiled`` or ``python``: how the rules run in this process."""
    spec = find_spec("gisa.text.analyser")
    return "python" if spec is None or (spec.origin or "").endswith(".py") else "compiled"


if os.environ.get("GISA_KERNEL") != "off" and is_built():
    __path__.insert(0, str(COMPILED))
