"""A real sshd on the loopback with the gate behind it, and people with keys of their own."""

import getpass
import os
import select
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from terminal_support import PATIENCE, ZG, environment, needs

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
PEOPLE = {
    "ann": ("--role", "clerk"),
    "lea": ("--role", "leader", "--role", "admin"),
    "bob": ("--role", "liaison", "--unit", "环卫所"),
    "vic": ("--role", "viewer"),
}


class Came:
    """What came of a command over ssh."""

    def __init__(self, code: int, out: bytes, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def text(self) -> str:
        return self.out.decode("utf-8", "replace")


def zg(*words: object, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    """A command as whoever runs the machine gives it."""
    return subprocess.run(
        [ZG, "--lang", "en", *map(str, words)],
        input=stdin,
        capture_output=True,
        check=False,
        env=environment(**more),
    )


class GateServer:
    """sshd that knows nobody but the keys of a store."""

    def __init__(self, home: Path, store: Path, *, asks: bool = False) -> None:
        """`asks` has it ask the program for keys, which needs root; else it reads what `zg key export` wrote."""
        for program in ("ssh", "ssh-keygen", "sftp", "scp"):
            needs(program)
        if not Path(SSHD).exists():
            needs("sshd")
        self.home, self.store = home, store
        self._make("host")
        self._asks = asks
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.lines = home / "keys"
        self.lines.touch(mode=0o600)
        config = home / "sshd_config"
        config.write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {home / 'host'}\n"
            f"{self._keys()}PidFile {home / 'pid'}\nStrictModes no\nUsePAM no\n"
            "PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
            "DisableForwarding yes\nPermitTunnel no\nPermitUserRC no\nAcceptEnv *\n"
            "MaxStartups 100:30:200\nMaxSessions 4\nClientAliveInterval 15\n"
            "Subsystem sftp internal-sftp\n"
        )
        self._process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(config)], stderr=(home / "log").open("wb")
        )
        self._wait()

    def _keys(self) -> str:
        if not self._asks:
            return f"AuthorizedKeysFile {self.lines}\n"
        program = Path("/usr/local/sbin") / f"zg-gate-test-{os.getpid()}"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -I -m tui.gate "$@"\n')
        program.chmod(0o755)
        self._program = program
        return (
            f"AuthorizedKeysFile none\nAuthorizedKeysCommandUser {getpass.getuser()}\n"
            f"AuthorizedKeysCommand {program} keys --store {self.store} %u %t %k\n"
        )

    def _make(self, name: str) -> None:
        words = [
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-C",
            name,
            "-f",
            str(self.home / name),
        ]
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
        if self._asks:
            self._program.unlink()

    def person(self, name: str, *words: str) -> Path:
        """Somebody on the staff with a key of their own; the key."""
        self._make(name)
        done = zg(
            "staff", "add", name, *words, "--key", self.home / f"{name}.pub", "--store", self.store
        )
        assert done.returncode == 0, done.stderr.decode()
        self.written()
        return self.home / name

    def written(self) -> None:
        """Have sshd know the keys as they are now."""
        done = zg("key", "export", "--store", self.store)
        assert done.returncode == 0, done.stderr.decode()
        self.lines.write_bytes(done.stdout)

    def options(self, name: str) -> list[str]:
        """How ssh comes in as somebody."""
        quiet = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")
        found = [
            part
            for option in (*quiet, "IdentitiesOnly=yes", "BatchMode=yes")
            for part in ("-o", option)
        ]
        return [*found, "-i", str(self.home / name)]

    @property
    def to(self) -> str:
        """Where everybody comes in."""
        return f"{getpass.getuser()}@127.0.0.1"

    def ssh(
        self, name: str, *words: str, stdin: bytes = b"", more: tuple[str, ...] = (), **sent: str
    ) -> Came:
        """A command over ssh, its words as ssh passes them; `sent` goes along as environment."""
        options = [*self.options(name), "-p", str(self.port), *more]
        for key in sent:
            options += ["-o", f"SendEnv={key}"]
        done = subprocess.run(
            ["ssh", *options, self.to, *(("--", *words) if words else ())],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=90,
            env={**environment(), **sent},
        )
        return Came(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    def line(self, name: str) -> str:
        """The command line that opens a board over ssh."""
        return " ".join(["ssh", "-tt", *self.options(name), "-p", str(self.port), self.to])
