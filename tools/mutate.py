"""Do the tests notice? Plants one small bug at a time and runs the tests nearest to it. Changes nothing in this tree.

    .venv/bin/python tools/mutate.py --count 100 --seed 1
    .venv/bin/python tools/mutate.py --map /tmp/map.coverage --only src/gisa/ingest/dates.py

1. A first run of the tests with coverage says which test runs which line (minutes; keep it with ``--map``).
2. Every place in a function of the chosen packages where a bug can be planted is listed; a sample is drawn with the seed.
3. Each bug is planted in a copy of the tree of its own. Tests that run the line are run there, those that run the fewest
   other lines first, then the test files named after the module. A failure or a time-out kills the bug.

What no test runs counts as a survivor. The score is the share of bugs that were killed; survivors are printed with their
change. Some of them are no bugs at all (the program does the same): read them before a test is written for one.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from coverage import CoverageData

ROOT: Final = Path(__file__).parent.parent
PACKAGES: Final = ("query", "search", "ingest", "archive")
TESTS: Final = (
    "tests/unit",
    "tests/search",
    "tests/library",
    "tests/conformance",
    "tests/archives",
    "tests/suggest",
    "tests/web",
)
"""Those that run in the test's own process: a line that another process runs is not laid at a test's door."""
MOST_TESTS: Final = 60
"""How many tests are run for one bug, beside the files named after its module."""
LONGEST_S: Final = 400
"""For the tests of one bug. Past it the bug counts as killed, and is marked: it may be a loop, or a busy machine."""
SELECT: Final = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", "not slow and not browser")
_NOT_CODE: Final = ("return_annotation", "annotation", "returns", "decorator_list")

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: the old piece of source and what takes its place."""

    path: str
    """Of the module, from the tree's root."""
    line: int
    column: int
    """In bytes of UTF-8, as ``ast`` counts."""
    end_line: int
    end_column: int
    new: str

    def planted(self, source: str) -> str:
        """The module with the bug in it."""
        lines = source.encode().splitlines(keepends=True)
        head = b"".join(lines[: self.line - 1]) + lines[self.line - 1][: self.column]
        tail = lines[self.end_line - 1][self.end_column :] + b"".join(lines[self.end_line :])
        return (head + self.new.encode() + tail).decode()

    def old(self, source: str) -> str:
        """The piece that is replaced."""
        lines = source.encode().splitlines(keepends=True)[self.line - 1 : self.end_line]
        lines[-1] = lines[-1][: self.end_column]
        lines[0] = lines[0][self.column :]
        return b"".join(lines).decode()


