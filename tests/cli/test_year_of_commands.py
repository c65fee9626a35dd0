"""The year from an office's own sheets to a signed summary and the archive, by commands alone."""

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from cli_support import Zg

SHOPS = """序号,店名,路段,门牌号,经营类别,业主,联系电话,开业日期,责任书签订日期,是否挂牌
1,老场面馆,第一段,12号,餐饮,李某某,13800001111,2024-05-01,2025-03-10,2025-03-18
2,便民超市,第一段,14号,零售,店长,,2024-05-01,√,√
3,河边理发,第二段,3号,美发,王某,,2024-05-01,2025-04-01,否
"""
FIGURES = """填报单位：环卫所,,,,,,,
项目,计量单位,责任单位,1月,2月,3月,合计,累计
清理垃圾,吨,环卫所,96.5,88,112,296.5,296.5
牛皮癣,条,环卫所,30,20,,50,
"""
BAIT = """责任区,户数应投,户数实投,房间应投,房间实投,用药量,登记证号,投药日期
第一段,210,210,840,840,12公斤,WP20180003,3月12日
第二段,100,100,400,400,5,,
合计,310,310,1240,1240,17,,
"""
ACTS = """日期,活动类型,名称,单位,地点,人数,份数
2025-03-15,宣传活动,与文明同行,,文化广场,500余,20000余份
2025-4-7,大扫除,周末清扫,环卫所,老街,,
2025-05-12,讲座,春季传染病预防,,卫生院,86,
2025-05-13,讲座,消防,,村委会,,
"""


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


