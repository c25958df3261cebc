"""Where articles are analysed: in this process, or in workers beside it that tell each other what they learn.

Workers are plain subprocesses that read pickled batches from their standard input and end when it closes, so they never
outlive a killed parent, and a program that uses Gisa as a library needs no ``if __name__ == "__main__"`` guard.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Protocol

from gisa.errors import GisaError
from gisa.ingest.analysis import Text, Views, make_builder, views_of
from gisa.lexicon.vocabulary import Vocabulary
from gisa.text.contributions import RunMemo
from gisa.text.views import ViewBuilder

INLINE: Final = 200
"""Texts that are analysed in this process before workers are started, which cost 0.3 s and 80 MB each."""
_AHEAD: Final = 6
"""Batches queued for each worker, so that it has work while the index commits (1 to 2 s)."""


class _Batch(NamedTuple):
    """What a worker is asked."""

    learnt: list[bytes]
    """What others have learnt since its last batch: runs with their contributions, pickled."""
    texts: list[tuple[Any, ...]]


class _Answer(NamedTuple):
    """What a worker says."""

    learnt: bytes
    """What was new to it, for the others; passed on as it is."""
    views: list[Views]


class AnalysisPool:
    """The analysis of one run of adding: in this process at first, in workers once the run is long.

    It outlives the run's turns at writing, and so does what was learnt of runs, as long as the vocabulary stays the same:
    an article of known runs takes a third of the time. Submit from one thread; the owner closes it.
    """

    def __init__(self, *, workers: int | None = None) -> None:
        """``workers``: processes that analyse; None: one a core; 0: none."""
        self._workers = (os.cpu_count() or 1) if workers is None else workers
        self._vocabulary: Vocabulary | None = None
        self._analysis: _Analysis | None = None
        self._taken = 0

    def submit(self, texts: Sequence[Text], vocabulary: Vocabulary) -> Future[list[Views]]:
        """The views of the texts, now or soon."""
        if vocabulary != self._vocabulary:
            self.close()
            self._vocabulary = vocabulary
        self._taken += len(texts)
        analysis = self._analysis
        if analysis is None:
            analysis = _Inline(vocabulary)
        if isinstance(analysis, _Inline) and self._workers and self._taken > INLINE:
            analysis = _Workers(self._workers, vocabulary, learnt=analysis.learnt())
        self._analysis = analysis
        return analysis.submit(texts)

    @property
    def ahead(self) -> int:
        """How many batches may well be queued."""
        return self._workers * _AHEAD if isinstance(self._analysis, _Workers) else 0

    def close(self) -> None:
        """End the workers. What is still queued is given up."""
        if self._analysis is not None:
            self._analysis.close()
        self._analysis = None


class _Analysis(Protocol):
    def submit(self, texts: Sequence[Text]) -> Future[list[Views]]: ...

    def close(self) -> None: ...


class _Inline:
    """Analyses at once, in the calling thread."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._memo = RunMemo(vocabulary.analyser())
        self._builder = make_builder(vocabulary, self._memo)

    def submit(self, texts: Sequence[Text]) -> Future[list[Views]]:
        done: Future[list[Views]] = Future()
        done.set_result(views_of(texts, self._builder))
        return done

    def learnt(self) -> bytes:
        """All that it knows of runs, for workers."""
        return _pickled(dict(self._memo))

    def close(self) -> None:
        """Nothing to release."""


class _Workers:
    """Analyses in subprocesses. Each remembers runs by itself, and is told with each batch what the others have learnt:
    of 20,000 Wikipedia articles two workers so analyse 17 % fewer runs.
    """

    def __init__(self, workers: int, vocabulary: Vocabulary, *, learnt: bytes) -> None:
        """``learnt``: what is known of runs already."""
        self._vocabulary, self._learnt = vocabulary, learnt
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="gisa-analysis")
        self._local = threading.local()
        self._lock = threading.Lock()
        self._processes: list[_Process] = []

    def submit(self, texts: Sequence[Text]) -> Future[list[Views]]:
        return self._threads.submit(self._ask, [tuple(text) for text in texts])

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.close()

    def _ask(self, texts: list[tuple[Any, ...]]) -> list[Views]:
        process: _Process | None = getattr(self._local, "process", None)
        if process is None:
            process = self._local.process = _Process(self._vocabulary, self._learnt)
            with self._lock:
                self._processes.append(process)
        with self._lock:
            news, process.news = process.news, []
        answer = process.ask(_Batch(news, texts))
        with self._lock:
            for other in self._processes:
                if other is not process:
                    other.news.append(answer.learnt)
        return answer.views


class _Process:
    """One worker, seen from its parent."""

    def __init__(self, vocabulary: Vocabulary, learnt: bytes) -> None:
        self.news: list[bytes] = [learnt]
        """What it has not been told yet of what others have learnt."""
        root = str(Path(__file__).parents[2])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gisa.ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C reaches the parent, which ends the workers when it is done
        )
        self._said: list[Any] = [vocabulary]

    def ask(self, batch: _Batch) -> _Answer:
        """Its answer. Raises ``GisaError`` if it has ended."""
        process, messages = self._process, [*self._said, tuple(batch)]
        self._said = []
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            for message in messages:
                pickle.dump(message, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            return _Answer(*pickle.load(process.stdout))  # noqa: S301 - our own worker wrote it
        except (OSError, EOFError) as error:
            raise GisaError(
                f"an analysis worker ended with status {process.poll()} (out of memory?) — run the same command "
                "again with --workers 0; what was added stays"
            ) from error

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """A worker's life: the vocabulary first, then batches in, views out, until the input ends."""
    gc.disable()  # it makes no cycles, and a search for them in its cache takes half its time
    try:
        vocabulary: Vocabulary = pickle.load(requests)  # noqa: S301 - our own parent wrote it
        memo = RunMemo(vocabulary.analyser())
        memo.new_runs()  # from now on it notes them
        builder: ViewBuilder = make_builder(vocabulary, memo)
        while True:
            batch = _Batch(*pickle.load(requests))  # noqa: S301 - our own parent wrote it
            for learnt in batch.learnt:
                memo.learn(pickle.loads(learnt))  # noqa: S301 - our own sibling wrote it
            views = views_of([Text(*text) for text in batch.texts], builder)
            pickle.dump((_pickled(memo.new_runs()), views), answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except EOFError:
        return


def _pickled(runs: dict[str, str]) -> bytes:
    return pickle.dumps(runs, protocol=pickle.HIGHEST_PROTOCOL)