def changed(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """What may take a node's place, each one bug. Texts, types and names stay as they are."""
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                other = copy.deepcopy(node)
                other.ops[place] = _COMPARED[type(op)]()
                yield other
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(op=op) if type(op) in _COMPUTED and not _is_text(node):
            yield ast.BinOp(node.left, _COMPUTED[type(op)](), node.right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Every bug that can be planted in the functions of a module; messages of errors and annotations are left alone."""

    def walk(node: ast.AST, *, inside: bool) -> Iterator[Mutant]:
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if isinstance(node, ast.Raise | ast.JoinedStr | ast.Assert):
            return
        if inside and isinstance(node, ast.expr | ast.stmt):
            for new in changed(node):
                text = ast.unparse(ast.fix_missing_locations(new))
                text = f"({text})" if isinstance(new, ast.expr) else text
                yield Mutant(path, node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0, text)
        for name, value in ast.iter_fields(node):
            if name in _NOT_CODE:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from walk(child, inside=inside)

    yield from walk(ast.parse(source), inside=False)


def copy_tree(target: Path) -> None:
    """What the tests need of this tree."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("src", "tests", "docs", "bench", "eval", "tools"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for path in ROOT.glob("*"):
        if path.is_file():
            shutil.copy2(path, target / path.name)


def run_tests(tree: Path, arguments: list[str], *, longest_s: float | None) -> int:
    """Pytest's exit code in a copy of the tree; -1 when it was cut short."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "CI": "true", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.setdefault("GISA_TEST_DATA", str(ROOT.parent / "shared" / "data"))
    command = [sys.executable, "-m", "pytest", *SELECT, *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env=environment,
            timeout=longest_s,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except subprocess.TimeoutExpired:
        return -1
    if done.returncode not in (0, 1, 2, 5):
        raise SystemExit(done.stdout.decode())
    return done.returncode


def make_map(target: Path) -> None:
    """Run the tests with coverage, noting which test runs which line."""
    with tempfile.TemporaryDirectory(prefix="gisa-map-") as folder:
        tree = Path(folder) / "tree"
        copy_tree(tree)
        arguments = [name for name in TESTS if (tree / name).exists()]
        found = run_tests(tree, [*arguments, "-n", "2", "--cov", "--cov-context=test", "--cov-report="], longest_s=None)
        if found != 0:
            raise SystemExit("the tests fail without any bug planted — mend them first")
        shutil.copy(tree / ".coverage", target)


class Map:
    """Which tests run which line."""

    def __init__(self, path: Path) -> None:
        data = CoverageData(str(path))
        data.read()
        self._by_line: dict[str, dict[int, set[str]]] = {}
        self._size: Counter[str] = Counter()
        for file in data.measured_files():
            lines = {line: _tests(names) for line, names in data.contexts_by_lineno(file).items()}
            self._by_line["src/gisa/" + file.rpartition("/src/gisa/")[2]] = lines
            for names in lines.values():
                self._size.update(names)

    def nearest(self, mutant: Mutant) -> list[str]:
        """The tests that run the bug's first line, those that run the fewest lines of all first."""
        found = self._by_line.get(mutant.path, {}).get(mutant.line, set())
        return sorted(found, key=lambda name: (self._size[name], name))[:MOST_TESTS]


def _tests(contexts: list[str]) -> set[str]:
    """Names of tests as pytest takes them, without the phase (``tests/unit/test_x.py::test_y|run``)."""
    return {name.rpartition("|")[0] for name in contexts if "|" in name}


def named_after(path: str) -> list[str]:
    """The test files that are named after a module, or else after its package."""
    inside = Path(path).relative_to("src/gisa")
    files = [file for file in ROOT.glob("tests/*/test_*.py") if f"tests/{file.parent.name}" in TESTS]
    for stem in (inside.stem, inside.parts[0]):
        found = [file for file in files if re.fullmatch(rf"test_(\w+_)?{re.escape(stem)}(_\w+)?", file.stem)]
        if found:
            return sorted(str(file.relative_to(ROOT)) for file in found)
    return []


class Verdict(StrEnum):
    """What became of a bug."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "SURVIVED"


def judge(mutant: Mutant, nearest: list[str]) -> Verdict:
    """Whether a test fails, or never ends, with the bug planted."""
    with tempfile.TemporaryDirectory(prefix="gisa-mutant-") as folder:
        tree = Path(folder) / "tree"
        copy_tree(tree)
        module = tree / mutant.path
        module.write_text(mutant.planted(module.read_text(encoding="utf-8")), encoding="utf-8")
        for tests in (nearest, named_after(mutant.path)):
            if not tests:
                continue
            listed = Path(folder) / "tests.txt"
            listed.write_text("\n".join(tests), encoding="utf-8")
            code = run_tests(tree, [f"@{listed}"], longest_s=LONGEST_S)
            if code not in (0, 5):
                return Verdict.TIMED_OUT if code == -1 else Verdict.KILLED
    return Verdict.SURVIVED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="how many bugs are planted")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="how many bugs are tried at a time")
    parser.add_argument("--map", type=Path, help="coverage with contexts: made there if it is missing, else used")
    parser.add_argument("--only", action="append", default=[], metavar="PATH", help="a module or folder of src/gisa")
    parser.add_argument("--floor", type=float, default=0.0, help="exit 1 below this score (0 to 1)")
    options = parser.parse_args()

    places = options.only or [f"src/gisa/{package}" for package in PACKAGES]
    modules = sorted(
        file for place in places for file in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    )
    sources = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in modules}
    every = [mutant for path, source in sources.items() for mutant in mutants(path, source)]
    chosen = random.Random(options.seed).sample(every, min(options.count, len(every)))
    print(f"{len(chosen)} of {len(every):,} bugs, seed {options.seed}", flush=True)

    with tempfile.TemporaryDirectory(prefix="gisa-map-") as folder:
        path = options.map or Path(folder) / "map.coverage"
        if not path.exists():
            print("which test runs which line? (one run of the tests)", flush=True)
            make_map(path)
        tests = Map(path)
    killed = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        verdicts = pool.map(lambda mutant: judge(mutant, tests.nearest(mutant)), chosen)
        for number, (mutant, verdict) in enumerate(zip(chosen, verdicts, strict=True), start=1):
            killed += verdict is not Verdict.SURVIVED
            old, new = " ".join(mutant.old(sources[mutant.path]).split()), " ".join(mutant.new.split())
            place = f"{mutant.path}:{mutant.line} ({len(tests.nearest(mutant))} tests)"
            print(f"{number:3} {verdict:9} {place}  {old[:90]}  →  {new[:90]}", flush=True)
    score = killed / len(chosen) if chosen else 1.0
    print(f"killed {killed} of {len(chosen)}: {score:.0%}")
    if score < options.floor:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
