"""Writes the reference pages of `docs/` from the program itself; run by hand or `make docs`."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import typer

from core.asks import TODAY, Ask
from core.errors import RefusalKind, RuleError
from core.ledger.record import KEYS
from core.loop import TRANSITIONS
from core.model import Role, State
from core.registers import by_hand
from core.transition import Transition
from store.ledgers.headers import HEADERS, SYNONYMS
from tui.exits import CODES
from tui.frame.keys import PLACES
from tui.words import i18n
from tui.words.names import CONDITIONS, ROLES, STATES, VERBS
from tui.words.sentences import SENTENCES
from tui.words.texts import name_of

ROOT = Path(__file__).parents[2]


ZH_COMMANDS = [
    "# 命令",
    "",
    "单独一个 `zg` 打开看板。数据写到标准输出，说明写到标准错误；在终端里表格对齐，在管道里用制表符分隔。",
    "",
    "退出码：0 完成，1 程序出错（有报告文件和编号），2 用法，3 输入有误或有行被退回，4 冲突，5 没有权限，6 没有这个问题、库或匹配，"
    "7 正忙，8 没有保存，9 数据损坏。",
    "",
    "查询：词（也可用拼音首字母）与条件，须全部满足：`unit:城管`（牵头或配合）、`lead:城管`（正在其手中）、`zone:Z03`、`cat:占道`、"
    "`state:待复查`、`level:2+`、`rework:1+`、`超期`、`临期`、`due:今天`、`due:<3d`、`found:上月`、`closed:本季度`、`issued:2025`、"
    "`recheck:去年`、`state:未结`、`source:`、`no:`；`-条件` 排除，`a|b` 任一，引号保留空格。",
    "",
]


def commands() -> str:
    """docs/commands.md: every command with its arguments and options."""
    i18n.use(i18n.ENGLISH)
    from tui.cli.running import program as parser

    program = typer.main.get_command(parser(typer, []))
    lines = [
        "# Commands",
        "",
        "`zg` alone opens the board. Data goes to standard output, talk to standard error; tables "
        "are aligned at a terminal and tab-separated in a pipe.",
        "",
        "Exit codes: 0 done, 1 our fault (a report file, a number to quote), 2 usage, 3 bad input "
        "or rows rejected, 4 conflict, 5 not allowed, 6 no such item, store or match, 7 busy, "
        "8 not saved, 9 store damaged.",
        "",
        "Queries: words (also as pinyin initials) and terms, all of which must hold: `unit:城管` (leading "
        "or helping), `lead:城管` (in its hands now), "
        "`zone:Z03`, `cat:占道`, `state:awaiting` or `state:待复查`, `level:2+`, `rework:1+`, `overdue`, "
        "`soon`, `mine`, `due:today`, `due:<3d`, `due:2026-03-01..2026-03-31`, `found:>7d`, `found:上月`, `found:2026-10`, "
        "`closed:本季度`, `issued:2025`, `recheck:去年` (these, and a state that is not open, look in all items), "
        "`state:open` (未结), `source:`, `no:`; `-term` negates, `a|b` gives alternatives, quotes keep blanks.",
        "",
    ]
    return _page(lines, program)


def zh_commands() -> str:
    """docs/zh/commands.md: the same in Chinese, made by a process of its own, since words are chosen as it starts."""
    code = "from tests.tools.reference import zh_page; import sys; sys.stdout.write(zh_page())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    return done.stdout.decode("utf-8")


def zh_page() -> str:
    """The page itself; called where nothing of the commands was imported before."""
    i18n.use(i18n.CHINESE)
    from tui.cli.running import program as parser

    return _page(list(ZH_COMMANDS), typer.main.get_command(parser(typer, [])))


def _page(lines: list[str], program: Any) -> str:
    for name, command in program.commands.items():
        lines += _command(f"zg {name}", command)
    return "\n".join(lines).rstrip() + "\n"


def headers() -> str:
    """docs/headers.md: the headers of every kind of sheet, the one that is written first."""
    lines = [
        "# Headers 表头",
        "",
        "The first of each row is the one that is written, the others are read as well; so are many more that mean "
        "the same (docs/domain.md 8): brackets, stars and words such as 具体, 所属, 存在的 do not matter, a word of a "
        "step before a noun (巡查日期, 整改完成时间, 转办时间) is understood, and a column whose header says nothing is "
        "known by what it holds. `zg import --dry-run` says what each was taken as, `--map 表头=字段` tells it.",
        "",
        "## 台账 `zg import`",
        "",
        "| | |",
        "|-|-|",
    ]
    for key in KEYS:
        others = [name for name in SYNONYMS.get(key, "").split("|") if name]
        lines.append(f"| {HEADERS[key]} | {'、'.join(others)} |")
    for register in by_hand():
        lines += ["", f"## `zg {register.noun} import`", "", "| | |", "|-|-|"]
        for names in register.headers.values():
            first, *others = names.split("|")
            lines.append(f"| {first} | {'、'.join(others)} |")
    return "\n".join(lines) + "\n"


def _command(path: str, command: Any) -> list[str]:
    if hasattr(command, "commands"):
        found = [f"## `{path}`", "", command.help or "", ""]
        for name, child in command.commands.items():
            found += _command(f"{path} {name}", child)
        return found
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join([path, *(p.metavar or p.name.upper() for p in arguments)])
    found = [f"### `{usage}`", "", command.help or "", ""]
    rows = [(p.metavar or p.name.upper(), p.help) for p in arguments]
    rows += [(_names(p), p.help) for p in options if p.name != "help"]
    if rows:
        found += ["| | |", "|-|-|", *(f"| `{_cell(a)}` | {_cell(b)} |" for a, b in rows), ""]
    return found


def _names(option: Any) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    return names if option.is_flag else f"{names} {option.metavar or ''}".strip()


def zh_keys() -> str:
    """docs/zh/keys.md: every key of every place, in Chinese."""
    i18n.use(i18n.CHINESE)
    lines = ["# 按键", ""]
    for place, table in PLACES:
        lines += [f"## {i18n._(place)}", "", "| 键 | 作用 |", "|-|-|"]
        lines += [f"| `{i18n._(key.label)}` | {i18n._(key.text)} |" for key in table if key.told]
        lines.append("")
    lines += [
        "对话框里：回车进到下一项、最后一项即完成，上下键移动，Ctrl+S 保存，Esc 或 F10 取消。单位、责任区等用名称、别名或拼音首字母的几个"
        "字母来选。",
        "",
    ]
    i18n.use(i18n.ENGLISH)
    return "\n".join(lines).rstrip() + "\n"


def keys() -> str:
    """docs/keys.md: every key of every place."""
    lines = ["# Keys", ""]
    for place, table in PLACES:
        lines += [f"## {place}", "", "| Key | English | 中文 | Name |", "|-|-|-|-|"]
        for key in (k for k in table if k.told):
            i18n.use(i18n.ENGLISH)
            english, label = i18n._(key.text), i18n._(key.label)
            i18n.use(i18n.CHINESE)
            name = f"`{key.name}`" if key.name else ""
            lines.append(f"| `{label}` | {english} | {i18n._(key.text)} | {name} |")
        lines.append("")
    lines += [
        "In a dialog: Enter goes on and ends, Up and Down move, Ctrl+S saves, Esc or F10 "
        "cancels. Units, zones and the like are picked by a few letters of a name, an alias or "
        "pinyin initials.",
        "",
        "## Keys of your own",
        "",
        "A file `~/.config/zg/keys.toml` (below `XDG_CONFIG_HOME` where that is set) gives keys to actions by the names "
        "above, place by place; help, the key bar and `?` show them. A key that would do two things is refused with "
        "both names.",
        "",
        "```toml",
        "[board]",
        'assign = "S"',
        'reassign = "ctrl+r"',
        "",
        "[zones]",
        'add = "n"',
        "```",
        "",
    ]
    i18n.use(i18n.ENGLISH)
    return "\n".join(lines).rstrip() + "\n"


def workflow() -> str:
    """docs/workflow.md: the transition and permission tables and the state diagram."""
    i18n.use(i18n.CHINESE)
    lines = [
        "# The loop, as the program decides it",
        "",
        "Made from `core/loop.py` and `core/asks.py`. What a verb "
        "needs is refused when missing, unless it has a default (缺省); in brackets stands when it is needed at "
        "times only. Rows of a ledger and items that move in have rules of their own (domain.md 8).",
        "",
        "| | Verb | 中文 | From | To | Roles | Needs | Approved by |",
        "|-|-|-|-|-|-|-|-|",
    ]
    lines += [_row(t) for t in TRANSITIONS]
    lines += [
        "",
        "## Who may do what",
        "",
        "● does or asks, ✓ approves (and may ask). `approve` and `refuse` are for whoever approves the "
        "verb asked for, `recall` for whoever asked. What a leader must confirm (severe items, level 2 "
        "and up) waits as a request where somebody else has passed it; returning an item a second time "
        "is the leader's to decide, voiding one before it is issued needs nobody's approval.",
        "",
        "| Verb | " + " | ".join(f"{r.value} {i18n._(ROLES[r])}" for r in Role) + " |",
        "|-|" + "-|" * len(Role),
    ]
    for t in TRANSITIONS:
        marks = " | ".join(
            "●" if role in t.roles else "✓" if role in t.approves else "" for role in Role
        )
        lines.append(f"| {t.verb} | {marks} |")
    lines += ["", "## States", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {s.value}: {s.value} {i18n._(STATES[s])}" for s in State]
    for t in TRANSITIONS:
        for source in t.sources or ("[*]",):
            lines += [f"    {source} --> {target}: {t.verb}" for target in t.targets]
    lines += ["```", ""]
    i18n.use(i18n.ENGLISH)
    return "\n".join(lines)


def _row(t: Transition) -> str:
    mark = t.ref or "-"
    name = i18n._(VERBS[t.verb]) if t.verb in VERBS else ""
    return (
        f"| {mark} | {t.verb} | {name} | {', '.join(t.sources)} | "
        f"{', '.join(t.targets)} | {', '.join(t.roles)} | "
        f"{'、'.join(map(_need, t.needs))} | {', '.join(t.approves)} |"
    )


def _need(need: Ask) -> str:
    """A need with what holds where nobody says it, and when it is one."""
    default = i18n._("today") if need.default == TODAY else need.default
    beside = [
        i18n._(CONDITIONS[need.when]) if need.when else "",
        f"缺省{default}" if default else "",
    ]
    told = "，".join(part for part in beside if part)
    return name_of(need.need) + (f"（{told}）" if told else "")


def _cell(words: str) -> str:
    """A sentence as a cell of a table holds it."""
    return words.replace("|", "\\|").replace("\n", "<br>")


RAISED = re.compile(
    r'\b(RuleError|Incomplete|Clash|NotAllowed|NotFound|DoneBefore|Refusal|Fault)\(\s*"(\w+)"'
)
KINDS = {kind.__name__: kind.kind for kind in (RuleError, *RuleError.__subclasses__())}


def refusals() -> str:
    """docs/refusals.md: every refusal by its kind, with the exit code and the sentence."""
    found: dict[RefusalKind, set[str]] = {kind: set() for kind in CODES}
    for package in ("core", "store", "tui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text("utf-8")
            for match in RAISED.finditer(text):
                name, code = match.groups()
                kind = KINDS.get(name)
                if kind is None:  # a refusal or a fault: its kind stands behind what it says
                    said = re.search(
                        r"RefusalKind\.(\w+)",
                        text[match.end() : match.end() + 200].split("\n\n")[0],
                    )
                    usual = RefusalKind.INPUT if name == "Refusal" else RefusalKind.CLASH
                    kind = RefusalKind[said.group(1)] if said else usual
                found[kind].add(code)
    lines = [
        "# Refusals",
        "",
        "Made from the sources: what a rule may say no with, by the kind of it.",
        "",
    ]
    for kind, codes in found.items():
        lines += [
            f"## {kind.value}: exit code {CODES[kind]}",
            "",
            "| | English | 中文 |",
            "|-|-|-|",
        ]
        for code in sorted(code for code in codes if code in SENTENCES):
            told = (SENTENCES[code], i18n.chinese(SENTENCES[code]))
            english, chinese = (_cell(words) for words in told)
            lines.append(f"| `{code}` | {english} | {chinese} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


PAGES = {
    "refusals.md": refusals,
    "commands.md": commands,
    "keys.md": keys,
    "workflow.md": workflow,
    "headers.md": headers,
    "zh/commands.md": zh_commands,
    "zh/keys.md": zh_keys,
}

if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.write(PAGES[sys.argv[1]]())
    else:
        for page, make in PAGES.items():
            (ROOT / "docs" / page).write_text(make(), encoding="utf-8")
