"""What is said of files that cannot be read or written as asked."""

from tui.words.i18n import N_

FILES = {
    "no_file": N_("There is no file {file}."),
    "no_photo": N_(
        "No photo {file} is on this server; copy it here first (scp), or enter the step now and add it with "
        "zg attach."
    ),
    "not_regular": N_("{file} is not a plain file."),
    "unreadable": N_("{file} cannot be read: {why}."),
    "not_a_template": N_("{file} cannot be used as a template: {why}."),
    "paper_unwritable": N_("{file} cannot be written as a file, so it is not signed."),
    "template_outside": N_(
        "{file} brings something from outside ({value}), which would go out with every paper; take it out."
    ),
    "template_unbounded": N_("{file} computes without bound ({value}); name values only."),
    "template_lists": N_("{file} writes a whole list ({value}); go through it with a for."),
    "template_unknown": N_(
        "{file}: nothing is called {value} in “{paragraph}”; a row has {expected}."
    ),
    "template_syntax": N_("{file}: a placeholder is not written right in “{paragraph}”."),
    "template_fails": N_("{file} cannot be filled in; look at “{paragraph}”."),
    "is_walk": N_("{file} is a list somebody walked with: zg zone walked {file} takes it back."),
    "form_xlsx": N_("{file} is no .xlsx workbook; a form is one (save an older file anew)."),
    "form_macro": N_(
        "{file} brings macros, which are not taken in; save it as .xlsx without them."
    ),
    "form_external": N_("{file} points to other files; a form stands for itself."),
    "hook_owner": N_("Only the account that {file} belongs to may say what sends messages."),
    "hook_foreign": N_(
        "{file} is not the store's own: nothing is sent. Let its owner set it anew: zg config send."
    ),
    "not_a_photo": N_("{file} is no photo or scan (jpg, png, gif, webp, heic, bmp, pdf)."),
    "picture_unreadable": N_("The picture {file} cannot be decoded."),
    "needs_office": N_(
        "This needs {library}, which is not installed here: pip install 'zhenggai[office]'."
    ),
    "photo_gone": N_("The photo {file} is no longer where it was kept."),
    "photo_damaged": N_("The photo {file} is not what was kept."),
    "photo_unreadable": N_("The photo {file} cannot be read: {why}."),
    "inside_store": N_("{file} would lie in the store {path}; choose a place outside it."),
    "changing": N_("{file} was written to while it was read; try again."),
    "huge_cell": N_("{file} holds a cell of more than {limit} characters."),
    "too_big": N_("{file} is larger than {limit} MB."),
    "empty_file": N_("{file} is empty."),
    "encrypted": N_("{file} has a password; save it without one."),
    "cut_short": N_("{file} is damaged or cut short."),
    "bomb": N_("{file} would unpack to far too much; it is refused."),
    "entities": N_("{file} defines entities, which no ledger does; it is refused."),
    "xml_file": N_("{file} is an XML spreadsheet; open it in WPS or Excel and save it as .xlsx."),
    "not_a_ledger": N_(
        "{file} is no ledger; known are xlsx, xls, et, ods, csv, json, Word and web tables, and "
        "pasted lists."
    ),
    "not_text": N_("{file}, line {line}: not {encoding} (byte {byte}); try --encoding."),
    "unknown_encoding": N_("{value} is not a known encoding."),
    "not_in_encoding": N_("{value} cannot be written in {encoding}."),
    "bad_csv": N_("{file}, line {line}: a quote is opened and not closed."),
    "key_twice": N_("{file}: an object has the key {value} twice."),
    "bad_json": N_("{file} is not the JSON of records; it stops making sense at byte {at}."),
    "too_many_rows": N_("{file} {sheet} has more than {limit} rows; divide it."),
    "too_many_columns": N_("{file} {sheet} has more than {limit} columns."),
    "too_many_sheets": N_("{file} has more than {limit} sheets or tables; divide it."),
    "too_many_cells": N_("{file} has more than {limit} cells, empty ones included; divide it."),
    "too_much": N_("{file} asks for more memory or time than any honest file, or it is damaged."),
    "no_sheet": N_("{file} has no sheet {value}; it has {expected}."),
    "no_files": N_("There is no ledger in {file}."),
    "old_word": N_(
        "{file} is an old Word file (.doc, .wps, .rtf), not read here; save it as .docx."
    ),
    "no_column": N_(
        "{file} has no column that is known to be {missing}. Its columns are {headers}; say which it is with "
        "--map, such as --map '{example}'."
    ),
    "no_header_or_list": N_(
        "{file} is no table and no numbered list of places and problems. zg add - takes it line by line, as it would be typed: zone, place, problem, unit, deadline."
    ),
    "no_header": N_("{file} has no header row that names {missing}."),
    "not_a_backup": N_("{file} is not a backup made by zg backup."),
    "damaged_backup": N_("{file} is a damaged backup; nothing was replaced."),
    "unknown_format": N_("{file}: unknown format; known are {expected}."),
    "is_symlink": N_("{file} is a symbolic link; it is not followed."),
    "no_directory": N_("There is no directory {file}."),
}

