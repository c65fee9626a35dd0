"""Writes `core/words/pinyin/initials.py` from pypinyin; run by hand when that table should be renewed."""

import base64
import sys
import zlib
from pathlib import Path

from pypinyin import Style, pinyin

WIDTH = 92


def initials(char: str) -> str:
    """Every initial a character may have, the most common first."""
    readings = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    letters = [r[0].replace("ê", "e") for r in readings if r]
    return "".join(dict.fromkeys(c for c in letters if c.isascii() and c.isalpha()))


def common(char: str) -> bool:
    """Whether the character is in GB 2312."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def sliced(text: str) -> str:
    return "".join(f"    {text[i : i + WIDTH]!r}\n" for i in range(0, len(text), WIDTH))


def main(target: Path) -> None:
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    first = "".join(initials(c)[:1] or " " for c in chars)
    packed = base64.b85encode(zlib.compress(first.encode(), 9)).decode()
    several = " ".join(c + initials(c) for c in chars if common(c) and len(initials(c)) > 1)
    target.write_text(
        '"""Initials of Chinese characters: data for `core.words.pinyin`, '
        'made by `tests/tools/pinyin_table.py`."""\n\n'
        f"INITIALS = (\n{sliced(packed)})\n"
        '"""Zlib and base85 of a letter for each of U+4E00 to U+9FFF, a blank where none."""\n\n'
        f"SEVERAL = (\n{sliced(several)})\n"
        '"""Common characters with several readings: the character, then every initial."""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
