"""What the system says of files, in words that the catalogue knows."""

from tui.words.i18n import N_

OS_WORDS = {
    words: words
    for words in (
        N_("No space left on device"),
        N_("Permission denied"),
        N_("No such file or directory"),
        N_("Is a directory"),
        N_("Not a directory"),
        N_("Read-only file system"),
        N_("File name too long"),
        N_("Input/output error"),
        N_("Disk quota exceeded"),
        N_("File too large"),
        N_("Too many open files"),
        N_("Broken pipe"),
        N_("Operation not permitted"),
        N_("File exists"),
    )
}
"""What the system says of files, word for word."""
