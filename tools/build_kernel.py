"""Compile the rules for one run (``gisa.text.KERNEL``) with mypyc, which makes C of typed Python. Takes about a minute.

Never fails: without a C compiler, or if the build breaks, it says so and the same modules run as Python. ``docs/kernel.md``
says how to work beside it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
BUILD: Final = ROOT / "build" / "kernel"
LONGEST_S: Final = 900
INSTALL: Final = (
    "-m",
    "pip",
    "install",
    "--quiet",
    "--require-hashes",
    "-r",
    str(ROOT / "requirements" / "kernel.txt"),
)
MYPY: Final = """
[mypy]
mypy_path = {sources}
namespace_packages = true
explicit_package_bases = true
ignore_missing_imports = true
"""
SETUP: Final = """
from mypyc.build import mypycify
from setuptools import setup

setup(
    name="kernel",
    packages=[],
    ext_modules=mypycify({arguments}, opt_level="2", debug_level="0", group_name="gisa.text.kernel"),
)
"""


def main() -> None:
    """Build, unless the same sources are built already; say in one line how the rules run."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["GISA_KERNEL"] = "off"
    from gisa import text  # not before: what is compiled must be the sources

    wanted = text.sources_hash()
    if text.is_built() and _extensions(text.COMPILED):
        return
    reason = what_is_missing() or build(text.KERNEL, text.SOURCES)
    if reason:
        print(f"gisa: the rules of analysis run as Python, which adds about half as fast: {reason}", file=sys.stderr)
        return
    shutil.rmtree(text.COMPILED, ignore_errors=True)
    text.COMPILED.mkdir()
    for extension in _extensions(BUILD / "lib" / "gisa" / "text"):
        shutil.copy(extension, text.COMPILED)
    text.STAMP.write_text(wanted)  # last: without it nothing of this is used


def what_is_missing() -> str:
    """What a build would need and does not find here; empty if nothing."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler ({compiler})"
    if not (Path(sysconfig.get_paths()["include"]) / "Python.h").is_file():
        return "Python's headers are not installed (Debian: python3-dev)"
    return ""


def build(names: Sequence[str], sources: Path) -> str:
    """Compile the modules into ``build/kernel/lib``; why that failed, empty if it did not."""
    print("gisa: compiling the rules of analysis (a minute, once for each version of them) …", file=sys.stderr)
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    (BUILD / "mypy.ini").write_text(MYPY.format(sources=ROOT / "src"))
    (BUILD / "setup.py").write_text(SETUP.format(arguments=[str(sources / f"{name}.py") for name in names]))
    log = BUILD / "log.txt"
    commands = [[sys.executable, "setup.py", "build_ext", "--build-lib", "lib"]]
    if find_spec("mypyc") is None or find_spec("setuptools") is None:
        commands.insert(0, [sys.executable, *INSTALL])
    try:
        with log.open("w") as out:
            for command in commands:
                subprocess.run(command, cwd=BUILD, stdout=out, stderr=out, check=True, timeout=LONGEST_S)
    except (OSError, subprocess.SubprocessError):
        return f"the build failed, see {log}"
    return ""


def _extensions(folder: Path) -> list[Path]:
    """The compiled modules of this Python in a folder."""
    return sorted(folder.glob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"))


if __name__ == "__main__":
    main()
