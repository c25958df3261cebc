"""Other places for archive and index, written into a folder's settings."""

from __future__ import annotations

import tomllib

import pytest

from gisa.errors import DataFolderError
from gisa.library.addresses import FILE, Addresses

DATABASE = "postgresql://gisa@db/gisa"

CASES = {
    "nothing to say": (Addresses(), "trust_proxy = true\n", "trust_proxy = true\n"),
    "an empty file": (Addresses(archive_url=DATABASE), "", f'archive_url = "{DATABASE}"\n'),
    "before the first table": (
        Addresses(archive_url=DATABASE),
        "# ours\n[paper]\nname = '나루일보'\n",
        f"archive_url = \"{DATABASE}\"\n# ours\n[paper]\nname = '나루일보'\n",
    ),
    "line ends of Windows": (
        Addresses(archive_url=DATABASE),
        'trust_proxy = true\r\narchive_url = "postgresql://old/gisa"\r\n[serve]\r\nlog = "off"\r\n',
        f'archive_url = "{DATABASE}"\r\ntrust_proxy = true\r\n[serve]\r\nlog = "off"\r\n',
    ),
    "another one": (
        Addresses(archive_url=DATABASE),
        'trust_proxy = true\narchive_url = "postgresql://old/gisa"  # since 2024\n',
        f'archive_url = "{DATABASE}"\ntrust_proxy = true\n',
    ),
    "back to files": (
        Addresses(archive_url=FILE, index_url=FILE),
        'archive_url = "postgresql://old/gisa"\nindex_url = "https://os:9200/gisa"\n[serve]\nlog = "off"\n',
        '[serve]\nlog = "off"\n',
    ),
}


@pytest.mark.parametrize(("addresses", "before", "after"), CASES.values(), ids=CASES.keys())
def test_only_the_addresses_change(addresses: Addresses, before: str, after: str) -> None:
    """The lines of the addresses are replaced; every other line stays as it is."""
    assert addresses.written_into(before) == after


def test_a_password_is_written_so_that_it_can_be_read() -> None:
    """Quotes and backslashes in an address come back as they were."""
    url = 'postgresql://gisa:p"a\\ss@db/gisa'

    assert tomllib.loads(Addresses(archive_url=url).written_into(""))["archive_url"] == url


def test_an_address_over_several_lines_is_left_alone() -> None:
    """What cannot be replaced line by line is refused, and nothing is lost of the file."""
    with pytest.raises(DataFolderError, match="addresses_unclear"):
        Addresses(archive_url=DATABASE).written_into(
            'archive_url = """\npostgresql://old/gisa"""\ntrust_proxy = true\n'
        )
