"""Public keys as people paste them; one person's, strong enough, retired for good."""

import base64
import struct
from datetime import date

import pytest
from everything import PUBLIC_KEY
from tests_support import CLERK, Office

from core.actions.registers import Add, AddKey, Edit, RetireKey
from core.errors import RuleError
from core.model import Role, SshKey
from core.registers.public_keys import read_key
from core.roles import Actor


def blob(*parts: bytes) -> str:
    return base64.b64encode(b"".join(struct.pack(">I", len(p)) + p for p in parts)).decode()


def rsa(bits: int) -> str:
    return "ssh-rsa " + blob(b"ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xff" * (bits // 8))


def refused(text: str) -> str:
    with pytest.raises(RuleError) as caught:
        read_key(text)
    return caught.value.refusal.code


def test_a_key_is_read_with_its_fingerprint_and_a_clean_comment() -> None:
    found = read_key(f"  {PUBLIC_KEY}\x1b[31m\n\n")
    assert found.type == "ssh-ed25519"
    assert found.fingerprint == "SHA256:uRMXenz7Hkrj6caSyNEpvEwQPXFFapqZJms6LBNXcMc"
    assert "\x1b" not in found.comment and found.comment.startswith("内勤的电脑")
    assert read_key(rsa(3072)).type == "ssh-rsa"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_key"),
        ("nonsense", "bad_key"),
        ("ssh-ed25519", "bad_key"),
        ("ssh-ed25519 ***", "bad_key"),
        (f"ssh-ed25519 {blob(b'ssh-rsa', b'x')}", "bad_key"),
        (f"ssh-ed25519 {base64.b64encode(b'abc').decode()}", "bad_key"),
        ("ssh-ed25519 " + "A" * 9000, "bad_key"),
        (rsa(2048), "weak_key"),
        (f"ssh-dss {blob(b'ssh-dss', b'x')}", "weak_key"),
        (f'command="x" {PUBLIC_KEY}', "key_options"),
        (f"restrict {PUBLIC_KEY}", "key_options"),
        (f"{PUBLIC_KEY}\n{PUBLIC_KEY}", "several_keys"),
    ],
)
def test_what_is_no_key_says_why(text: str, code: str) -> None:
    assert refused(text) == code


def refusal(office: Office, action: object, actor: Actor | None = None) -> str:
    with pytest.raises(RuleError) as caught:
        office.do(action, **({"actor": actor} if actor else {}))  # type: ignore[arg-type]
    return caught.value.refusal.code


def test_a_key_is_one_persons_and_comes_back_for_another_only_once_retired(office: Office) -> None:
    office.do(AddKey(login="liaison", public=PUBLIC_KEY))
    office.do(Add(table="staff", fields={"login": "ann", "roles": (Role.CLERK,)}))
    assert refusal(office, AddKey(login="ann", public=PUBLIC_KEY)) == "key_held"
    assert refusal(office, AddKey(login="nobody", public=PUBLIC_KEY)) == "no_record"
    assert refusal(office, AddKey(login="liaison", public=PUBLIC_KEY), CLERK) == "role"
    office.do(RetireKey(key=1))
    key = office.town.tables["keys"][1]
    assert isinstance(key, SshKey) and not key.active and key.retired is not None
    assert refusal(office, RetireKey(key=1)) == "nothing_changed"
    office.do(AddKey(login="ann", public=PUBLIC_KEY))
    office.undo()
    assert not office.town.tables["keys"][2].active


def test_a_login_the_gate_cannot_have(office: Office) -> None:
    office.do(Add(table="staff", fields={"login": "小安", "roles": (Role.CLERK,)}))
    assert refusal(office, AddKey(login="小安", public=PUBLIC_KEY)) == "gate_login"


def test_whose_time_is_up_holds_no_role_and_the_last_admin_has_no_end(office: Office) -> None:
    office.do(Add(table="staff", fields={"login": "ann", "roles": (Role.CLERK,)}))
    office.do(Edit(table="staff", record=3, fields={"expires": date(2026, 3, 31)}))
    person = office.town.member("ann")
    assert Actor.of("ann", person, today=date(2026, 3, 31)).roles == (Role.CLERK,)
    assert Actor.of("ann", person, today=date(2026, 4, 1)).roles == ()
    ends = Edit(table="staff", record=1, fields={"expires": date(2027, 1, 1)})
    assert refusal(office, ends) == "last_admin"
