"""The rest of the loop, the day's lists and papers on the command line."""

import json
from pathlib import Path

import docx
import openpyxl
from cli_support import Zg, first, issued, record


def test_a_request_waits_and_is_decided(town: Zg) -> None:
    item = issued(town)
    asked = town("extend", item, "--due", "2wd", "--reason", "雨天", "--as", "clerk")
    assert asked.code == 0
    assert "waits for approval" in asked.err
    due = record(town, item)["due_on"]
    assert item in town("list", "asked", "-c", "number").out
    assert town("extend", item, "--due", "2wd", "--reason", "x", "--as", "clerk").code == 4
    assert town("approve", item, "--as", "clerk").code == 5
    assert town("refuse", item).code == 2
    assert town("approve", item).code == 0
    assert str(record(town, item)["due_on"]) > str(due)
    assert town("approve", item).code == 6
    assert town("recall", item).code == 6
    other = issued(town)
    assert town("void", other, "--reason", "误报", "--note", "x", "--as", "clerk").code == 0
    assert town("recall", other, "--as", "clerk").code == 0
    assert town("void", other, "--reason", "没有", "--note", "x").code == 3
    assert town("void", other, "--reason", "误报", "--note", "查无此事").code == 0
    assert town("revive", other, "--reason", "查实").code == 0
    assert record(town, other)["state"] == "rectifying"


def test_units_give_back_and_others_take_over(town: Zg) -> None:
    item = issued(town)
    assert town("return", item, "--reason", "不属本单位", "--unit", "城管中队").code == 0
    assert record(town, item)["state"] == "accepted"
    assert town("assign", item, "--unit", "环卫所", "--due", "3wd").code == 0
    late = town("reassign", item, "--unit", "环卫所", "--due", "3wd", "--reason", "x")
    assert late.code == 3
    assert (
        town("reassign", item, "--unit", "城管中队", "--due", "3wd", "--reason", "调整").code == 0
    )
    assert record(town, item)["lead_unit"] == "城管中队"


def test_suspending_resuming_and_merging(town: Zg) -> None:
    item, other = issued(town), issued(town)
    plan = ("--measure", "围挡", "--plan", "180d", "--reference", "年度计划")
    assert town("suspend", item, *plan).code == 2
    assert town("suspend", item, "--reason", "资金", *plan).code == 0
    assert record(town, item)["plan_on"]
    assert "资金" in town("show", item).out
    assert town("resume", item, "--due", "3wd").code == 0
    assert town("merge", item, "--into", other).code == 0
    assert record(town, item)["merged_into"] == other
    assert town("merge", other, "--into", other).code == 3


def test_pressing_and_looking_back(town: Zg, tmp_path: Path) -> None:
    item = issued(town)
    for name in ("后.jpg", "乱.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0" + name.encode() * 40)
    assert town("remind", item).code == 0
    assert town("criticise", item, "--reference", "x").code == 4
    assert town("supervise", item, "--reason", "逾期", "--due", "3wd").code == 3
    notice = ("--reason", "现场效果差", "--due", "3wd", "--reference", "创卫办督〔2026〕1号")
    assert town("supervise", item, *notice).code == 0
    assert record(town, item)["level"] == 2
    assert "创卫办督〔2026〕1号" in town("history", item).out
    assert town("summon", item, "--record", "x").code == 4
    assert town("inspect", item, "--pass", "--finding", "好").code == 0
    assert record(town, item)["level"] == 0
    assert town("recheck", item).code == 2
    gone = town("recheck", item, "--photo", "没有.jpg")
    assert gone.code == 3
    assert "zg attach" in gone.err  # a name is no evidence
    assert town("recheck", item, "--photo", "后.jpg").code == 0
    back = ("--photo", "乱.jpg", "--reason", "反弹", "--due", "2wd")
    assert town("reopen", item, *back).code == 0
    assert record(town, item)["reopened"] == 1
    assert [f["name"] for f in json.loads(town("files", item, "--json").out)] == [
        "后.jpg",
        "乱.jpg",
    ]
    made = town("add", "垃圾", "--zone", "Z01", "--photo", str(tmp_path / "后.jpg")).out.strip()
    assert record(town, made)["photos_before"] == ["后.jpg"]  # and no path of anybody's home
    assert town("check").code == 0


