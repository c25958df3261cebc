"""Keys and logins on the wire: what each opens, how often each may ask, and that nothing they open stays behind."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import jwt
import pytest
from fastapi import FastAPI

import gisa
from gisa.access import Scope
from gisa.errors import ConfigError
from gisa.library import Library
from gisa.library.keys import KeyFile
from gisa.web import create_app
from gisa.web.serving.login import logins_of
from tests.said import refused
from tests.web.conftest import NOW, clock, paper, still
from tests.web.test_gate_pages import ARTICLES, addresses, hidden
from tests.web.visitor import Visitor

SECRET: Final = "한 세트의 비밀, 서른두 바이트가 넘는다"
REST: Final = "금고속달팽이"
"""Stands in the body of a subscriber's article, after what everybody may read."""
SEA: Final = "/articles/deep-sea"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper with a login, whose subscribers' articles show 200 characters to everybody."""
    tmp_path = tmp_path_factory.mktemp("paper")
    secret = tmp_path / "login.secret"
    secret.write_text(SECRET + "\n", "utf-8")
    secret.chmod(0o600)
    (tmp_path / "gisa.toml").write_text('[login]\nsecret_file = "login.secret"\n[serve]\napi_per_minute = 5\n', "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def library(folder: Path) -> Iterator[Library]:
    with gisa.open(folder, clock=clock, monotonic=still) as opened:
        deep = {
            "id": "deep-sea",
            "title": "깊은 바다 이야기",
            "body": "바다 " * 120 + REST,
            "published_at": "2026-11-15T09:00:00+09:00",
            "access": "subscriber",
        }
        report = opened.add([*paper()[:3], deep, *hidden({"embargoed": {"visible_from": "2027-01-01T09:00:00+09:00"}})])
        assert report.rejected == 0, report.rejects
        yield opened


@pytest.fixture
def app(library: Library) -> FastAPI:
    return create_app(library, clock=clock, monotonic=still)


def key(library: Library, *scopes: Scope, **more: Any) -> dict[str, str]:
    """The header of a new key."""
    whole, _ = KeyFile(library.settings.keys_path).create("시험", scopes=scopes, now=NOW, **more)
    return {"authorization": f"Bearer {whole}"}


def token(**claims: Any) -> str:
    """What the paper's login signs, with other claims where given."""
    said = {"aud": "gisa", "scope": "subscriber", "exp": int((NOW + timedelta(minutes=30)).timestamp())} | claims
    return jwt.encode({name: value for name, value in said.items() if value is not None}, SECRET, algorithm="HS256")


OPENS: Final = [
    pytest.param([], False, False, id="a key without scopes"),
    pytest.param([Scope.SUBSCRIBER], True, False, id="subscriber"),
    pytest.param([Scope.DESK], True, True, id="desk"),
]


@pytest.mark.parametrize(("scopes", "reads_rest", "sees_ahead"), OPENS)
def test_scopes_open_what_they_say(
    app: FastAPI, library: Library, scopes: list[Scope], reads_rest: bool, sees_ahead: bool
) -> None:
    """A subscriber's key reads whole articles, the desk's also what is not published yet; other keys what everybody reads."""
    visitor, shown = Visitor(app), key(library, *scopes)

    body = visitor.get("/api/articles/deep-sea", shown).json()["data"]["body"]
    ahead = visitor.get(f"/api/articles/{quote(ARTICLES[-1])}", shown).status_code
    found = visitor.get("/api/search?q=등대", shown).json()["data"]["total"]

    assert (REST in body) is reads_rest
    assert ahead == (200 if sees_ahead else 404)
    assert found == (4 if sees_ahead else 3)


def test_what_a_key_has_opened_stays_behind_in_no_cache(app: FastAPI, library: Library) -> None:
    """After a key and a login have read everything, others are answered byte for byte as by a server that neither has asked;
    what was opened may be stored by nobody."""
    desk, nothing = key(library, Scope.DESK), key(library)
    login = {"cookie": f"gisa_login={token()}"}
    crawled = list(addresses())[::13]
    asked = [*crawled, SEA, f"{SEA}?q=바다", f"/search?q={REST}", "/search?q=바다", "/api/articles/deep-sea"]
    for address in asked:
        for shown in (desk, login) if not address.startswith("/api/") else (desk,):
            opened = Visitor(app).get(address, shown)
            assert opened.headers["cache-control"] == "private, no-store", address
            assert "etag" not in opened.headers, address

    fresh = create_app(library, clock=clock, monotonic=still)
    for address in asked:
        answer, expected = Visitor(app).get(address, nothing), Visitor(fresh).get(address, nothing)
        assert answer.content == expected.content, address
        assert REST not in answer.text or REST in address, address
        if "content-disposition" not in answer.headers:
            assert {"authorization", "cookie"} <= set(re.split(r",\s*", answer.headers["vary"].lower())), address


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda whole: whole[:-1] + ("A" if whole[-1] != "A" else "B"), id="another secret"),
        pytest.param(lambda whole: "gisa_00000000_" + whole.rpartition("_")[2], id="another id"),
        pytest.param(lambda _: "gisa_", id="no id"),
        pytest.param(lambda _: "x.y.z", id="neither key nor token"),
    ],
)
def test_a_key_that_opens_nothing_is_told(app: FastAPI, library: Library, spoil: Any) -> None:
    """Whoever shows a key that is none gets 401 with its reason, not what everybody gets."""
    whole = key(library, Scope.SUBSCRIBER)["authorization"].removeprefix("Bearer ")

    answer = Visitor(app).get("/api/search?q=바다", {"authorization": f"Bearer {spoil(whole)}"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert answer.json()["type"] == "/api/docs#unauthorised"


def test_a_revoked_key_opens_nothing_from_the_next_request_on(app: FastAPI, library: Library) -> None:
    """Revoking needs no restart."""
    shown, visitor = key(library, Scope.SUBSCRIBER), Visitor(app)
    before = visitor.get("/api/articles/deep-sea", shown).status_code

    file = KeyFile(library.settings.keys_path)
    file.revoke(file.list()[-1].id, now=NOW)

    assert (before, visitor.get("/api/articles/deep-sea", shown).status_code) == (200, 401)


def test_an_expired_key_opens_nothing(app: FastAPI, library: Library) -> None:
    """A key ends at its moment."""
    shown = key(library, Scope.SUBSCRIBER, expires_at=NOW)

    assert Visitor(app).get("/api/articles/deep-sea", shown).status_code == 401


def test_a_key_asks_as_often_as_it_may(app: FastAPI, library: Library) -> None:
    """Past its rate a key gets 429 with when to come back, and each answer says what is left."""
    shown, visitor = key(library, per_minute=3), Visitor(app)

    answers = [visitor.get("/api/search?q=바다", shown) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert [answer.headers["ratelimit"] for answer in answers[:3]] == [
        '"minute";r=2;t=20', '"minute";r=1;t=40', '"minute";r=0;t=60',
    ]  # fmt: skip
    assert answers[0].headers["ratelimit-policy"] == '"minute";q=3;w=60'
    assert answers[3].headers["retry-after"] == "20"
    assert answers[3].json()["type"] == "/api/docs#too-many"


def test_an_address_without_a_key_has_the_papers_rate(app: FastAPI, library: Library) -> None:
    """``[serve] api_per_minute`` holds for the API only, and for keys their own."""
    visitor = Visitor(app)

    answers = [visitor.get("/api/search?q=바다").status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]
    assert visitor.get("/search?q=바다").status_code == 200
    assert visitor.get("/api/search?q=바다", key(library)).status_code == 200
    assert visitor.get("/api/health").status_code == 200


def test_a_login_opens_the_rest_of_an_article_on_its_page(app: FastAPI) -> None:
    """With the cookie of the paper's login a subscriber reads on; without, the page says for whom the rest is."""
    anybody, reader = Visitor(app), Visitor(app)
    reader.cookies.set("gisa_login", token(), domain="paper.example")

    assert REST not in anybody.get(SEA).text
    assert REST in reader.get(SEA).text
    assert REST in reader.get(f"/search?q={REST}").text
    assert REST not in anybody.get(SEA).text


def test_a_token_in_an_address_becomes_a_cookie_and_leaves_the_address(app: FastAPI) -> None:
    """The reader is sent on at once, so no page, link or referrer ever holds the token."""
    reader = Visitor(app, scheme="https")
    given = token()

    answer = reader.get(f"{SEA}?q=바다&token={given}")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{SEA}?q=%EB%B0%94%EB%8B%A4"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    cookie = answer.headers["set-cookie"].lower()
    assert "max-age=1800" in cookie
    assert all(flag in cookie for flag in ("httponly", "samesite=lax", "secure", "path=/"))
    read = reader.get(answer.headers["location"])
    assert REST in read.text
    assert given not in read.text + str(read.headers)


BAD: Final = [
    pytest.param(token(exp=int(NOW.timestamp())), id="ended"),
    pytest.param(token(exp=int((NOW + timedelta(days=2)).timestamp())), id="valid for too long"),
    pytest.param(token(exp=None), id="without an end"),
    pytest.param(token(aud="other"), id="for another"),
    pytest.param(token(scope="desk"), id="the desk's, which no login opens"),
    pytest.param(token(scope=["subscriber"]), id="a scope that is no text"),
    pytest.param(token(nbf=int(NOW.timestamp()) + 60), id="not yet"),
    pytest.param(token() + "x", id="another signature"),
    pytest.param(token()[:-20] + "." * 20, id="no signature"),
    pytest.param(jwt.encode({"aud": "gisa", "scope": "subscriber", "exp": 2_000_000_000}, "", algorithm="none"), id="unsigned"),
    pytest.param("a" * 5_000, id="far too long"),
]  # fmt: skip


@pytest.mark.parametrize("given", BAD)
def test_a_bad_token_opens_nothing(app: FastAPI, given: str) -> None:
    """Tokens that are not the paper's, have ended, never end or name no scope leave a reader as anybody; as a key they are 401."""
    reader = Visitor(app)
    answer = reader.get(SEA, token=given)
    reader.cookies.set("gisa_login", given[:3_000], domain="paper.example")
    page = reader.get(SEA)

    assert (answer.status_code, answer.headers["location"]) == (303, SEA)
    assert "set-cookie" not in answer.headers
    assert page.status_code == 200
    assert REST not in page.text
    assert Visitor(app).get("/api/articles/deep-sea", {"authorization": f"Bearer {given}"}).status_code == 401


def test_the_way_back_leads_to_this_site(app: FastAPI) -> None:
    """An address that begins with two slashes is not another host's."""
    assert Visitor(app).get_raw("//evil.example/", b"token=x")[0] == 303
    assert Visitor(app).get("//evil.example/", token="x").headers["location"].startswith("/")


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (SECRET, 0o644, "everybody may read it"),
        ("kurz", 0o600, "fewer than 32 bytes"),
        ("\n\n", 0o600, "is empty"),
        (None, 0, "cannot be read"),
    ],
)
def test_a_secret_that_protects_nothing_is_refused(tmp_path: Path, content: str | None, mode: int, said: str) -> None:
    """A server does not start with a login secret that is missing, short or open to all."""
    path = tmp_path / "secret"
    if content is not None:
        path.write_text(content, "utf-8")
        path.chmod(mode)

    with refused(ConfigError, said):
        logins_of(gisa.config.Login(secret_file=path))


def test_two_secrets_hold_while_they_are_changed(tmp_path: Path) -> None:
    """A token signed with any line of the file is good; the environment may hold the secret, too."""
    path = tmp_path / "secret"
    path.write_text("another secret, which has enough bytes\n" + SECRET + "\n", "utf-8")
    path.chmod(0o600)

    assert logins_of(gisa.config.Login(secret_file=path)).verify(token(), now=NOW) is not None
    assert logins_of(gisa.config.Login(), {"GISA_LOGIN_SECRET": SECRET}).verify(token(), now=NOW) is not None
    assert not logins_of(gisa.config.Login(), {}).are_on


def test_short_secrets_of_the_library_warn_nobody(app: FastAPI) -> None:
    """Verifying a hostile token prints nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Visitor(app).get(SEA, token=token())