@pytest.fixture
def office(empty: Zg, tmp_path: Path) -> Zg:
    """A small office with two zones and a unit, before anything of the year is entered."""
    for code, name in (("Z01", "第一段"), ("Z02", "第二段")):
        ok(empty("zone", "add", code, name, "--kind", "街道段"))
    ok(empty("unit", "add", "环卫所", "--kind", "机关站所"))
    for name, text in (("shops", SHOPS), ("fig", FIGURES), ("bait", BAIT), ("acts", ACTS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return empty


def test_a_list_of_shops_keeps_posts_and_no_names(office: Zg) -> None:
    told = office("shop", "import", "shops.csv")
    assert told.code == 0, told.err
    shops = json.loads(ok(office("shop", "list", "--json")))
    text = ok(office("shop", "show", "S-0001", "--json"))
    text += ok(office("shop", "show", "S-0002", "--json"))
    assert "李某某" not in text and "店长" in text
    assert "李某某" not in ok(office("history"))
    signed = {s["name"]: bool(s.get("signed_until") or s.get("until")) for s in shops}
    assert list(signed) == ["老场面馆", "便民超市", "河边理发"]
    assert (
        json.loads(ok(office("trace", "三包.份数", "--period", "2025", "--json")))["value"] == "2"
    )
    assert "Nothing new" in office("shop", "import", "shops.csv").err
    ok(office("shop", "sign", "S-0002", "--on", "2025-05-06"))
    assert office("shop", "sign", "S-0002", "--on", "2025-05-06").code != 0
    rate = json.loads(ok(office("trace", "三包.签订率", "--period", "2025", "--json")))
    assert rate["text"] == "100.00%（3/3）"
    ok(office("shop", "check", "S-0001", "52", "--on", "2025-05-07"))
    ok(office("shop", "plate", "S-0003", "--on", "2025-05-07"))
    ok(office("shop", "transfer", "S-0003", "--name", "新剪", "--on", "2025-06-01"))
    ok(office("shop", "close", "S-0002", "--on", "2025-06-02"))
    assert office("shop", "check", "S-0002", "90").code == 4
    ok(office("undo"))
    ok(office("shop", "check", "S-0002", "90", "--on", "2025-06-03"))
    written = ok(office("shop", "export"))
    assert "老场面馆" in written
    Path("back.csv").write_text(written, "utf-8")
    assert "Nothing new" in office("shop", "import", "back.csv").err


def test_months_side_by_side_are_spans_and_sums_are_checked(office: Zg, tmp_path: Path) -> None:
    told = office("figure", "import", "fig.csv", "--year", "2025")
    assert told.code == 0, told.err
    traced = json.loads(ok(office("trace", "A01", "--period", "2025Q1", "--json")))
    assert traced["value"] == "296.5" and len(traced["lines"]) == 3
    assert json.loads(ok(office("trace", "A06", "--period", "2025", "--json")))["value"] == "50"
    ok(office("indicator", "target", "A01", "1000", "--year", "2025", "--on", "2025-01-05"))
    ok(office("pledge", "sign", "环卫所", "A01=800", "--year", "2025", "--on", "2025-01-06"))
    row = ok(office("progress", "A01", "--period", "2025Q1")).splitlines()[0].split("\t")
    assert row[:5] == ["A01", "清理垃圾", "吨", "296.5", "1000"]
    mine = ok(office("progress", "A01", "--period", "2025Q1", "--unit", "环卫所")).split("\t")
    assert mine[3:5] == ["296.5", "800"]
    none = ok(office("progress", "A01", "--period", "2025Q1", "--zone", "Z01"))
    assert none.split("\t")[3] == "—" if none else True
    before = ok(office("history"))
    wrong = FIGURES.replace("296.5,296.5", "300,296.5")
    (tmp_path / "wrong.csv").write_text(wrong.replace("96.5,88", "97.5,88"), "utf-8")
    refused = office("figure", "import", "wrong.csv", "--year", "2025")
    assert refused.code != 0
    assert "Traceback" not in refused.err and "wrong.csv" in refused.err
    assert ok(office("history")) == before
    assert office("log", "add", "大扫除", "D01=3").code != 0  # counted by the program
    assert office("log", "add", "专项整治", "A01=30处", "--yes").code != 0  # another dimension


def test_a_bait_table_a_log_and_duties(office: Zg) -> None:
    ok(office("campaign", "open", "2025-03-10", "2025-04-20"))
    told = office("campaign", "import", "2025春", "bait.csv")
    assert told.code == 0, told.err
    assert (
        json.loads(ok(office("trace", "除四害.房间.2025春", "--period", "2025", "--json")))["text"]
        == "100.00%（1240/1240）"
    )
    drugs = json.loads(ok(office("campaign", "show", "2025春", "--json")))["drugs"]
    assert [(d["reg_no"], d["on"]) for d in drugs if d["reg_no"]] == [("WP20180003", "2025-03-12")]
    assert "Nothing new" in office("campaign", "import", "2025春", "bait.csv").err
    told = office("log", "import", "acts.csv")
    assert told.code == 0, told.err
    people = json.loads(ok(office("trace", "活动.宣传活动.人次", "--period", "2025", "--json")))
    assert people["text"] == "500余"
    assert json.loads(ok(office("trace", "B01", "--period", "2025", "--json")))["text"] == "20000余"
    ok(office("duty", "import", "--default"))
    assert "Nothing new" in office("duty", "import", "--default").err
    due = ok(office("duty", "list"))
    assert "每日巡查" in due
    line = office("log", "add", "今天", "会议", "部署会", "60人", "--yes")
    assert line.code == 0, line.err
    twice = office("log", "add", "今天", "会议", "部署会", "60人", "--yes")
    assert twice.code != 0
    ok(office("log", "add", "今天", "会议", "部署会", "60人", "--yes", "--again"))
    assert office("log", "void", "L-0001", "--reason", "").code != 0
    last = ok(office("log", "list", "--json"))
    number = json.loads(last)[0]["number"]
    ok(office("log", "void", number, "--reason", "未举行"))
    left = json.loads(ok(office("trace", "活动.会议.次", "--json")))
    assert (left["value"], left["left_out"]) == ("1", [{"ref": number, "why": "已作废"}])


def test_from_a_draft_through_word_to_a_signature_and_the_archive(
    office: Zg, tmp_path: Path
) -> None:
    ok(office("shop", "import", "shops.csv"))
    ok(office("figure", "import", "fig.csv", "--year", "2025"))
    ok(office("log", "import", "acts.csv"))
    ok(office("zone", "fact", "Z01", "面积=12000", "--on", "2025-01-05"))
    ok(office("summary", "draft", "2025"))
    ok(office("summary", "export", "2025", "-o", "a.docx"))
    paper = docx.Document("a.docx")
    paragraph = next(p for p in paper.paragraphs if "宣传资料" in p.text)
    paragraph.runs[0].text = "广泛宣传。" + paragraph.runs[0].text
    paper.save("b.docx")
    taken = office("summary", "take", "b.docx")
    assert taken.code == 0, taken.err
    assert "of your own" not in taken.err
    shown = ok(office("summary", "show", "2025"))
    assert "广泛宣传。" in shown and "20000余份" in shown
    for day in range(1, 11):
        ok(office("log", "add", f"2025-12-{day:02}", "宣传活动", "B01=30份", "--yes"))
        ok(office("summary", "draft", "2025"))
    shown = ok(office("summary", "show", "2025"))
    assert "广泛宣传。" in shown and "20300余份" in shown
    assert office("summary", "take", "acts.csv").code != 0
    ok(office("summary", "export", "2025", "-o", "a.md"))
    words = Path("a.md").read_text("utf-8")
    assert "{" in words and "广泛宣传。" in words
    Path("c.md").write_text(words.replace("广泛宣传。", "深入宣传。"), "utf-8")
    ok(office("summary", "take", "c.md"))
    blocked = office("summary", "sign", "2025")
    assert blocked.code != 0 and "【核】" in blocked.err
    words_of = ("--key", "宣传发动", "--accept", "【核】")
    assert office("summary", "edit", "2025", *words_of).code != 0  # a reason is wanted
    ok(office("summary", "edit", "2025", *words_of, "--reason", "村里未记人数"))
    ok(office("summary", "sign", "2025"))
    ok(office("log", "add", "2025-12-12", "宣传活动", "B01=1份", "--yes"))
    assert "20300余份" in ok(office("summary", "show", "2025"))
    assert "20301余" in ok(office("summary", "diff", "2025"))
    for name in ("a.zip", "b.zip"):
        ok(office("archive", "export", "--year", "2025", "-o", name))
    one, other = (Path(name).read_bytes() for name in ("a.zip", "b.zip"))
    assert one == other
    names = zipfile.ZipFile(io.BytesIO(one)).namelist()
    assert any("00总目录" in name for name in names) and any("index.csv" in n for n in names)
    assert "13800001111" not in one.decode("latin-1")
    assert office("check").code == 0


def test_a_sheet_says_its_year_and_what_its_columns_are(office: Zg, tmp_path: Path) -> None:
    text = "河口镇2025年环境整治报表,,,,\n项目,单位,1月,2月,8月\n清理垃圾,吨,5,—,7\n"
    (tmp_path / "half.csv").write_text(text, "utf-8")
    ok(office("figure", "import", "half.csv", "--unit", "环卫所"))
    lines = json.loads(ok(office("trace", "A01", "--period", "2025", "--json")))["lines"]
    assert [(line["on"], line["unit"]) for line in lines] == [
        ("2025-01-01", "环卫所"),
        ("2025-08-01", "环卫所"),
    ]
    (tmp_path / "near.csv").write_text("项目,数量,时间\n清运生活垃圾,5吨,2025-03\n", "utf-8")
    refused = office("figure", "import", "near.csv")
    assert refused.code != 0 and "A01" in refused.err
    shops = "2025年门前三包名册,,,\n店名,责任区,签订日期,挂牌\n小店,Z01,3月6日,已挂牌\n大店,Z01,已签,2025年3月\n"
    (tmp_path / "title.csv").write_text(shops, "utf-8")
    told = office("shop", "import", "title.csv")
    assert told.code == 0 and told.err.count("a tick without a day") == 2
    assert "rows" in told.err or "row 3、4" in told.err or "row 3, 4" in told.err
    shown = json.loads(ok(office("shop", "show", "S-0001", "--json")))
    assert shown["agreements"][0]["signed_on"] == "2025-03-06"
    ok(office("shop", "check", "S-0001", "90", "--on", "2025-05-01"))
    bad = office("shop", "check", "S-0001", "101")
    assert bad.code != 0 and "0 to 100" in bad.err


def test_what_a_typed_line_does_not_count_is_told(office: Zg) -> None:
    told = office("log", "add", "2025-03-07", "大扫除", "垃圾11余吨，死角30余处、垃圾3车", "--yes")
    assert told.code == 0 and "垃圾3车" in told.err
    for code, text in (("A01", "11余"), ("A03", "30余")):
        assert json.loads(ok(office("trace", code, "--period", "2025", "--json")))["text"] == text
    for words in ("牛皮癣80处", "整改3家", "垃圾3桶"):
        result = office("log", "add", "2025-03-08", "专项整治", words, "--yes", "--again")
        assert words in result.err
    ok(office("log", "add", "昨天", "会议", "例会", "9人", "--yes"))
    past = json.loads(ok(office("log", "list", "--json")))
    assert past and past[0]["title"] == "例会"


def test_marks_and_measures_of_a_summary(office: Zg) -> None:
    ok(office("log", "import", "acts.csv"))
    ok(office("summary", "draft", "2025"))
    missing = office(
        "summary", "edit", "2025", "--key", "自拟1", "--part", "宣传发动", "--text", "{没有}件。"
    )
    assert missing.code != 0 and "没有" in missing.err
    ok(office("summary", "edit", "2025", "--accept", "【核】", "--reason", "村里未记人数"))
    ok(office("summary", "sign", "2025", "--on", "2026-01-05"))
    ok(office("summary", "export", "2025", "-o", "s.docx"))
    text = "\n".join(p.text for p in docx.Document("s.docx").paragraphs)
    assert "【核】" not in text.partition("附件")[0] and "2026年1月5日" in text
    ok(office("indicator", "target", "A01", "5", "--year", "2025"))
    assert "--on" in office("indicator", "target", "A03", "5", "--year", "2025").err


def test_duties_of_a_past_year_are_filled_in(office: Zg) -> None:
    terms = ("--kind", "健康检查", "--terms", "自2025-01-01 每月25日")
    ok(office("duty", "add", "健康检查", *terms))
    ok(office("duty", "done", "W01", "--for", "2025-06", "--on", "2025-06-25"))
    due = json.loads(ok(office("trace", "工作.完成率", "--period", "2025", "--json")))
    assert due["text"] == "8.33%（1/12）"
    assert office("duty", "add", "x", "--terms", "自2025-13-01 每月25日").code != 0


def test_words_that_cannot_be_taken_back_are_told(office: Zg) -> None:
    ok(office("shop", "import", "shops.csv"))
    ok(office("log", "import", "acts.csv"))
    ok(office("summary", "draft", "2025"))
    ok(office("summary", "export", "2025", "-o", "a.docx"))
    paper = docx.Document("a.docx")
    listed = next(p for p in paper.paragraphs if "未签责任书的商户" in p.text)
    assert "便民超市" in listed.text
    listed.runs[0].text = "原因是店主外出。"
    paper.save("b.docx")
    told = office("summary", "take", "b.docx")
    assert told.code == 0 and "原因是店主外出。" in told.err and "Not taken" in told.err
    ok(office("summary", "draft", "2025Q1"))
    refused = office("summary", "take", "a.docx", "2025Q1")
    assert refused.code != 0 and "another period" in refused.err


def test_words_choose_lines_and_duties(office: Zg) -> None:
    ok(office("log", "import", "acts.csv"))
    ok(office("log", "add", "2025-02-03", "大扫除", "环卫所", "Z01", "清河岸", "A01=5吨", "--yes"))
    ok(office("figure", "import", "fig.csv", "--year", "2025"))

    def lines(*words: str) -> list[str]:
        told = json.loads(ok(office("log", "list", *words, "--period", "2025", "--json")))
        return [row["title"] or row["kind"] for row in told]

    assert lines("kind:讲座") == ["春季传染病预防", "消防"]
    assert lines("unit:环卫所", "kind:大扫除") == ["清河岸", "周末清扫"]
    assert lines("zone:Z01") == ["清河岸"] == lines("covered") == lines("清河岸")
    refused = office("log", "list", "foo:bar")
    assert refused.code != 0 and "covered" in refused.err
    assert office("log", "list", "unit:没有").code != 0
    ok(office("duty", "add", "体检", "--kind", "健康检查", "--terms", "自2025-01-01 每月25日"))
    ok(office("duty", "add", "计划", "--kind", "制度文件", "--terms", "自2030-01-01 每季"))
    missed = json.loads(ok(office("duty", "list", "missed", "--period", "2025", "--json")))
    assert [row["name"] for row in missed] == ["体检"]
    kinds = json.loads(ok(office("duty", "list", "kind:制度文件", "--json")))
    assert [row["name"] for row in kinds] == ["计划"]


def test_what_somebody_put_into_the_archive_is_not_taken_away(office: Zg, tmp_path: Path) -> None:
    ok(office("log", "import", "acts.csv"))
    ok(office("archive", "export", "--year", "2025", "-o", "out"))
    ok(office("archive", "export", "--year", "2025", "-o", "out", "--force"))
    (tmp_path / "out" / "own.txt").write_text("自己的", "utf-8")
    refused = office("archive", "export", "--year", "2025", "-o", "out", "--force")
    assert refused.code != 0 and "own.txt" in refused.err
    assert (tmp_path / "out" / "own.txt").read_text("utf-8") == "自己的"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".out")] == []


