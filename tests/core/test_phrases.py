"""Sentences that are offered: the office's own and what is written again and again, most used first."""

from tests_support import Office

from core.actions.loop.feedback import Submit
from core.actions.registers import Add, Edit
from core.finding.phrases import OFTEN, offered
from core.model import Channel


def test_what_is_written_often_is_offered_most_used_first(office: Office) -> None:
    for text, times in (("已清运", OFTEN + 1), ("已冲洗", OFTEN), ("一次而已", 1)):
        for _ in range(times):
            office.do(Submit(item=office.issued(), measure=text, channel=Channel.WECHAT))
    assert offered(office.town, "measure") == ["已清运", "已冲洗"]
    assert offered(office.town, "measure", often=False) == []
    office.do(Add(table="phrases", fields={"of": "整改措施", "text": "已督促商户自行清理"}))
    assert offered(office.town, "measure") == ["已清运", "已冲洗", "已督促商户自行清理"]
    assert offered(office.town, "reason") == []


def test_one_taken_out_of_use_is_not_offered_any_more(office: Office) -> None:
    for _ in range(OFTEN):
        office.do(Submit(item=office.issued(), measure="已清运", channel=Channel.WECHAT))
    made = office.do(Add(table="phrases", fields={"of": "整改措施", "text": "已清运"}))
    office.do(Edit(table="phrases", record=made.of("phrases")[0].id, fields={"active": False}))
    assert offered(office.town, "measure") == []
