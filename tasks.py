"""Set framing up from nothing and run something: ``python3 tasks.py demo`` or ``python3 tasks.py test``.

Needs Python 3.11 or later and nothing else; makes an environment in .venv the first time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXTRAS = {"demo": "", "test": "[dev]"}
COMMANDS = {
    "demo": [["framing", "demo", "-o", "framing-demo"]],
    "test": [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["pytest", "-n", "auto", "--dist", "loadfile"],
    ],
}


def run(*command: str) -> None:
    """Run a command of the environment in the project's folder; stop with its exit code if it fails."""
    print("$", *command, flush=True)  # noqa: T201 - what runs is said
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def set_up(extra: str) -> None:
    """Make the environment, unless it is there already for the same requirements."""
    wanted = hashlib.sha256((ROOT / "setup.cfg").read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f".installed{extra.strip('[]')}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if not (VENV / "pyvenv.cfg").is_file():
        venv.create(VENV, with_pip=True)
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f".{extra}")
    stamp.write_text(wanted)


def main() -> None:
    """Run the task named on the command line."""
    task = sys.argv[1] if len(sys.argv) == 2 else ""
    if task not in COMMANDS:
        sys.exit(f"python3 tasks.py {'|'.join(COMMANDS)}")
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything is installed
        sys.exit(f"framing needs Python 3.11 or later; this is {sys.version.split()[0]}")
    set_up(EXTRAS[task])
    for command in COMMANDS[task]:
        run(*command)


if __name__ == "__main__":
    main()
