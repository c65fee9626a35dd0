"""Several people sign at the same moment: each gets a number, and no two the same."""

import json
import subprocess
import sys

from cli_support import Zg

MANY = 6


def test_numbers_of_papers_signed_at_once(town: Zg) -> None:
    due = json.loads(town("notice", "due", "--json").out)
    units = [one["unit"] for one in due if one["kind"] == "Supervision notice"][:MANY]
    assert len(units) == MANY
    drafts = [town("notice", "draft", "--unit", unit).out.strip() for unit in units]
    words = [sys.executable, "-c", "from tui.main import main; main()", "notice", "sign"]
    at_once = [
        subprocess.Popen([*words, draft], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for draft in drafts
    ]
    ended = [one.communicate(timeout=60) for one in at_once]
    assert [one.returncode for one in at_once] == [0] * MANY, ended
    numbers = {out.strip() for out, _err in ended}
    assert {number.partition("〕")[2] for number in numbers} == {
        f"{n}号" for n in range(1, MANY + 1)
    }
    assert town("check").code == 0
