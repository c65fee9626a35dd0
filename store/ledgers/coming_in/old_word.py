"""Word files older than .docx, of WPS too, and RTF: made .docx by LibreOffice where it is installed.

LibreOffice is a process of its own with limits of its own, in a directory and with a profile that are thrown away.
"""

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from store.errors import FileRefused

MEMORY = 4 << 30
"""Bytes LibreOffice may ask for."""
SECONDS = 60
"""Seconds it may take."""
MOST = 1 << 29
"""Bytes it may write into one file."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", b"W\0p\0s\0D\0o\0c")
_PROGRAMS = ("soffice", "libreoffice")


def is_old_word(data: bytes) -> bool:
    """Whether a file is a Word file from before .docx, or RTF."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return True
    return data.startswith(_OLE) and any(stream in data for stream in _STREAMS)


def as_docx(data: bytes, name: str) -> bytes:
    """The same as .docx. Raises `FileRefused("old_word")` where that cannot be made here."""
    program = next((found for each in _PROGRAMS if (found := shutil.which(each))), None)
    if program is None:
        raise FileRefused("old_word", file=name)
    suffix = ".doc" if data.startswith(_OLE) else ".rtf"
    with tempfile.TemporaryDirectory(prefix="zg-word-") as folder:
        source = Path(folder) / f"in{suffix}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=True,
                preexec_fn=_limit,
                start_new_session=True,
            )
            return (Path(folder) / "in.docx").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise FileRefused("old_word", file=name) from error


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, MOST))
