"""The processes of a demo: started in groups of their own, watched, and stopped with everything they started."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from mentoring.embedded import NotStarted, die_with_parent
from mentoring.fingerprint import ROOT

PATIENCE = 15  # seconds a process has to finish what it is doing


@dataclass
class Child:
    """A process that must live as long as the demo. Servers of mentoring.embedded stop themselves."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    ours_to_stop: bool = True

    def ending(self) -> str:
        """That it is no longer there, and the end of what it said."""
        said = self.log.read_text(errors="replace").splitlines()[-15:]
        return "\n".join([f"{self.name} ended by itself ({self.process.returncode}); see {self.log}", *said])

    def signal_group(self, number: signal.Signals) -> None:
        """To the process and all that it started; a group that is gone is left alone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


@dataclass
class Processes:
    """All of them, in the order they were started."""

    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)

    def start(self, name: str, command: list[str], log: Path) -> None:
        """Start one in a group of its own. It is told to end when this process is gone, however it went."""
        with log.open("wb") as written:
            process = subprocess.Popen(
                [*die_with_parent(), *command],
                cwd=ROOT,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children.append(Child(name, process, log))

    def watch(self, name: str, process: subprocess.Popen[bytes] | None, log: Path) -> None:
        """Look at a server that somebody else stops."""
        if process:
            self.children.append(Child(name, process, log, ours_to_stop=False))

    def check(self) -> None:
        """Refuses when one has ended."""
        for child in self.children:
            if child.process.poll() is not None:
                raise NotStarted(child.ending())

    def stop(self) -> None:
        """Ask all to finish, at once; whatever is left of their groups after a while is killed."""
        ours = [child for child in self.children if child.ours_to_stop]
        for child in ours:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in ours:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
            child.signal_group(signal.SIGKILL)
            child.process.wait()
