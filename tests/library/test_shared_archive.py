"""Several machines on one archive: who may write, what each of them finds, and that a takedown reaches all of them."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, create_engine, make_url, text

import gisa
from gisa.archive import SqlArchive, open_archive
from gisa.cli.main import main
from gisa.config import Database
from gisa.errors import ArchiveError, ArticleRemoved, DataFolderError, SearchIndexError, WriterLocked
from gisa.library import Library
from gisa.library.lock import writer_lock
from gisa.library.moving import migrate
from tests.library.test_rescue import MARKS
from tests.servers import new_opensearch_url, new_postgres_url
from tests.traces import traces

MACHINES = 2
EACH = 250


@pytest.fixture
def url() -> Iterator[str]:
    with new_postgres_url() as made:
        yield made


@pytest.fixture
def folder(url: str, tmp_path: Path) -> Callable[..., Path]:
    """Makes the data folder of one more machine, with an index of its own or at an address."""

    def make(name: str, *, index_url: str | None = None) -> Path:
        made = tmp_path / name
        made.mkdir()
        index = f'index_url = "{index_url}"\n' if index_url else ""
        (made / "gisa.toml").write_text(f'archive_url = "{url}"\n{index}', encoding="utf-8")
        return made

    return make


@pytest.fixture
def archives(url: str) -> Iterator[tuple[SqlArchive, SqlArchive]]:
    """The same archive, opened as by two machines."""
    with closing(open_archive(url)) as one, closing(open_archive(url)) as two:
        yield one, two


def article(article_id: str, title: str = "나루시 예산") -> gisa.Article:
    return gisa.Article(id=article_id, title=title, body="바다", published_at=datetime(2025, 1, 1, tzinfo=UTC))


def until(is_so: Callable[[], bool], *, within_s: float = 10.0) -> bool:
    """Whether it becomes so in time."""
    deadline = time.monotonic() + within_s
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


# --- writing ----------------------------------------------------------------------------------------------------


def test_one_machine_writes_at_a_time(archives: tuple[SqlArchive, SqlArchive]) -> None:
    """Who wants to write while another machine does is told which process on which host."""
    one, two = (archive.shared for archive in archives)
    assert one is not None
    assert two is not None
    with one.lock.hold():
        named = two.lock.holder()
        with (
            pytest.raises(WriterLocked, match=f"process {os.getpid()} on {socket.gethostname()[:20]}"),
            two.lock.hold(),
        ):
            pass

    assert named is not None
    assert f"process {os.getpid()}" in named
    assert two.lock.holder() is None


def test_a_queue_at_the_lock(archives: tuple[SqlArchive, SqlArchive]) -> None:
    """Who waits is told for whom, who holds the lock that it is wanted, and it passes on when it is let go."""
    one, two = (archive.shared for archive in archives)
    assert one is not None
    assert two is not None
    told: list[str] = []

    def wait() -> bool:
        with two.lock.hold(wait_s=30, on_wait=told.append):
            return True

    with ThreadPoolExecutor(1) as threads:
        with one.lock.hold():
            before = one.lock.is_wanted()
            waiting = threads.submit(wait)
            is_wanted = until(one.lock.is_wanted)
        assert waiting.result(10)

    assert (before, is_wanted) == (False, True)
    assert len(told) == 1


def test_threads_of_one_process_take_turns(archives: tuple[SqlArchive, SqlArchive]) -> None:
    """A second thread waits as another machine would, and who holds the lock is told that it is wanted."""
    shared = archives[0].shared
    assert shared is not None

    def wait() -> bool:
        with shared.lock.hold(wait_s=30):
            return True

    with ThreadPoolExecutor(1) as threads:
        with shared.lock.hold():
            waiting = threads.submit(wait)
            is_wanted = until(shared.lock.is_wanted)
            with pytest.raises(WriterLocked), shared.lock.hold():
                pass
        assert waiting.result(10)

    assert is_wanted


def test_a_wait_at_the_lock_ends(archives: tuple[SqlArchive, SqlArchive]) -> None:
    """Nobody waits longer than they said."""
    one, two = (archive.shared for archive in archives)
    assert one is not None
    assert two is not None
    with one.lock.hold(), pytest.raises(WriterLocked), two.lock.hold(wait_s=0.1):
        pass


def test_nobody_starves_at_the_lock(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits gives its place in the queue away again and again, and still gets its turn while others come back for more."""
    monkeypatch.setattr("gisa.archive.server_lock.QUEUE_AGAIN_S", 0.02)
    is_over = threading.Event()

    def greedy() -> None:
        with closing(open_archive(url)) as archive:
            assert archive.shared is not None
            while not is_over.is_set():
                with archive.shared.lock.hold(wait_s=30):
                    time.sleep(0.03)

    def patient(_: int) -> bool:
        with closing(open_archive(url)) as archive:
            assert archive.shared is not None
            with archive.shared.lock.hold(wait_s=30):
                return True

    with closing(open_archive(url)), ThreadPoolExecutor(5) as threads:
        others = [threads.submit(greedy) for _ in range(2)]
        try:
            served = list(threads.map(patient, range(3), timeout=30))
        finally:
            is_over.set()
        for each in others:
            each.result(30)

    assert served == [True] * 3


