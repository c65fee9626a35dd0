"""A real sshd on the loopback."""

import getpass
import os
import select
import shutil
import socket
import subprocess
import time
from pathlib import Path

from terminal_support import PATIENCE, needs

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Sshd:
    """A server in a directory of its own, with keys made there, and how ssh comes in to it."""

    def __init__(self, home: Path, config: str) -> None:
        """`config` are the lines of sshd_config that say whom it lets in and to what."""
        for program in ("ssh", "ssh-keygen"):
            needs(program)
        if not Path(SSHD).exists():
            needs("sshd")
        self.home = home
        self.make_key("host")
        self.port = free_port()
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        file = home / "sshd_config"
        file.write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {home / 'host'}\n"
            f"PidFile {home / 'pid'}\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n"
            f"PasswordAuthentication no\n{config}"
        )
        self._process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(file)], stderr=(home / "log").open("wb")
        )
        self._wait()

    def make_key(self, name: str) -> None:
        """A pair of keys without a passphrase."""
        file = str(self.home / name)
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]
        subprocess.run(words, check=True)

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, (self.home / "log").read_text()
            assert time.monotonic() < end
            select.select([], [], [], 0.05)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def options(self, key: str) -> list[str]:
        """How ssh and its kin come in with a key, their port apart."""
        quiet = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")
        found = [
            part
            for option in (*quiet, "IdentitiesOnly=yes", "BatchMode=yes")
            for part in ("-o", option)
        ]
        return [*found, "-i", str(self.home / key)]

    @property
    def to(self) -> str:
        """Where everybody comes in."""
        return f"{getpass.getuser()}@127.0.0.1"

    def line(self, key: str) -> str:
        """The command line of a terminal over ssh."""
        return " ".join(["ssh", "-tt", *self.options(key), "-p", str(self.port), self.to])