def test_today(town: Zg) -> None:
    item = issued(town, due="当天")
    queues = {q["queue"]: q for q in json.loads(town("today", "--json").out)}
    count = queues["due_today"]["count"]
    assert item in {r["number"] for r in queues["due_today"]["items"]}
    assert town("today").out.splitlines()[0].startswith(f"Due today\t{count}\ttoday\t")
    assert queues["awaiting"]["count"] == len(town("list", "state:awaiting").out.splitlines())
    assert f"今日到期 {count}" in town("today", "--line", lang="zh").out
    assert len(town("today", "--line").out.splitlines()) == 1


def test_looking_back_by_sample(town: Zg, tmp_path: Path) -> None:
    first = town("lookback", "--share", 20, "--seed", 7)
    assert first.out == town("lookback", "--share", 20, "--seed", 7).out
    assert "seed 7" in first.err
    everything = json.loads(town("lookback", "--share", 100, "--json").out)
    assert 0 < len(first.out.splitlines()) < len(everything)
    assert all(r["state"] == "closed" for r in everything)
    assert town("lookback", "-o", "walk.md").code == 0
    assert "责任区" in (tmp_path / "walk.md").read_text()


def test_units_are_chased(town: Zg) -> None:
    found = json.loads(town("chase", "--json").out)
    late = town("list", "overdue", "-state:awaiting").out.splitlines()
    assert sum(one["overdue"] for one in found) == len(late)
    unit = found[0]["unit"]
    text = town("chase", unit).out
    assert text.startswith(f"@{unit} ")
    assert found[0]["items"][0]["number"] in text
    assert all(len(line) < 90 for line in text.splitlines())
    assert town("chase", unit, "--log").code == 0
    number = found[0]["items"][0]["number"]
    assert json.loads(town("show", number, "--json").out)[0]["level"] == 1


def test_a_list_to_walk_is_a_page_a_zone(town: Zg) -> None:
    pages = town("zone", "walk").out.split("\f")
    assert len(pages) > 5
    assert all(page.strip().startswith("巡查单") for page in pages)
    numbers = town("list", "zone:Z05", "-c", "number").out.split()
    page = town("zone", "walk", "第五段").out
    assert [number for number in numbers if number not in page] == []


def test_what_is_not_said_is_assigned_as_suggested(town: Zg) -> None:
    number = town("add", "六段 候车厅 控烟标识 缺两处", "--yes").out.strip()
    number = town("accept", number).out.strip()
    result = town("assign", number)
    assert result.code == 0
    assert "Suggested: " in result.err
    (item,) = json.loads(town("show", number, "--json").out)
    assert item["lead_unit"] in result.err
    assert item["due_on"] > item["issued_on"]
    assert number in town("undo", "--list").out.splitlines()[0]


def test_options_override_what_a_line_says_and_are_shown_back(town: Zg) -> None:
    said = town("add", "昨天 桂花街 暴露垃圾 成堆", "--category", "宣传", "--on", "2026-03-10")
    (item,) = json.loads(town("show", said.out.strip(), "--json").out)
    assert (item["found_on"], item["category"], item["subcategory"]) == ("2026-03-09", "宣传", None)
    assert "宣传" in said.err
    assert "暴露垃圾 成堆" in said.err


def test_a_notice_from_draft_to_receipt(town: Zg, tmp_path: Path) -> None:
    due = json.loads(town("notice", "due", "--json").out)
    unit = due[0]["unit"]
    drafted = town("notice", "draft", "--unit", unit, "--overdue", "-o", "notice.docx")
    draft = drafted.out.strip()
    assert draft.startswith("D")
    assert docx.Document(str(tmp_path / "notice.docx")).tables
    assert town("notice", "sign", draft, "--as", "clerk").code == 5
    assert town("notice", "sign", draft, "-o", "signed.docx").out.strip().endswith("1号")
    number = town("notice", "list", "--kind", "督办").out.split("\t")[0]
    item = json.loads(town("show", due[0]["items"].split("、")[0], "--json").out)[0]
    assert item["level"] == 2
    assert number in town("notice", "export", number).out
    assert town("notice", "export", number, "-o", "n.xlsx").code == 0
    assert town("notice", "export", number, "-o", "n.pdf").code == 3
    assert town("notice", "serve", number).code == 0
    assert town("notice", "receipt", number, "--by", "副所长").code == 0
    assert town("notice", "withdraw", number).code == 2
    assert town("notice", "withdraw", number, "--reason", "重复").code == 0
    assert town("notice", "serve", number).code == 4
    again = town(
        "notice",
        "draft",
        "--unit",
        json.loads(town("notice", "due", "--json").out)[0]["unit"],
        "--sign",
    )
    assert again.out.strip().endswith("2号")
    rows = json.loads(town("notice", "list", "--kind", "督办", "--json").out)
    assert [row["number"][-2:] for row in rows] == ["1号", "2号"]
    assert "（作废）" in town("notice", "export", number).out
    assert town("notice", "list", "-o", "register.csv").code == 0
    assert town("notice", "draft", "--unit", unit, "--overdue", "--sign", "-o", "n.xlsx").code == 3
    assert "D" not in town("notice", "list", "--kind", "督办").out.split("\t")[0]
    items = "、".join(one["items"].split("、")[0] for one in due[1:3])
    assert len(town("notice", "draft", items, "--reason", "领导批示").out.split()) == 2
    assert town("notice", "draft", "--kind", "简报", "--sign").code == 2
    assert town("notice", "draft", items.split("、")[0], "--reason", "催办").code == 3
    assert town("notice", "sign", "D99").code == 6
    assert town("notice", "draft", "--kind", "函", "--unit", unit).code == 3
    assert town("check").code == 0