def test_a_pledge_and_its_file_are_one_step(office: Zg, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    ok(office("pledge", "sign", "环卫所", "A01=5", "--file", "p.pdf", "--on", "2025-01-06"))
    assert office("pledge", "replace", "环卫所", "A01=6", "--year", "2024").code != 0
    ok(office("undo"))
    assert ok(office("pledge", "export", "--year", "2025", "-f", "csv")).count("P-0001") == 0


def test_lines_entered_long_after_are_named(office: Zg) -> None:
    ok(office("duty", "add", "体检", "--kind", "健康检查", "--terms", "自2025-01-01 每月25日"))
    ok(office("duty", "done", "W01", "--for", "2025-06", "--on", "2025-06-25"))
    traced = json.loads(ok(office("trace", "工作.完成", "--period", "2025", "--json")))
    assert traced["notes"] == ["补记：L-0001"]


def test_a_shop_under_another_name_is_asked_about(office: Zg, tmp_path: Path) -> None:
    number = "91350100M000100Y43"
    text = f"店名,责任区,统一社会信用代码\n甲店,Z01,{number}\n"
    (tmp_path / "one.csv").write_text(text, "utf-8")
    ok(office("shop", "import", "one.csv"))
    (tmp_path / "two.csv").write_text(text.replace("甲店", "乙店"), "utf-8")
    told = office("shop", "import", "two.csv")
    assert told.code == 0 and "another keeper" in told.err


def test_agreements_of_a_list_hold_as_the_office_has_it(office: Zg, tmp_path: Path) -> None:
    ok(office("config", "agreement", "open"))
    ok(office("shop", "import", "shops.csv"))
    shown = json.loads(ok(office("shop", "show", "S-0001", "--json")))
    assert shown["agreements"] == [{"signed_on": "2025-03-10", "until": None}]


def test_the_credit_record_and_its_letter_are_a_leaders(office: Zg, tmp_path: Path) -> None:
    ok(office("shop", "import", "shops.csv"))
    ok(office("shop", "check", "S-0001", "95", "--on", "2025-05-07"))
    assert office("shop", "credit", "--as", "clerk").code == 5
    ok(office("shop", "credit", "-o", "c.xlsx", "--as", "leader"))
    assert (tmp_path / "c.xlsx").exists()
    letter = "\n".join(p.text for p in docx.Document("c_函.docx").paragraphs)
    assert "市场监管部门" in letter and "3户" in letter
    assert "13800001111" not in (tmp_path / "c.xlsx").read_bytes().decode("latin-1")
    assert office("shop", "credit", "-o", "c.xlsx", "--as", "leader").code != 0


def test_a_table_of_activities_with_stretches_and_kinds_as_people_call_them(
    town: Zg, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        "日期,活动内容,责任部门\n3月20-22日,春季灭鼠投药,环卫所\n2026-03-12,植树节绿化补植,环卫所\n",
        encoding="utf-8",
    )
    ended = town("log", "import", table, "--dry-run", lang="zh")
    assert ended.code == 0, ended.err
    assert "2026-03-20..2026-03-22 消杀" in ended.out + ended.err
    assert "2026-03-12 绿化养护" in ended.out + ended.err
    assert "环卫所" in ended.out + ended.err


def test_a_store_that_others_may_write_to_is_no_secret(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "store").chmod(0o755)
    assert "is open to everybody" in town("check").out
