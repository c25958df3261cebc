"""The embedded engine: generations of tantivy's files in one folder. Searching and writing one: ``tantivy_index``."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from gisa.errors import IndexDamaged
from gisa.index.checksums import damaged_files
from gisa.index.generations import Generations
from gisa.index.tantivy_index import FINGERPRINT, TantivyReader, TantivyWriter, create_generation
from gisa.index.tantivy_live import LOOK_EVERY_S
from gisa.ports import IndexEngine, IndexReader, IndexWriter


class TantivyEngine:
    """``ports.IndexEngine`` over one folder, which need not exist."""

    is_local = True
    fingerprint = FINGERPRINT
    seen_within_s = LOOK_EVERY_S

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._generations = Generations(folder)
        self._opening = threading.Lock()
        self._reader: TantivyReader | None = None

    @property
    def place(self) -> str:
        live = self._generations.current()
        return str(self._folder if live is None else live.path)

    @property
    def generation(self) -> str:
        return self._opened().generation

    def is_built(self) -> bool:
        return self._generations.checked(FINGERPRINT) is not None

    def reader(self) -> IndexReader:
        return self._opened()

    @contextmanager
    def writing(self) -> Iterator[IndexWriter]:
        generation = self._generations.checked(FINGERPRINT)
        if generation is None:
            raise IndexDamaged(f"{self._folder}: there is no index — run `gisa reindex`")
        with closing(TantivyWriter(generation, committed=self._look_again)) as writer:
            yield writer

    @contextmanager
    def building(self) -> Iterator[IndexWriter]:
        generation = create_generation(self._generations)
        try:
            with closing(TantivyWriter(generation)) as writer:
                yield writer
            self._generations.make_current(generation)
        except BaseException:
            self._generations.discard(generation)
            raise
        self._look_again()

    @contextmanager
    def apart(self) -> Iterator[IndexEngine]:
        with (
            tempfile.TemporaryDirectory(prefix="gisa-index-") as folder,
            closing(TantivyEngine(Path(folder))) as engine,
        ):
            yield engine

    def discard_old(self) -> None:
        """Nothing is left of them: the swap removes the files, and who has them open goes on."""

    def damage(self) -> Iterator[str]:
        live = self._generations.current()
        return iter(()) if live is None else damaged_files(live.path)

    def forget_answers(self) -> None:
        self._generations.forget_answers()
        self._look_again()

    def size_bytes(self) -> int:
        return self._generations.size_bytes()

    def close(self) -> None:
        with self._opening:
            if self._reader is not None:
                self._reader.close()
                self._reader = None

    def _opened(self) -> TantivyReader:
        reader = self._reader
        if reader is None:
            with self._opening:
                reader = self._reader = self._reader or TantivyReader(self._folder)
        return reader

    def _look_again(self) -> None:
        if self._reader is not None:
            self._reader.look_again()
