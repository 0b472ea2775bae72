"""The engine is a library of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_engine_imports_nothing_of_django():
    script = "import sys, matching.engine.__main__; print([name for name in sys.modules if name.startswith('django')])"

    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True).stdout == "[]\n"
