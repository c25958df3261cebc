"""The list of feeds, and the commands around it; what a poll makes of answers that are odd."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gisa.cli.main import main
from gisa.collecting.feeds import Feed, change_feeds, exported, imported, read_feeds
from gisa.collecting.schedule import FeedState
from gisa.collecting.store import SiteStore, read_states
from gisa.errors import ConfigError, DataFolderError
from gisa.messages import Message, SourceCode
from gisa.model import Reject
from tests.collecting.paper_site import PaperSite, paper_of, served

SECRET = Feed(url="https://kim:geheim7@a.example/rss", title="가", section="사회", is_full_text=True, is_named=True)
TROUBLE = Reject("a", Message(SourceCode.FETCH_PRIVATE, host="b", why=(Message(SourceCode.VERBATIM, text="c"),)))
PLAIN = Feed(url="https://b.example/sitemap.xml", is_sitemap=True)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("LANG", "C")


@pytest.fixture
def site() -> Iterator[PaperSite]:
    made = paper_of(25)
    with served(made):
        yield made


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--data", str(folder)])


def test_the_list_is_kept_as_it_is(tmp_path: Path) -> None:
    """What is written is read again, and only its owner may read passwords."""
    change_feeds(tmp_path / "feeds.opml", lambda _: [SECRET, PLAIN])

    assert read_feeds(tmp_path / "feeds.opml") == (SECRET, PLAIN)
    assert (tmp_path / "feeds.opml").stat().st_mode & 0o077 == 0


def test_an_exported_list_has_no_passwords() -> None:
    """Another program gets addresses, titles and sections; its list does not name hosts of a private network."""
    content = exported([SECRET, PLAIN])

    assert b"geheim7" not in content
    feeds = imported(content, name="feeds.opml")
    assert [(feed.url, feed.section, feed.is_named) for feed in feeds] == [
        ("https://a.example/rss", "사회", False),
        ("https://b.example/sitemap.xml", "", False),
    ]


@pytest.mark.parametrize("content", ["", "<rss/>", "feeds: []", '<!DOCTYPE a [<!ENTITY x "y">]><html>&x;</html>'])
def test_a_broken_list_is_named(tmp_path: Path, content: str) -> None:
    """A list that a desk has broken says so, with its place."""
    (tmp_path / "feeds.opml").write_text(content)

    with pytest.raises(ConfigError, match=r"feeds\.opml: opml_"):
        read_feeds(tmp_path / "feeds.opml")


def test_a_store_that_is_none(tmp_path: Path) -> None:
    """A damaged file is named, with what to do; who only looks sees no states."""
    (tmp_path / "sites.sqlite").write_bytes(b"no database at all, but long enough to be one" * 100)

    with pytest.raises(DataFolderError, match="sites_broken"):
        SiteStore(tmp_path / "sites.sqlite")
    assert read_states(tmp_path / "sites.sqlite") == {}


def test_states_survive(tmp_path: Path) -> None:
    """What was saved is there when the file is opened again."""
    state = FeedState(url="https://a.example/rss", failures=2, trouble=TROUBLE, missed_from=1.0)
    with SiteStore(tmp_path / "sites.sqlite") as store:
        store.save(state)

    assert read_states(tmp_path / "sites.sqlite") == {state.url: state}


def test_who_only_looks_changes_nothing(tmp_path: Path) -> None:
    """A store of another version is made anew by who polls, not by who asks how feeds stand."""
    path = tmp_path / "sites.sqlite"
    with SiteStore(path) as store:
        store.save(FeedState(url="https://a.example/rss"))
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 999")

    assert read_states(path) == {}
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM feeds").fetchone() == (1,)
    with SiteStore(path) as store:
        assert store.states() == {}


def test_from_adding_a_feed_to_its_articles(tmp_path: Path, site: PaperSite) -> None:
    """Add, poll once, look, export, remove."""
    url = f"{site.root}/rss/all.xml"

    assert run(tmp_path, "follow", "add", url.replace("//", "//kim:geheim7@")).output == f"following {url}\n"
    assert run(tmp_path, "follow", "list").output == f"{url}\n"
    once = run(tmp_path, "follow", "--once")
    assert once.exit_code == 0, once.output
    [state] = json.loads(run(tmp_path, "follow", "status", "--json").output)
    assert (state["articles"], state["standing"], state["failures"]) == (20, "active", 0)
    assert f"feed         {url}  20 articles" in run(tmp_path, "status").output
    assert url in run(tmp_path, "follow", "export").output
    assert run(tmp_path, "follow", "--once").exit_code == 0
    assert sum("rss" in path for path in site.asked) == 2  # to add it and once, for it is not due again
    assert run(tmp_path, "follow", "remove", url).output == f"no longer following {url}\n"
    assert "no feeds are followed yet" in run(tmp_path, "follow", "status").output
    assert "geheim7" not in once.output + json.dumps(state)


def test_a_failing_feed_is_told(tmp_path: Path, site: PaperSite) -> None:
    """A poll that fails ends with 1 and says what to do; the next one is later."""
    url = f"{site.root}/rss/all.xml"
    run(tmp_path, "follow", "add", url)
    site.planned["/rss/all.xml"].append((403, {}))

    failed = run(tmp_path, "follow", "--once")

    assert failed.exit_code == 1
    assert f"gisa: {url}: the server answers 403 Forbidden" in failed.output
    assert f"{url}  failing since 1 poll" in run(tmp_path, "follow", "status").output


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere.opml", "no such file"),
        ("{root}/about", "no feed and no news sitemap is found there"),
        ("{root}/nothing", "404"),
        ("{root}/sitemap-1.xml", "following"),
        ("{root}/", "its news sitemap lists every article, so its 4 feeds are not followed as well"),
    ],
)
def test_what_can_be_followed(tmp_path: Path, site: PaperSite, target: str, said: str) -> None:
    """A site, a feed, a sitemap or a list; anything else is named with the next step."""
    site.has_feeds = "about" not in target
    assert said in run(tmp_path, "follow", "add", target.format(root=site.root)).output


def test_a_list_of_feeds_does_not_name_private_hosts(tmp_path: Path, site: PaperSite) -> None:
    """The feeds of a file are not asked in a private network, for nobody has named them."""
    (tmp_path / "list.opml").write_bytes(exported([Feed(url=f"{site.root}/rss/all.xml")]))
    run(tmp_path / "data", "follow", "add", str(tmp_path / "list.opml"))

    assert "an address of a private network" in run(tmp_path / "data", "follow", "--once").output
    assert site.asked == []


def test_one_process_follows(tmp_path: Path, site: PaperSite) -> None:
    """A second one is told who does."""
    from gisa.config import load_settings
    from gisa.library.lock import writer_lock

    run(tmp_path, "follow", "add", f"{site.root}/rss/all.xml")
    with writer_lock(load_settings(tmp_path).follow_lock_path):
        second = run(tmp_path, "follow", "--once")

    assert second.exit_code == 1
    assert f"process {os.getpid()}" in second.output
