"""The set-up of docs/server.md run line by line as it is written, on a machine of its own: directories that only the
test's own processes see lie over /etc, /srv, /opt and the like (docs/server.md)."""

import os
import re
import site
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sshd_support import SSHD, free_port
from terminal_support import needs

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```\n(useradd .*?)\n```", re.DOTALL)


def commands() -> str:
    """What the page has root type."""
    found = BLOCK.search((ROOT / "docs" / "server.md").read_text("utf-8"))
    assert found is not None
    return found[1]


def a_machine(work: Path, port: int) -> str:
    """Lines that make the directories of a fresh server in which the program is installed under /opt/zhenggai."""
    python, packages = sys.base_prefix, site.getsitepackages()[0]
    return textwrap.dedent(f"""
        set -e
        mkdir -p {work}/etc {work}/python {work}/packages {work}/source
        cp -a /etc/. {work}/etc/
        mount --bind {python} {work}/python
        mount --bind {packages} {work}/packages
        mount --bind {ROOT} {work}/source
        mkdir -p /opt /srv /home /run/sshd
        for place in /opt /srv /home; do mount -t tmpfs -o mode=0755 tmpfs $place; done
        mkdir -p /opt/python /opt/packages /opt/source
        mount --move {work}/python /opt/python
        mount --move {work}/packages /opt/packages
        mount --move {work}/source /opt/source
        mount --bind {work}/etc /etc
        /opt/python/bin/python3 -m venv --without-pip /opt/zhenggai
        printf '/opt/source\\n/opt/packages\\n' >"$(echo /opt/zhenggai/lib/python3*/site-packages)/here.pth"
        for name in zg=tui.main zg-gate=tui.gate.main; do
            printf '#!/opt/zhenggai/bin/python3\\nimport sys\\nfrom %s import main\\nsys.exit(main())\\n' \\
                "${{name#*=}}" >/opt/zhenggai/bin/"${{name%%=*}}"
            chmod 755 /opt/zhenggai/bin/"${{name%%=*}}"
        done
        mkdir -p /opt/commands
        printf '#!/bin/sh\\nexec {SSHD} -p {port} -o PidFile={work}/pid -E {work}/log\\n' >/opt/commands/systemctl
        chmod 755 /opt/commands/systemctl
        export PATH=/opt/commands:$PATH:/usr/sbin:/sbin LANG=C.UTF-8
        ssh-keygen -A >/dev/null
        cd {work}
        ssh-keygen -q -t ed25519 -N '' -f ann
        cat >/etc/ssh/ssh_config <<'END'
        Host localhost
            Port {port}
            IdentityFile {work}/ann
            StrictHostKeyChecking no
            UserKnownHostsFile {work}/known
            LogLevel ERROR
        END
    """)


def test_the_page_is_run_as_it_is_written(tmp_path_factory: pytest.TempPathFactory) -> None:
    needs("unshare")
    needs("ssh-keygen")
    if os.geteuid() != 0:
        pytest.skip("a machine of one's own needs root")
    work = tmp_path_factory.mktemp("machine")
    after = textwrap.dedent("""
        ssh zg@localhost zone add Z01 第一段
        ssh zg@localhost add 垃圾 --zone Z01
        ssh zg@localhost list -c number,description
        chmod 0750 /srv/zhenggai/town
        ! /opt/zhenggai/bin/zg --lang en gate check
    """)
    script = f"trap 'kill \"$(cat {work}/pid)\"' EXIT\n"
    script += f"{a_machine(work, free_port())}\nset -x\n{commands()}\n{after}"
    done = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    if "unshare failed" in done.stderr or "cannot mount" in done.stderr:
        pytest.skip("this machine lets nobody have directories of their own")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    told = done.stdout.splitlines()
    assert "R-0001\t垃圾" in told, "what came in through the gate is listed"
    assert "0700" in told[-1], "what is wrong afterwards is named"
