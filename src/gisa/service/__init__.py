"""Use cases: everything a page, a command or a program can do with a data folder."""

from gisa.service.library import Gisa, open

__all__ = ["Gisa", "open"]
