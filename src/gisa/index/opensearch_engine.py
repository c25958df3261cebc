"""The engine on OpenSearch: generations are indexes behind an alias, swapped in one call. Searching one: ``opensearch_index``."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, Final

from gisa.index.opensearch_connection import OpenSearchAccess, connect, opensearch_errors
from gisa.index.opensearch_index import (
    LOOK_EVERY_S,
    OpenSearchReader,
    OpenSearchWriter,
    live_index,
    refresh,
    state_of,
    write_state,
)
from gisa.index.opensearch_mapping import FINGERPRINT, index_body, index_name, number_of
from gisa.ports import IndexEngine, IndexReader, IndexWriter

_KEPT: Final = 1
"""Generations kept beside the live one, so that running requests finish on the index they began on."""


class OpenSearchEngine:
    """``ports.IndexEngine`` over one alias of a cluster."""

    is_local = False
    fingerprint = FINGERPRINT
    seen_within_s = 2 * LOOK_EVERY_S

    def __init__(self, access: OpenSearchAccess, *, connect: Callable[[OpenSearchAccess], Any] = connect) -> None:
        self._access, self._connect = access, connect
        self._client = connect(access)
        self._opening = threading.Lock()
        self._reader: OpenSearchReader | None = None

    @property
    def place(self) -> str:
        return self._access.place

    @property
    def generation(self) -> str:
        return self._opened().generation

    def is_built(self) -> bool:
        with opensearch_errors(self.place):
            if live_index(self._client, self._access.alias) is None:
                return False
        state_of(self._client, self._access.alias, place=self.place)
        return True

    def reader(self) -> IndexReader:
        return self._opened()

    @contextmanager
    def writing(self) -> Iterator[IndexWriter]:
        live = state_of(self._client, self._access.alias, place=self.place).generation
        with closing(OpenSearchWriter(self._client, live, place=self.place, committed=self._look_again)) as writer:
            yield writer

    @contextmanager
    def building(self) -> Iterator[IndexWriter]:
        name = self._create()
        try:
            with closing(OpenSearchWriter(self._client, name, place=self.place)) as writer:
                yield writer
            self._make_current(name)
        except BaseException:
            self._client.indices.delete(index=name, ignore=404)
            raise
        self._look_again()

    @contextmanager
    def apart(self) -> Iterator[IndexEngine]:
        access = replace(self._access, alias=f"{self._access.alias}-apart-{uuid.uuid4().hex[:12]}", replicas=0)
        with closing(OpenSearchEngine(access, connect=self._connect)) as engine:
            try:
                yield engine
            finally:
                engine.delete()

    def delete(self) -> None:
        """Delete every generation."""
        with opensearch_errors(self.place):
            for name, _ in self._generations():
                self._client.indices.delete(index=name, ignore=404)

    def discard_old(self) -> None:
        with opensearch_errors(self.place):
            generations = dict(self._generations())
            live = live_index(self._client, self._access.alias)
            serves = generations.get(live[0], 0) if live is not None else 0
            for name, number in generations.items():
                if number < serves:  # a later one is being built
                    self._client.indices.delete(index=name, ignore=404)

    def damage(self) -> Iterator[str]:
        """Reports shards that no node serves. OpenSearch verifies checksums itself when it opens and copies files."""
        with opensearch_errors(self.place):
            live = live_index(self._client, self._access.alias)
            if live is None:
                return
            shards = self._client.cat.shards(index=live[0], format="json")
        for shard in shards:
            if shard["prirep"] == "p" and shard["state"] != "STARTED":
                yield f"shard {shard['shard']} of {live[0]} is {shard['state']}"

    def forget_answers(self) -> None:
        with opensearch_errors(self.place):
            state = state_of(self._client, self._access.alias, place=self.place)
            write_state(
                self._client,
                state.generation,
                change_seq=state.change_seq,
                vocabulary=state.vocabulary,
                forgotten=state.forgotten + 1,
            )
            refresh(self._client, state.generation, place=self.place)
        self._look_again()

    def size_bytes(self) -> int:
        with opensearch_errors(self.place):
            found = self._client.cat.indices(index=f"{self._access.alias}-*", format="json", bytes="b")
        return sum(int(each["pri.store.size"] or 0) for each in found if self._is_own(each["index"]))

    def close(self) -> None:
        with self._opening:
            self._client.close()
            self._reader = None

    def _opened(self) -> OpenSearchReader:
        reader = self._reader
        if reader is None:
            with self._opening:
                reader = self._reader = self._reader or OpenSearchReader(
                    self._client, self._access.alias, place=self.place
                )
        return reader

    def _look_again(self) -> None:
        if self._reader is not None:
            self._reader.look_again()

    def _create(self) -> str:
        """A new, empty index that is not live yet."""
        with opensearch_errors(self.place):
            major = int(self._client.info()["version"]["number"].partition(".")[0])
            numbers = [number for _, number in self._generations()]
            name = index_name(self._access.alias, max(numbers, default=0) + 1)
            body = index_body(shards=self._access.shards, replicas=self._access.replicas, server_major=major)
            self._client.indices.create(index=name, body=body)
        return name

    def _make_current(self, name: str) -> None:
        """Swap the alias in one call, then delete all generations but the last ones."""
        with opensearch_errors(self.place):
            alias = self._access.alias
            live = live_index(self._client, alias)
            actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias}}]
            if live is not None:
                actions.insert(0, {"remove": {"index": live[0], "alias": alias}})
            self._client.indices.update_aliases(body={"actions": actions})
            for old, _ in sorted(self._generations(), key=lambda each: each[1])[: -1 - _KEPT]:
                self._client.indices.delete(index=old, ignore=404)

    def _generations(self) -> list[tuple[str, int]]:
        """Every index of this alias, with its number."""
        found = self._client.indices.get(
            index=f"{self._access.alias}-*", ignore_unavailable=True, allow_no_indices=True
        )
        numbered = ((name, number_of(self._access.alias, name)) for name in found)
        return [(name, number) for name, number in numbered if number is not None]

    def _is_own(self, name: str) -> bool:
        return number_of(self._access.alias, name) is not None
