"""One sentence for everything a check may find."""

from collections.abc import Mapping
from typing import Any

from core.registers import REGISTERS
from tui.words.i18n import N_, _
from tui.words.texts import SaidFields, value_said

FINDINGS = {
    "replacement_unfinished": N_(
        "a restore or a repair was cut off; opening the store finishes it"
    ),
    "foreign_replacement": N_(
        "{path} is no restore or repair of this program; move it away, or --repair does"
    ),
    "bridge_damaged": N_(
        "{path} stands for journals that were archived, and is damaged ({tables}; {value} records are "
        "lost); put it or a backup back, or --repair goes on with what can be read"
    ),
    "taken_unproven": N_(
        "since the repair of change {seq}, what archived journals told of {tables} is taken as it read, and not "
        "every record is proven to be what was saved"
    ),
    "line_missing_journal": N_("{path} is missing; put it back, or --repair goes on without it"),
    "line_lost": N_("{path}, line {line} cannot be read; --repair saves what others know of it"),
    "line_altered": N_("{path}, line {line} (change {seq}) is not what was written; see --repair"),
    "line_double": N_("{path}, line {line} stands there twice; --repair takes it out"),
    "line_gap": N_("{path}, line {line}: changes {first} to {last} before it are missing"),
    "line_torn_safe": N_(
        "{path}, line {line} was saved and is cut off; --repair goes on before it"
    ),
    "line_torn": N_("{path}, line {line} was never finished; the next change puts it aside"),
    "line_unfit": N_("change {seq} does not fit what was before it"),
    "older_copy": N_(
        "an older copy was put back: change {safe} was saved and the journals end with {seq}; "
        "put the newer copy back, or go on with --accept-older"
    ),
    "snapshot_unreadable": N_("{path} is damaged; it is only a head start and may be deleted"),
    "snapshot_differs": N_("the snapshot differs in {value} records of {table}; it may be deleted"),
    "snapshot_ahead": N_("the snapshot knows change {value}, which the journals no longer have"),
    "archived": N_(
        "the snapshot stands for journals that were archived, up to change {value}; it is data now, and "
        "must be kept with them"
    ),
    "foreign_file": N_("{path} is no plain file: a link, a pipe or a device; take it away"),
    "open_to_all": N_("{path} is open to everybody; take the rights of others away (chmod o=)"),
    "photo_gone": N_("{number}: the photo {file} is missing; a backup may have it"),
    "photo_damaged": N_("{number}: the photo {file} is not what was kept; a backup may have it"),
    "photo_unreadable": N_("{number}: the photo {file} cannot be read: {why}"),
    "kept_store": N_("{path} is kept from a restore or a repair; it may be moved away"),
    "torn_kept": N_("{value} tails that were never finished are kept in {path}"),
    "little_space": N_("less than 50 MB are free in {path}"),
    "clock_back": N_(
        "the clock went back {value} times, first at change {seq}; order is not harmed"
    ),
    "lies_on": N_("file system {value}, {free} MB free"),
    "without_number": N_("{number} has no item number"),
    "no_open_assignment": N_("{number} is out with a unit and has no open assignment"),
    "several_open_assignments": N_("{number} has more than one open assignment"),
    "awaits_nothing": N_("{number} awaits a check and has no feedback"),
    "closed_without_end": N_("{number} is closed and its assignment is not"),
    "merged_into_nothing": N_("{number} is merged into nothing"),
    "wrong_level": N_("{number} has a level it cannot have"),
    "assignments_misnumbered": N_("the assignments of {number} are not numbered in order"),
    "dangling": N_("{table} {number}: {field} points to {value}, which is not there"),
    "double_number": N_("{number} was given out twice"),
    "evidence_changed": N_("{number}: what it was signed on is not what it says any more"),
    "counter_behind": N_("the counter {value} is behind the numbers given out"),
    "unsound_taken": N_(
        "{table} {value} stands twice in use; take one out of use or name it anew (zg {noun} retire, edit)"
    ),
    "unsound_key_taken": N_("key {value} shows two views, {name} is one; zg view edit --key"),
    "unsound_rests_on": N_(
        "{value} is out of use and still holds: {rests}; zg {noun} edit --active, or give that to another"
    ),
    "unsound_two_leads": N_("two units lead {value}; zg zone assign gives it to one"),
    "unsound_no_zone": N_("a zone is part of {value}, which is not there; zg zone edit --parent"),
    "unsound_zone_in_itself": N_("{value} is part of itself; zg zone edit --parent"),
    "unsound_liaison_without_unit": N_("{value} is a liaison without a unit; zg staff edit --unit"),
    "unsound_already_asked": N_("{number}: {verb} is asked for twice; zg refuse or zg recall"),
    "unsound_merged_into_taken_back": N_(
        "{number} was merged into {value}, which was taken back; zg revive {number}"
    ),
    "unsound_part_unknown": N_("{number} is a part of {value}, which does not know it"),
    "unsound_whole_astray": N_(
        "{number} does not stand where its parts do; any step of one of them puts it right"
    ),
    "no_actor": N_("change {seq}: nobody signed it"),
    "untold": N_("change {seq}: {number} changed without a line of history"),
    "off_the_road": N_("change {seq}: {number} took a step that no rule allows"),
    "wrong_role": N_("change {seq}: {number} was changed in a role that may not"),
    "closed_own": N_("change {seq}: {number} was closed by whoever fed it back"),
    "due_moved": N_("change {seq}: the deadline of {number} moved without approval"),
    "number_changed": N_("change {seq}: the number of {number} changed"),
    "reworks_fell": N_("change {seq}: the reworks of {number} fell"),
}
"""What `zg check` finds, and what can be done."""


def finding_text(code: str, fields: Mapping[str, Any]) -> str:
    """What a check has found."""
    template = _(FINDINGS.get(code, code))
    words = SaidFields({name: value_said(name, v) for name, v in fields.items()})
    table = str(fields.get("table"))
    words["noun"] = REGISTERS[table].noun if table in REGISTERS else table.removesuffix("s")
    return template.format_map(words)
