"""A real sshd on the loopback with the gate behind it, and people with keys of their own."""

import getpass
import os
import subprocess
import sys
from pathlib import Path

from sshd_support import Sshd
from terminal_support import ZG, environment, needs

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


class GateServer(Sshd):
    """sshd that knows nobody but the keys of a store."""

    def __init__(self, home: Path, store: Path, *, asks: bool = False, idle: float = 12.0) -> None:
        """`asks` has it ask the program for keys, which needs root; else it reads what `zg key export` wrote.

        `idle` are the hours after which a board ends that nobody touches.
        """
        for program in ("sftp", "scp"):
            needs(program)
        self.store, self._asks, self._idle = store, asks, idle
        self.lines = home / "keys"
        self.lines.touch(mode=0o600)
        super().__init__(
            home,
            f"{self._keys()}KbdInteractiveAuthentication no\n"
            "DisableForwarding yes\nPermitTunnel no\nPermitUserRC no\nAcceptEnv *\n"
            "MaxStartups 100:30:200\nMaxSessions 4\nClientAliveInterval 15\n"
            "Subsystem sftp internal-sftp\n",
        )

    def _keys(self) -> str:
        if not self._asks:
            return f"AuthorizedKeysFile {self.lines}\n"
        program = Path("/usr/local/sbin") / f"zg-gate-test-{os.getpid()}"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -I -m tui.gate "$@"\n')
        program.chmod(0o755)
        self._program = program
        return (
            f"AuthorizedKeysFile none\nAuthorizedKeysCommandUser {getpass.getuser()}\n"
            f"AuthorizedKeysCommand {program} keys --store {self.store} --idle {self._idle} %u %t %k\n"
        )

    def stop(self) -> None:
        super().stop()
        if self._asks:
            self._program.unlink()

    def person(self, name: str, *words: str) -> Path:
        """Somebody on the staff with a key of their own; the key."""
        self.make_key(name)
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
