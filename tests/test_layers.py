"""The one street: imports run bot -> scheduler -> commands -> models, and never back."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STREET = ["models", "commands", "scheduler", "bot"]  # each may import itself and what is before it
HEAVY = {"pandas", "numpy", "scipy", "matplotlib"}


def imports(path: Path) -> set[str]:
    """Every module of ours that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in nodes), f"{path} imports by dots"
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return {name for name in named if name.split(".")[0] in STREET}


@pytest.mark.parametrize("house", STREET)
def test_nothing_imports_up_the_street(house):
    below = STREET[: STREET.index(house) + 1]
    for path in (ROOT / house).rglob("*.py"):
        up = {name for name in imports(path) if name.split(".")[0] not in below}
        assert not up, f"{path.relative_to(ROOT)} imports {', '.join(up)}"


def test_figures_know_nothing_of_ours_but_a_refusal():
    for path in (ROOT / "models" / "figures").glob("*.py"):
        others = {name for name in imports(path) if not name.startswith("models.figures")}
        assert others <= {"models.base.Refusal"}, f"{path.name} imports {', '.join(others)}"


def test_the_tables_do_not_import_the_figures():
    assert not {name for name in imports(ROOT / "models" / "__init__.py") if name.startswith("models.figures")}


def test_everything_that_can_be_asked_loads_without_pandas_numpy_scipy_or_matplotlib():
    asking = "import sys, models, models.store, commands; commands.all_commands(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asking], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "commands.hotspots" in loaded
    assert not HEAVY & set(loaded)
