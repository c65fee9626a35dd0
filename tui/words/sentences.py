"""One sentence for every code that `core` and `store` may refuse with."""

from tui.words.file_sentences import FILES, GATE
from tui.words.i18n import N_
from tui.words.rounds.refusals import OF_ROUNDS
from tui.words.year.refusals import OF_THE_YEAR

RULES = {
    "missing_of": N_("{fields} is missing of this {table}."),
    "missing": N_("{number} cannot be done yet: {fields} is missing."),
    "missing_alone": N_("{fields} is missing."),
    "wrong_state": N_("{number} is {state}; to {verb} it must be {sources}."),
    "role": N_("This needs the role {roles}; ask whoever holds it."),
    "unknown_verb": N_("There is no action {verb}."),
    "not_your_unit": N_("{number} is not your unit's."),
    "not_your_zone": N_("You can report in the zones of your own unit only."),
    "not_its_unit": N_("That unit neither leads nor helps on {number}."),
    "received": N_("{number} was signed for on {on}."),
    "fed_back_yourself": N_("You fed back on {number} yourself; somebody else must look at it."),
    "inspects_own_unit": N_("{number} is your own unit's; somebody else must look at it."),
    "already_asked": N_("{number}: {verb} has been asked for already and waits for approval."),
    "decided": N_("{number}: {verb} has been decided already."),
    "decided_by": N_("{number}: {verb} has been decided already, by {who}."),
    "not_asked_by_you": N_("{number}: only whoever asked can recall it."),
    "nothing_asked": N_("{number}: nothing waits for approval."),
    "several_asked": N_("{number}: several requests wait; say --kind {expected}."),
    "return_too_late": N_(
        "{number} was issued on {issued_on}; it could be returned within one working day."
    ),
    "fed_back_once": N_("{number} has been fed back on, so it is the unit's own."),
    "same_unit": N_("{number} is with {value} already."),
    "in_parts": N_(
        "{number} is with several units, in {count} parts; name a part, such as {value}."
    ),
    "a_part": N_("{number} is one unit's part; do it to the whole, {value}."),
    "with_a_unit": N_("{number} is with a unit; let it be returned first, or undo the issue."),
    "how_many_parts": N_("{number}: a problem has {count} to {most} parts."),
    "bad_part": N_("{number} is no part of {value}: such as {value}-1, past acceptance."),
    "part_twice": N_("{number}: {value} would have the same part twice; say what each asks for."),
    "set_in_whole": N_("{number}: {field} is the same in every part; set it right in {value}."),
    "part_unknown": N_("{number} says it is a part of {value}, which does not know it."),
    "whole_astray": N_("{number} would not stand where its parts do."),
    "no_role": N_("You may only look: this login is not on the staff, or no longer."),
    "extended_twice": N_("{number} has been extended {count} times, which is the most."),
    "due_is_past": N_("{number} was due on {due}; it can be extended before that only."),
    "not_later": N_("{number} is due on {due} already; an extension must be later."),
    "too_far": N_("{number}: the first extension reaches to {due} at the most."),
    "plan_within_a_year": N_(
        "{number}: the planned day must come after today and within a year, not on {value}."
    ),
    "nothing_to_merge": N_("{number}: no other open item here is of the same zone and unit."),
    "merge_with_itself": N_("{number} cannot be merged with itself."),
    "main_not_open": N_("{number} is {state}; items are merged into an open one."),
    "merge_elsewhere": N_("{number} and {value} are in different zones."),
    "merge_other_unit": N_("{number} and {value} are with different units."),
    "unreported": N_("{number} was taken back when it was reported; report it again."),
    "level_first": N_("{number} must be at level {level} first."),
    "reminded": N_("{number} was reminded of on {on} already; nothing was changed."),
    "reminded_today": N_("{number} was reminded of today already; nothing was changed."),
    "not_overdue": N_("{number} is not overdue."),
    "too_few_reworks": N_("{number} has failed fewer than {count} looks."),
    "notice_runs": N_("{number}: the notice runs until {value}; criticise when it has run out."),
    "unknown_word": N_("{field} cannot be {value}; it is one of {expected}."),
    "not_provisional": N_("{number} has no provisional deadline that could be counted now."),
    "no_item_near": N_("There is no item {number}; perhaps {near} is meant."),
    "no_item": N_("There is no item {number}."),
    "no_unit": N_("No unit is called {value}."),
    "no_zone": N_("No zone is called {value}."),
    "no_record": N_("There is no such {table}: {value}."),
    "retired_unit": N_("{value} is retired; choose another unit."),
    "future_date": N_("{field}: {value} is later than today."),
    "bad_date": N_("{field}: {value} is not a date; write 2026-03-05."),
    "bad_due": N_("{value} is not a deadline; write a date, 3wd (working days), 3d or today."),
    "due_past": N_("{value} lies before {start}, from which it counts."),
    "no_year": N_("Say which year the notice is of: --year."),
    "bad_notice": N_("The notice cannot be read here: {value}."),
    "wrong_weekday": N_("A weekday does not fit the year {year}: {value}."),
    "own_keys_unread": N_("{path} cannot be used: {value}."),
    "own_key_unknown": N_("{path}: there is no {value}; there are {expected}."),
    "own_key_twice": N_("{path}: the key {value} would do two things: {one} and {two}."),
    "imported_meanwhile": N_("Somebody else has just brought in the same rows; import again."),
    "unwritable": N_("The output cannot be written: {why}."),
    "saved_unwritable": N_("Saved; only the answer cannot be written: {why}."),
    "no_option": N_("There is no option {value}."),
    "due_before_issue": N_("{number}: the deadline {due} lies before {on}."),
    "before_issue": N_(
        "{number}: {on} lies before it was issued on {issued_on}. If it was issued earlier, undo that and issue it "
        "with its day: zg assign --on DATE."
    ),
    "before_closing": N_("{number}: {on} lies before it was struck off on {closed_on}."),
    "inspected_before_feedback": N_("{number}: inspected {on}, before it was done: {feedback_on}."),
    "conflict": N_("{number}: somebody changed {field} since you looked; it is now {now}."),
    "conflict_by": N_(
        "{number}: {who} changed {field} on {when}, after you looked; it is now {now}."
    ),
    "built_on": N_("{number} has been changed since ({field}); it can no longer be taken back."),
    "built_on_by": N_(
        "{number} has been changed since ({field}, by {who} on {when}); it can no longer be taken back."
    ),
    "nothing_to_undo": N_("There is nothing of yours to take back."),
    "no_transaction": N_("There is no change {value}."),
    "nothing_changed": N_("{number}: nothing would change."),
    "not_correctable": N_("{field} cannot be corrected."),
    "not_issued": N_("{number} has not been issued, so it has no {field} yet."),
    "too_long": N_("{field} is too long: {length} characters, at most {limit}."),
    "bad_name": N_("{field}: {value} may not hold commas, semicolons or line ends."),
    "needs_group": N_("--sheets goes with --group."),
    "before_or_after": N_("--before or --after, not both."),
    "not_for_paper": N_("{number} is {state}; such a paper is not about that."),
    "another_unit": N_(
        "{number} is not in the hands of this unit; a paper to a unit is about its own."
    ),
    "bad_doc_number": N_("{value} is no number of a paper such as 创卫办督〔2026〕12号."),
    "no_document": N_("There is no paper {value}."),
    "document_is": N_("{number} is {state}; that cannot be done with it any more."),
    "unknown_paper": N_("{value} is no kind of paper; possible: {expected}."),
    "one_paper": N_("A number or a file is for one paper at a time."),
    "unknown_setting": N_("{value} is no setting; there are {expected}."),
    "template_lacks": N_(
        "The template was not put in. Missing: {lacking}. Not known: {unknown}. There are {expected}."
    ),
    "bad_map": N_("--map takes TEXT=FIELD or TEXT=UNIT, not {value}."),
    "no_sender": N_("Nothing is remembered of a sender called {value}."),
    "bad_field": N_("{field} does not fit."),
    "bad_number": N_("{value} is not a number."),
    "key_taken": N_("Key {value} already shows {name}."),
    "note_number_text": N_("Name a problem and say how it goes: zg note CW-2026-0012 '…'."),
    "walk_word": N_("{value} says neither 合格 nor 不合格：reason; nor 未到."),
    "walk_code": N_("{value} is no code of a list; one letter may be misread ({number})."),
    "walk_code_differs": N_("The code {value} is not that of {number}."),
    "no_form": N_("There is no form called {value}; there are {expected}."),
    "no_hook": N_(
        "Nothing sends messages here; the store's own account sets it: zg config send 'COMMAND'."
    ),
    "not_sent": N_("Not sent: {count}."),
    "bad_words": N_("{value} cannot be read as words; a quotation mark is left open."),
    "annex_docx": N_("An annex of photos goes with docx only; {value} is not."),
    "pairs_docx_or_xlsx": N_("Photos go out as docx or xlsx; name a file with -o."),
    "only_xlsx": N_("That is written as xlsx only; {value} is not."),
    "no_view": N_("There is no view called {value}."),
    "no_view_on_key": N_("No view is on key {value}; F lists and saves them."),
    "taken": N_("{value} already stands for a {table}."),
    "zone_in_itself": N_("{value} cannot be part of itself."),
    "rests_on": N_(
        "{value} would be out of use and still hold: {rests}. Move that on first (zg unit merge or zg zone "
        "merge does all at once)."
    ),
    "two_leads": N_("Two units would lead {value} at the same time."),
    "merged_into_taken_back": N_(
        "{number} was merged into {value}; take the merging back first (zg revive)."
    ),
    "already_leads": N_("{unit} already answers for {zone}."),
    "last_admin": N_("Somebody must remain who may keep the staff."),
    "liaison_without_unit": N_("{value} is a liaison and needs a unit."),
    "unknown_subcategory": N_("{category} has no kind {value}; it has {expected}."),
    "ends_early": N_("{value} lies before {start}, on which it begins."),
    "unknown_category": N_("{value} is not one of the nine categories: {categories}."),
    "unknown_severity": N_("{value} is not a severity; write 一般, 较重 or 严重."),
    "number_taken": N_("{number} is already in the store."),
    "bad_query": N_("The query is wrong at character {at}: expected {expected}."),
    "unknown_key": N_("The query does not know {value}: at character {at}; known are {expected}."),
    "unknown_state": N_("{value} is not a state; known are {expected}."),
    "unknown_channel": N_("{value} is not a channel; write 微信, 电话, 台账 or 纸质."),
    "unknown_role": N_("{value} is not a role; known are {expected}."),
    "unknown_request": N_("{value} is nothing one asks for; known are {expected}."),
    "unknown_reason": N_("{value} is not a reason; known are {expected}."),
    "unknown_column": N_("{value} is not a column; known are {expected}."),
    "unknown_language": N_("{value} is not a language; write zh or en."),
    "not_held": N_("You do not hold the role {value}."),
    "no_match": N_("Nothing matches."),
    "no_photos": N_("None of them has a photo."),
    "nothing_given": N_("Say what should change; see --help."),
    "needs_terminal": N_("The board needs a terminal; use zg list, or ssh -t."),
    "dumb_terminal": N_("This terminal cannot show a board (TERM={value}); use zg list."),
    "narrow_terminal": N_("The board needs at least 40 columns and 12 rows; this is {value}."),
    "not_utf8": N_("Your terminal is not in UTF-8; set its character encoding to UTF-8."),
    "both_or_neither": N_("Say either --pass or --fail."),
    "binary_to_terminal": N_("A workbook cannot go to a terminal; say -o FILE."),
    "rows_wrong": N_("Nothing was saved: {count} rows do not fit; mend them in the list."),
    "days_gone": N_(
        "Nothing was saved: {count} days known before would go. --yes takes the notice as it is."
    ),
    "lines_left": N_("{count} lines were not saved; they lack a place or what is wrong."),
    "files_left": N_("{count} files of the folder were not saved."),
    "files_false": N_("{count} files were not kept."),
    "bad_target": N_("{value} is no field, unit, zone, category or state here."),
    "is_ledger": N_("{file} is a ledger of problems, not such a list: bring it in with zg import."),
    "is_list": N_("{file} looks like a list of {table}: bring it in with {command}."),
    "unknown_units": N_(
        "Nothing was saved: the list names {count} units that are not known. --yes adds them, or bring in the "
        "list of units first."
    ),
    "rows_rejected": N_(
        "Nothing was saved: {count} rows cannot become records. Mend them (I on the board), or save "
        "the others with --accept-good."
    ),
    "rows_doubted": N_("Nothing was saved: {count} warnings, and --strict allows none."),
    "rows_conflict": N_(
        "Nothing was saved: {count} rows are not what stands here. Decide (I on the board), or "
        "save the others with --accept-good."
    ),
    "rows_perhaps": N_(
        "Nothing was saved: {count} rows are not what stands here, or are known by their text alone. --yes takes those "
        "as the items named; decide row by row with I on the board, or save the others with --accept-good."
    ),
    "declined": N_("Nothing was done."),
    "not_owner": N_(
        "No admin of {value} can be read; only the owner of that directory may do this."
    ),
    "not_yours": N_("Change {value} is not yours."),
    "not_yours_by": N_("Change {value} is {who}'s; only they can take it back."),
}

