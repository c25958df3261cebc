"""Analysing articles for the index, in this process or in workers beside it. Knows neither archive nor index.

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
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from gisa.access import gate_tokens, opens_later_s
from gisa.errors import GisaError
from gisa.lexicon.lexicon import build_lexicon
from gisa.lexicon.vocabulary import Vocabulary
from gisa.model import SEOUL, ArchivedArticle
from gisa.ports import IndexEntry
from gisa.text.contributions import RunMemo
from gisa.text.views import GATE, ViewBuilder


class Text(NamedTuple):
    """The parts of an article that are analysed."""

    title: str
    body: str
    byline: tuple[str, ...]
    section: str | None
    published: date
    """The day in Asia/Seoul, which decides what shorthand in the text stands for."""


Views = dict[str, str]


def text_of(archived: ArchivedArticle) -> Text:
    """The parts of an archived article that are analysed."""
    article = archived.article
    day = article.published_at.astimezone(SEOUL).date()
    return Text(article.title, article.body, article.byline, article.section, day)


def entry(archived: ArchivedArticle, views: Views, *, now: datetime) -> IndexEntry:
    """The index entry of an article as of now. For a withheld article it holds that status and no words, so that not
    even the rarity of its words shows.
    """
    article = archived.article
    is_withheld = article.withheld_as is not None
    return IndexEntry(
        seq=archived.seq,
        revision=archived.revision,
        published_at_s=article.published_at_s,
        section="" if is_withheld else (article.section or "").strip(),
        views={GATE: gate_tokens(article)} if is_withheld else views,
        opens_at_s=opens_later_s(article, now=now),
    )


class Analysis(Protocol):
    """Turns texts into views, now or soon."""

    def submit(self, texts: Sequence[Text]) -> Future[list[Views]]: ...

    def close(self) -> None: ...


class InlineAnalysis:
    """Analyses at once, in the calling thread."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._builder = make_builder(vocabulary)

    def submit(self, texts: Sequence[Text]) -> Future[list[Views]]:
        done: Future[list[Views]] = Future()
        done.set_result(views_of(texts, self._builder))
        return done

    def close(self) -> None:
        """Nothing to release."""


class WorkerAnalysis:
    """Analyses in ``workers`` subprocesses, each with a memo of its own. Submit from one thread."""

    def __init__(self, workers: int, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="gisa-analysis")
        self._local = threading.local()
        self._processes: list[subprocess.Popen[bytes]] = []

    def submit(self, texts: Sequence[Text]) -> Future[list[Views]]:
        return self._threads.submit(self._ask, list(texts))

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait()

    def _ask(self, texts: list[Text]) -> list[Views]:
        process: subprocess.Popen[bytes] | None = getattr(self._local, "process", None)
        messages: list[Any] = [texts]
        if process is None:
            process = self._local.process = _start()
            self._processes.append(process)
            messages = [self._vocabulary, texts]
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            for message in messages:
                pickle.dump(message, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answer: list[Views] = pickle.load(process.stdout)  # noqa: S301 - our own worker wrote it
        except (OSError, EOFError) as error:
            raise GisaError(
                f"an analysis worker ended with status {process.poll()} (out of memory?) — run the same command "
                "again with --workers 0; what was added stays"
            ) from error
        return answer


def views_of(texts: Sequence[Text], builder: ViewBuilder) -> list[Views]:
    """The views of each text."""
    return [
        builder.article(title=t.title, body=t.body, byline=t.byline, section=t.section, published=t.published)
        for t in texts
    ]


def make_builder(vocabulary: Vocabulary) -> ViewBuilder:
    """A builder that knows the shorthand of headlines, and a paper's own words and office holders."""
    lexicon, _ = build_lexicon(holders=vocabulary.holder_table)
    return ViewBuilder(RunMemo(vocabulary.analyser()), expand=lexicon.expand)


def _start() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-m", "gisa.ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C reaches the parent, which ends the workers when it is done
    )


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """A worker's life: the vocabulary first, then batches in, views out, until the input ends."""
    gc.disable()  # it makes no cycles, and a search for them in its cache takes half its time
    builder: ViewBuilder | None = None
    while True:
        try:
            message: Any = pickle.load(requests)  # noqa: S301 - our own parent wrote it
        except EOFError:
            return
        if builder is None:
            builder = make_builder(message)
            continue
        pickle.dump(views_of([Text(*text) for text in message], builder), answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()