@contextmanager
def administering(url: str) -> Iterator[Connection]:
    """A connection of whoever administers the server."""
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            yield connection
    finally:
        server.dispose()


def end_sessions(url: str, of: str) -> int:
    """Cut the sessions whose name begins so, as a failover does; returns how many. ``{schema}`` stands for the archive's own number."""
    ending = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE starts_with(application_name, :of)"
    )
    with administering(url) as connection:
        schema = connection.execute(text("SELECT hashtext(current_schema())::text")).scalar_one()
        return int(connection.execute(ending, {"of": of.format(schema=schema)}).scalar_one())


def test_a_writer_whose_lock_was_lost_takes_it_again(url: str, archives: tuple[SqlArchive, SqlArchive]) -> None:
    """What a cut session held is not written under: the writer queues again, then goes on."""
    one, two = archives
    assert one.shared is not None
    assert two.shared is not None
    with one.shared.lock.hold():
        one.add([article("a1")])
        named = one.shared.lock.holder()
        assert named is not None
        assert end_sessions(url, named) == 1
        with ThreadPoolExecutor(1) as threads:
            with two.shared.lock.hold(wait_s=10):
                adding = threads.submit(one.add, [article("a2")])
                time.sleep(0.3)
                meanwhile = one.count()
            adding.result(20)

        assert meanwhile == 1
        assert one.count() == 2
        assert two.shared.lock.holder() is not None
    assert two.shared.lock.holder() is None


def test_a_writer_gives_up_when_the_lock_does_not_come_back(url: str) -> None:
    """Past ``failover_s`` the run ends with an error that names who writes now; nothing is written."""
    with (
        closing(open_archive(url, database=Database(failover_s=1))) as one,
        closing(open_archive(url)) as two,
    ):
        assert one.shared is not None
        assert two.shared is not None
        with one.shared.lock.hold():
            end_sessions(url, one.shared.lock.holder() or "?")
            with two.shared.lock.hold(wait_s=10), pytest.raises(WriterLocked, match="locked"):
                one.add([article("a1")])
        assert one.count() == 0


def test_two_machines_adding_at_once_lose_nothing(folder: Callable[..., Path]) -> None:
    """Each finds its own articles when its run has ended, and the others' when it is opened next."""
    folders = [folder(f"machine{number}") for number in range(MACHINES)]
    together = threading.Barrier(MACHINES)

    def run(path: Path) -> tuple[int, int]:
        with gisa.open(path, wait_s=60) as library:
            together.wait(30)
            report = library.add((article(f"{path.name}-{n}", f"{path.name} {n}호") for n in range(EACH)), workers=0)
            return report.added, library.search(path.name).total

    with ThreadPoolExecutor(MACHINES) as threads:
        results = list(threads.map(run, folders))

    assert results == [(EACH, EACH)] * MACHINES
    for path in folders:
        with gisa.open(path) as library:
            assert library.search("바다").total == MACHINES * EACH
            assert library.verify().is_whole


