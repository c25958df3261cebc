"""What the paper's settings open in the pages' policy, and what they cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from gisa.config import AllowedOrigins, load_settings
from gisa.errors import ConfigError
from gisa.web.serving.security import page_policy
from tests.said import refused


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize(
    ("purpose", "opened"),
    [
        ("analytics", {"script-src", "connect-src"}),
        ("ads", {"script-src", "connect-src", "frame-src"}),
        ("fonts", {"font-src", "style-src"}),
        ("frames", {"frame-src"}),
    ],
)
def test_a_purpose_opens_what_it_needs(purpose: str, opened: set[str]) -> None:
    """Each list opens its directives and no others."""
    policy = directives(page_policy(AllowedOrigins(**{purpose: ("https://one.example",)})))

    assert {name for name, values in policy.items() if "https://one.example" in values} == opened


@pytest.mark.parametrize(
    "origin", ["*", "https:", "http://one.example", "'unsafe-inline'", "https://one.example;script-src *", "https://*"]
)
def test_a_list_cannot_open_everything(tmp_path: Path, origin: str) -> None:
    """Only whole origins under https; none of the policy's own words gets in."""
    (tmp_path / "gisa.toml").write_text(f'[site.csp]\nads = ["{origin}"]\n', "utf-8")

    with refused(ConfigError, r"\[site\.csp\]: ads"):
        load_settings(tmp_path)


def test_origins_are_read_as_browsers_write_them(tmp_path: Path) -> None:
    """Lower case, without a slash at the end; all of one domain by ``*.``."""
    (tmp_path / "gisa.toml").write_text('[site.csp]\nads = ["https://*.Ads.example/"]\n', "utf-8")

    assert load_settings(tmp_path).site.csp.ads == ("https://*.ads.example",)
