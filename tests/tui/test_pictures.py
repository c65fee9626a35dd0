"""The pictures of the READMEs say what the screens say, and need nothing from elsewhere."""

import re

from tools.pictures import KEYS, PICTURES, ROOT, pictures, text_of


async def test_the_pictures_are_those_of_the_program() -> None:
    made = await pictures()
    assert set(made) == set(KEYS)
    for name, svg in made.items():
        kept = (PICTURES / f"{name}.svg").read_text("utf-8")
        assert text_of(kept) == text_of(svg), f"{name}: make pictures"
        assert not re.search(r"url\((?!#)|@import|<script|<image", kept)


def test_the_readmes_show_them() -> None:
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text("utf-8")
        for name in KEYS:
            assert f"](docs/pictures/{name}.svg)" in text, (page, name)
