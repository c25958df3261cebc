"""A library on another machine, by its address. Knows Gisa's API, and no folder, archive or index."""

from gisa.remote.client import RemoteLibrary, RemoteResults, connect

__all__ = ["RemoteLibrary", "RemoteResults", "connect"]