STORE = {
    "no_store": N_("There is no store in {path}. zg init makes one, zg demo shows a sample town."),
    "remains": N_("{path} holds only the remains of a store; put the journals back."),
    "unreadable_store": N_("{path} cannot be read: {why}."),
    "store_there": N_("{path} holds a store already; another directory, please."),
    "exists": N_("{path}{file} already exists; another name, or --force to overwrite it."),
    "not_empty": N_("{path} is not empty; choose a new directory."),
    "foreign_file": N_("{path} is not a plain file of this store; it is refused."),
    "foreign_directory": N_("{path} can be written by others; it is refused."),
    "busy": N_("Someone else has been saving for {seconds} s. Try again."),
    "busy_by": N_("{who} has been saving for {seconds} s (process {pid}). Try again."),
    "read_only": N_("The store {path} can only be read from here."),
    "clock_behind": N_(
        "This server's clock says {value}, and the last change was saved at {last}: put the clock right. "
        "Numbers given now bear this date and are not given again."
    ),
    "can_only_read": N_("The store {path} can only be read from here; nothing can be saved."),
    "little_space": N_("Less than 50 MB are free in {path}; make room."),
    "in_memory": N_("{path} lies in memory and is gone when the machine restarts."),
    "network": N_("{path} lies on a network file system ({value}), where saving is not safe."),
    "no_group": N_("There is no group {value}."),
    "cannot_write": N_("Not saved: {path}{file}: {why}."),
    "no_space": N_("Not saved: no space left in {path}. Everything saved before is safe."),
    "disk_refuses": N_(
        "Not saved: the disk refuses writes in {path}; leave and tell whoever runs the server."
    ),
    "governed": N_("The table {table} is changed through the actions of the board only."),
    "whole_write": N_("Tables are changed one at a time; the board's own are never dropped."),
    "unfit": N_("Not saved: a value cannot be kept."),
    "too_large": N_("Not saved: too much for one step; divide the file."),
    "bad_line": N_("The store is damaged in {path}; nothing is written to it. See zg check."),
    "bad_header": N_("The store is damaged at the beginning of {path}."),
    "gap": N_("The store is damaged: changes are missing in {path}."),
    "journal_missing": N_("The store is damaged: {path} is missing."),
    "bridge_damaged": N_(
        "{path} stands for journals that were archived, and it is damaged. Put it or a backup back; "
        "zg check --repair saves what can be read."
    ),
    "foreign_replacement": N_(
        "{path} is no restore or repair of this program. Move it away; zg check --repair does so too."
    ),
    "bad_snapshot": N_("{path} is damaged; it may be deleted, it is only a head start."),
    "snapshot_damaged": N_("The head start in {path} is damaged; the journals were read instead."),
    "snapshot_foreign": N_(
        "The head start in {path} does not fit; the journals were read instead."
    ),
    "housekeeping": N_("Saved; some housekeeping in {path} is left for the next time."),
    "older_copy": N_(
        "{path} is older than what was saved (change {safe}); put the newer copy back."
    ),
    "newer_format": N_("Restart: this program is older than the data in {path}."),
    "old_format": N_("{path} was written by a program too old to be read."),
}

SENTENCES = RULES | STORE | FILES | GATE | OF_ROUNDS | OF_THE_YEAR
