"""Use cases: everything a page, a command or a program can do with a data folder."""

from gisa.service.library import Gisa
from gisa.service.opening import open, restore  # noqa: A004 - gisa.open is the public name

__all__ = ["Gisa", "open", "restore"]
