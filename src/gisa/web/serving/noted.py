"""What an ASGI wrapper notes in a request for those further in, each note with its type. Holds none itself.

| note | who makes it | who reads it |
|---|---|---|
| ``asked_by`` | ``askers.Recognition``: whose key or login it is | ``askers.Refusing``, every route, ``turns`` |
| ``time_left_s`` | ``admission.Admission``: what waiting has left of the budget | searches |
| ``own_part`` | a route: where its page holds the reader's own list | ``delivery`` |
| ``reader`` | ``own_part``: the reader's cookie, parsed once | routes, ``delivery`` |
| ``leaves_nothing`` | a route that may save nothing | ``delivery``, ``dear``, ``asking`` |
"""

from __future__ import annotations

from typing import Generic, TypeVar

from starlette.types import Scope

T = TypeVar("T")


class Noted(Generic[T]):
    """One kind of note. It belongs to one request and ends with it."""

    def __init__(self, name: str) -> None:
        """``name``: unique among the notes; the key in the scope is ``gisa.`` and the name."""
        self._key = f"gisa.{name}"

    def of(self, scope: Scope) -> T | None:
        """What has been noted in this request; None if nothing was."""
        found: T | None = scope.get(self._key)
        return found

    def put(self, scope: Scope, value: T) -> None:
        """Note it, in the place of what was noted before."""
        scope[self._key] = value