GATE = {
    "bad_key": N_("That is no public key: it begins with ssh-ed25519, ecdsa-sha2-… or ssh-rsa."),
    "keys_of_person": N_("{value} has several keys; say which: {expected}."),
    "no_gate_store": N_("There is no store in {path}; zg gate setup prints how a gate is set up."),
    "several_keys": N_("There are {count} lines; a key is one line."),
    "key_options": N_("Options stand before the key; only the key itself is taken."),
    "weak_key": N_("{value} is not taken; these are: {expected}."),
    "key_held": N_("The key {value} is {owner}'s already."),
    "too_many_keys": N_("One person has {count} keys at the most; retire one."),
    "gate_login": N_(
        "{value} cannot come through the gate: a login there is small letters and digits."
    ),
    "gate_too_long": N_("The command is longer than {limit} bytes; send data on standard input."),
    "gate_not_utf8": N_("The command is not UTF-8."),
    "gate_control": N_("The command holds a character that is not text."),
    "gate_quotes": N_("A quote in the command is not closed."),
    "gate_no_command": N_("{value} is no command here."),
    "gate_no_option": N_("{value} is not taken here."),
    "figures_of_others": N_(
        "You are told your own unit's figures and the town's total; places stand in the circulars."
    ),
    "not_for_liaisons": N_(
        "{value} is for the office; a liaison sees what is their unit's: list, show, export, today, stats, appraisal."
    ),
    "gate_only_out": N_("{value} takes - only here: send it on with >FILE."),
    "gate_needs_terminal": N_("The board needs a terminal; say a command, such as: list."),
    "gate_closed": N_("This key lets nobody in any more; ask whoever keeps the staff."),
    "gate_store": N_(
        "The store is not set up for the gate; whoever runs the machine can say why (zg gate check)."
    ),
    "gate_setting": N_("{value} is set on the server itself, not through the gate."),
    "gate_setup_words": N_(
        "{value}: an account is a plain name, not root; a store has a directory of its own such as /srv/zhenggai/town."
    ),
    "bad_idle": N_(
        "{value} are not hours after which an idle board ends: more than 0, 720 at the most."
    ),
    "gate_put": N_("put takes one name; the file comes on standard input."),
    "gate_get": N_("get takes one name, or none to see what is there."),
    "stdin_stalled": N_("Nothing came on standard input for {count} seconds."),
    "too_much_sent": N_("More than {limit} MB came on standard input; nothing was taken."),
    "bad_tray_name": N_("{file} cannot be the name of a file in your tray."),
    "nothing_sent": N_("Nothing came for {file}; nothing was kept."),
    "not_in_tray": N_("{file} is not in your tray; put sends it there, get lists what is."),
    "only_tray": N_("{file} does not lie in your tray."),
    "foreign_tray": N_("The tray {file} is not this program's alone."),
    "tray_full": N_(
        "Your tray is full ({count} files, {limit} MB); what has lain there for 30 days goes by itself."
    ),
    "disk_nearly_full": N_(
        "Less than {limit} MB are free on the server; nothing more is taken into trays."
    ),
    "trays_full": N_("All trays together hold a tenth or more of the disk; nothing more is taken."),
}
"""What is said at the gate: of keys, of what may be asked for there, of trays."""