# --- following --------------------------------------------------------------------------------------------------


@pytest.fixture(params=["own indexes", "one index"])
def two_nodes(request: pytest.FixtureRequest, folder: Callable[..., Path]) -> Iterator[tuple[Library, Library]]:
    """A machine where articles are added, and a server elsewhere that follows: each with its index, or both with one."""
    with ExitStack() as stack:
        url = stack.enter_context(new_opensearch_url()) if request.param == "one index" else None
        desk = stack.enter_context(gisa.open(folder("desk", index_url=url)))
        node = stack.enter_context(gisa.open(folder("node", index_url=url)))
        desk.add([article("a1"), article("a2", "해온도 항로")])
        node.follow_archive()
        yield desk, node


def test_a_server_follows_what_others_add(two_nodes: tuple[Library, Library]) -> None:
    """What another machine has added is found soon, and the server's cached answers are old."""
    desk, node = two_nodes
    assert until(lambda: node.search("나루시").total == 1)
    stamp = node.stamp

    desk.add([article("a3")])

    assert until(lambda: node.search("나루시").total == 2 and node.stamp != stamp)
    assert until(lambda: node.status().behind_s < 1.0)


def test_a_takedown_is_gone_everywhere_when_it_returns(
    two_nodes: tuple[Library, Library], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When ``remove`` has returned without a warning, no server finds, suggests or shows the article any more."""
    desk, node = two_nodes
    monkeypatch.setattr("gisa.library.takedown._CONFIRM_S", 30.0)  # a busy machine is no server that hangs
    assert until(lambda: node.suggest("나루시") != [])

    assert desk.remove(["a1"], public_reason="오보") == 1

    assert "has not confirmed" not in caplog.text
    assert node.search("나루시").total == 0
    assert node.suggest("나루시") == []
    with pytest.raises(ArticleRemoved):
        node.article("a1")


def test_a_server_that_does_not_confirm_is_named(
    two_nodes: tuple[Library, Library], caplog: pytest.LogCaptureFixture
) -> None:
    """A server that cannot index is named to whoever takes something down; the archive has the removal."""
    desk, node = two_nodes
    assert until(lambda: [each.change_seq for each in desk.status().nodes] == [2])
    node._node.stop()
    assert node._archive.shared is not None
    with node._archive.shared.watch("stuck:node") as stuck:
        stuck.say(2, words_version=0)
        assert desk.remove(["a1"]) == 1

    assert "stuck:node has not confirmed change 3 yet: it holds 2" in caplog.text


@pytest.mark.parametrize("held", ["7", "7 ?", ""], ids=["of before", "of later", "nothing"])
def test_a_server_of_another_version_counts_as_behind(
    url: str, archives: tuple[SqlArchive, SqlArchive], held: str
) -> None:
    """What a node says in another form breaks nothing: the node is listed by name, as one that holds nothing."""
    shared = archives[0].shared
    assert shared is not None
    with administering(url) as connection, shared.watch("naru-1:data") as watch:
        watch.say(9, words_version=2)
        connection.execute(
            text(
                "SELECT set_config('application_name', 'gisa node ' || hashtext(current_schema()) || ' ' || :said, false)"
            ),
            {"said": f"{held} naru-2:data"},
        )
        nodes = shared.nodes()

    assert [(each.name.rpartition(" ")[2], each.change_seq, each.words_version) for each in nodes] == [
        ("naru-2:data", 0, 0),
        ("naru-1:data", 9, 2),
    ]


def test_a_server_goes_on_after_its_sessions_were_cut(url: str, two_nodes: tuple[Library, Library]) -> None:
    """A failover ends the sessions; the server listens again and is listed again."""
    desk, node = two_nodes
    assert until(lambda: len(desk.status().nodes) == 1)

    assert end_sessions(url, "gisa node {schema}") >= 1
    desk.add([article("a3")])

    assert until(lambda: node.search("나루시").total == 2)
    assert until(lambda: [each.change_seq for each in desk.status().nodes] == [3])


def test_a_takedown_gets_in_between_batches_elsewhere(folder: Callable[..., Path]) -> None:
    """A server on the machine that imports is rid of an article that another machine takes down in the middle of it."""
    importing = folder("importing")
    may_end = threading.Event()

    def slow() -> Iterator[gisa.Article]:
        for number in range(400):
            yield article(f"i{number}", f"해온도 {number}호")
        may_end.wait(60)

    def run() -> None:
        with gisa.open(importing) as library:
            library.add(slow(), workers=0)

    with gisa.open(folder("desk")) as desk:
        desk.add([article("a1")])
        with gisa.open(importing) as node:
            node.follow_archive()
            thread = threading.Thread(target=run)
            thread.start()
            try:
                assert until(lambda: desk.count() > 100)
                desk.remove(["a1"])
                is_gone = until(lambda: node.search("나루시").total == 0, within_s=3.0)
            finally:
                may_end.set()
                thread.join()

    assert is_gone


def test_a_role_that_may_only_read_runs_a_server(url: str, folder: Callable[..., Path]) -> None:
    """A server needs no right to write: it builds its index, follows and is listed. Adding there says what is lacking."""
    role = f"reader_{uuid.uuid4().hex[:10]}"
    name = str(make_url(url).query["options"]).rpartition("=")[2]
    with gisa.open(folder("desk")) as desk, administering(url) as connection:
        desk.add([article("a1")])
        for statement in (
            f"CREATE ROLE {role} LOGIN",
            f"GRANT USAGE ON SCHEMA {name} TO {role}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {role}",
        ):
            connection.execute(text(statement))
        reading = folder("node")
        as_reader = make_url(url).set(username=role).render_as_string()
        (reading / "gisa.toml").write_text(f'archive_url = "{as_reader}"\n', encoding="utf-8")
        try:
            with gisa.open(reading) as node:
                node.follow_archive()
                desk.add([article("a2")])
                is_found = until(lambda: node.search("나루시").total == 2)
                is_listed = until(lambda: [each.change_seq for each in desk.status().nodes] == [2])
                with pytest.raises(ArchiveError, match="lacks the rights"):
                    node.add([article("a3")])
        finally:
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))

    assert is_found
    assert is_listed


# --- restoring --------------------------------------------------------------------------------------------------


def test_a_drill_never_touches_the_living_archive(folder: Callable[..., Path], tmp_path: Path) -> None:
    """A backup restored beside its own database is refused, whatever is there; put elsewhere it is whole and apart."""
    with gisa.open(folder("desk")) as desk:
        desk.add([article("a1"), article("a2")])
        desk.backup(tmp_path / "backup")
        for each in ("first", "again"):
            with pytest.raises(DataFolderError, match="archive_in_use"):
                gisa.restore(tmp_path / "backup", tmp_path / each)
        with new_postgres_url() as elsewhere:
            report = gisa.restore(tmp_path / "backup", tmp_path / "drill", archive_url=elsewhere)
            again = gisa.restore(tmp_path / "backup", tmp_path / "in a file", archive_url="file")
            with gisa.open(tmp_path / "drill") as drill:
                drill.remove(["a1"])

        assert (report.articles, again.articles) == (2, 2)
        assert desk.search("나루시").total == 2
    assert (tmp_path / "in a file" / "archive.sqlite").exists()


def test_an_interrupted_restore_into_a_database_goes_on(
    folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a restore has begun in a database, the next run in the same folder finishes."""
    monkeypatch.setattr("gisa.library.copying._BATCH", 1)

    def cut_off(done: int) -> None:
        if done == 2:
            raise ZeroDivisionError

    with gisa.open(folder("desk")) as desk:
        desk.add([article(f"a{number}") for number in range(4)])
        desk.backup(tmp_path / "backup")
    with new_postgres_url() as elsewhere:
        with pytest.raises(ZeroDivisionError):
            gisa.restore(tmp_path / "backup", tmp_path / "new", archive_url=elsewhere, progress=cut_off)

        assert gisa.restore(tmp_path / "backup", tmp_path / "new", archive_url=elsewhere).articles == 4


# --- moving -----------------------------------------------------------------------------------------------------


def test_an_archive_moves_to_a_server_and_back(url: str, tmp_path: Path) -> None:
    """Articles, revisions, removals and numbers are the same afterwards, the index goes on, and the settings keep the rest."""
    (tmp_path / "gisa.toml").write_bytes("[paper]\r\nname = '나루일보'\r\n".encode())
    with gisa.open(tmp_path) as library:
        library.add([article("a1"), article("a2")])
        library.add([article("a1", "나루시 선거")])
        library.remove(["a2"], public_reason="오보")
        before = library._archive.log(after=0, limit=100)

    there = migrate(tmp_path, archive_url=url)
    with gisa.open(tmp_path) as library:
        library.add([article("a3")])
        on_server = library._archive.log(after=0, limit=100)
        is_whole = library.verify().is_whole
        name = library.settings.paper.name
    back = migrate(tmp_path, archive_url="file")
    with gisa.open(tmp_path) as library:
        assert library._archive.log(after=0, limit=100) == on_server
        assert library.search("나루시").total == 2

    assert (there.changes, there.articles, back.changes, back.articles) == (4, 1, 1, 2)
    assert on_server[:4] == before
    assert (is_whole, name) == (True, "나루일보")
    assert (tmp_path / "gisa.toml").read_bytes() == "[paper]\r\nname = '나루일보'\r\n".encode()


def test_the_command_moves_an_archive_and_says_so(url: str, tmp_path: Path) -> None:
    """``gisa migrate`` counts what it moved, and refuses to move to where the archive is."""
    with gisa.open(tmp_path) as library:
        library.add([article("a1")])
    command = ["migrate", "--to", url, "--data", str(tmp_path), "--json"]

    moved, again = (CliRunner().invoke(main, command) for _ in range(2))

    assert (moved.exit_code, json.loads(moved.stdout)["articles"]) == (0, 1)
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    assert url in (tmp_path / "gisa.toml").read_text(encoding="utf-8")


def test_a_move_that_was_cut_off_goes_on(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until all of it is there the old archive serves and is written; the next run copies what is missing."""
    monkeypatch.setattr("gisa.library.copying._BATCH", 1)

    def cut_off(done: int) -> None:
        if done == 2:
            raise ZeroDivisionError

    with gisa.open(tmp_path) as library:
        library.add([article(f"a{number}") for number in range(4)])
    with pytest.raises(ZeroDivisionError):
        migrate(tmp_path, archive_url=url, progress=cut_off)
    with gisa.open(tmp_path) as library:
        library.add([article("a4")])
        before = library.settings.archive_url

    report = migrate(tmp_path, archive_url=url)

    assert before is None
    assert (report.changes, report.articles) == (3, 5)


def test_an_archive_does_not_move_onto_another(url: str, tmp_path: Path) -> None:
    """A database that holds another paper's archive is left alone, and so is the folder that wanted to go there."""
    with closing(open_archive(url)) as theirs:
        theirs.add([article("theirs")])
        with gisa.open(tmp_path) as library:
            library.add([article("ours")])

        with pytest.raises(DataFolderError, match="copy_strange"):
            migrate(tmp_path, archive_url=url)

        assert theirs.count() == 1
    assert not (tmp_path / "gisa.toml").exists()


@pytest.mark.parametrize("index", ["own indexes", "one index"])
def test_a_purge_leaves_no_byte_on_other_machines(
    folder: Callable[..., Path], index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server elsewhere builds anew what may hold words of the article; it answers meanwhile."""
    monkeypatch.setattr("gisa.library.takedown._CONFIRM_S", 30.0)
    with ExitStack() as stack:
        url = stack.enter_context(new_opensearch_url()) if index == "one index" else None
        desk = stack.enter_context(gisa.open(folder("desk", index_url=url)))
        desk.add([article("a1"), article("a2", f"{MARKS[0]} 항로")])
        node = stack.enter_context(gisa.open(folder("node", index_url=url)))
        node.follow_archive()
        place = node.settings.data_dir
        before = node.status().generation

        desk.purge(["a2"], by="편집국")

        assert until(
            lambda: not node._upkeep.holds_purged_words() and node.status().generation != before, within_s=30.0
        )
        assert traces(place, MARKS) == []
        assert node.search("나루시").total == 1
        if url is not None:
            assert len(desk._engine._generations()) == 1  # type: ignore[attr-defined]


def test_files_from_before_a_purge_are_not_taken_for_new_ones(folder: Callable[..., Path]) -> None:
    """A machine that lost its index builds one; that its suggestions hold purged words is still known, said, and put right."""
    desk_folder, place = folder("desk"), folder("node")
    with gisa.open(desk_folder) as desk:
        desk.add([article("a1"), article("a2", f"{MARKS[0]} 항로")])
        with gisa.open(place) as node:
            node.reindex()
            assert node.settings.suggestions_path.exists()
        desk.purge(["a2"], by="편집국")
        for each in (place / "index").iterdir():
            if each.is_dir():
                shutil.rmtree(each)
        (place / "index" / "CURRENT").unlink()

    with gisa.open(place) as node:
        before = node.status().holds_purged
        node.follow_archive()
        assert until(lambda: not node.status().holds_purged, within_s=30.0)
        assert traces(place, MARKS) == []
    with gisa.open(folder("new")) as new:
        assert not new.status().holds_purged
    assert before


def test_erasing_is_tried_again_and_ends_with_the_library(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A build that failed is begun again after a while; closing gives one in progress up, and nothing is left of it."""
    monkeypatch.setattr("gisa.library.node.ERASE_AGAIN_S", 0.1)
    with gisa.open(folder("desk")) as desk, gisa.open(folder("node")) as node:
        desk.add([article("a1"), article("a2", f"{MARKS[0]} 항로")])
        rebuild, runs = node._followers.rebuild, itertools.count()
        is_building = threading.Event()

        def failing_then_slow(*, go_on: Callable[[], None] = lambda: None) -> None:
            if next(runs) == 0:
                raise SearchIndexError("no space")
            is_building.set()
            while True:
                go_on()
                time.sleep(0.01)

        monkeypatch.setattr(node._followers, "rebuild", failing_then_slow)
        node.follow_archive()
        desk.purge(["a2"], by="편집국")
        was_tried_again = is_building.wait(30)
        node._node.stop()
        left = [each.name for each in threading.enumerate() if each.name == "gisa-erasing"]
        monkeypatch.setattr(node._followers, "rebuild", rebuild)

        assert was_tried_again
        assert left == []
        assert node.status().holds_purged
        assert "no space — tried again in" in caplog.text


def test_erasing_waits_for_nobody_who_builds(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process of the folder builds its index a server goes on; afterwards it erases what is left."""
    monkeypatch.setattr("gisa.library.node.STALE_S", 0.2)
    with gisa.open(folder("desk")) as desk, gisa.open(folder("node")) as node:
        desk.add([article("a1"), article("a2", f"{MARKS[0]} 항로")])
        with writer_lock(node.settings.building_lock_path):
            node.follow_archive()
            desk.purge(["a2"], by="편집국")
            tried = until(lambda: node._node._erasing is not None and not node._node._erasing.is_alive())
            meanwhile = node.status().holds_purged

        assert (tried, meanwhile) == (True, True)
        assert until(lambda: not node.status().holds_purged, within_s=30.0)