def test_settings_are_shown_and_changed(town: Zg) -> None:
    assert town("config", "doc_prefix", "青石创").code == 0
    assert town("config", "copies", "镇党政办").code == 0
    assert (
        town("config", "doc_prefix").out.strip() == "doc_prefix\tWord in numbers of papers\t青石创"
    )
    unit = json.loads(town("notice", "due", "--json").out)[0]["unit"]
    number = town("notice", "draft", "--unit", unit, "--overdue", "--sign").out.strip()
    assert number.startswith("青石创督〔")
    assert "抄送：镇党政办" in town("notice", "export", number).out
    assert town("config", "nothing", "x").code == 3
    assert town("config", "lookback_days", "viele").code == 3


def test_an_office_has_a_word_file_of_its_own(town: Zg, tmp_path: Path) -> None:
    assert town("notice", "template", "督办", "-o", "own.docx").code == 0
    book = docx.Document(str(tmp_path / "own.docx"))
    book.add_paragraph("本镇自用 {{ wrong }}")
    book.save(str(tmp_path / "wrong.docx"))
    refused = town("notice", "template", "督办", "wrong.docx")
    assert refused.code == 3
    assert "wrong" in refused.err
    assert town("notice", "template", "督办", "own.docx").code == 0
    assert [
        line.split("\t")[1] != "" for line in town("notice", "template").out.splitlines()
    ].count(True) == 1
    unit = json.loads(town("notice", "due", "--json").out)[0]["unit"]
    assert town("notice", "draft", "--unit", unit, "--overdue", "--sign", "-o", "n.docx").code == 0
    told = "\n".join(p.text for p in docx.Document(str(tmp_path / "n.docx")).paragraphs)
    assert "整改督办通知书" in told
    assert "{" not in told
    assert town("notice", "template", "督办", "--remove").code == 0
    assert town("check").code == 0


def test_lists_to_walk_and_messages_as_files(town: Zg, tmp_path: Path) -> None:
    for name in ("w.docx", "w.xlsx", "w.txt"):
        assert town("zone", "walk", "-o", name).code == 0
    pages = town("zone", "walk").out.split("\f")
    assert len(docx.Document(str(tmp_path / "w.docx")).tables) == len(pages)
    assert len(openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames) == len(pages)
    assert (tmp_path / "w.txt").read_text() == town("zone", "walk").out.rstrip("\n")
    assert town("chase", "-o", "c.docx").code == 0
    told = [p.text for p in docx.Document(str(tmp_path / "c.docx")).paragraphs]
    assert [line for line in town("chase").out.splitlines() if line] == [
        line for line in told if line
    ]
    assert town("chase", "-o", "c.pdf").code == 3


def test_after_assigning_the_list_is_offered(town: Zg) -> None:
    number = first(town, "state:accepted")
    said = town("assign", number, "--unit", "环卫所", "--due", "3wd").err
    assert "zg notice draft --kind 交办 --unit 环卫所" in said
    drafted = town("notice", "draft", "--kind", "交办", "--unit", "环卫所", "--sign")
    assert drafted.out.strip().endswith("第1批")
    assert number in town("notice", "export", drafted.out.strip()).out
