"""Use cases: everything a page, a command or a program can do with a data folder."""

from gisa.library.library import Library
from gisa.library.opening import open, restore  # noqa: A004 - gisa.open is the public name

__all__ = ["Library", "open", "restore"]
