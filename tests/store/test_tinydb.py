"""An ordinary TinyDB: one suite of what its documentation says, over memory and over our store."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests_support import FOUNDER, VIEWER, Office, open_again
from tinydb import Query, TinyDB, where
from tinydb.operations import delete, increment
from tinydb.queries import QueryLike
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from core.errors import RuleError
from store.care.check import check
from store.database import Database
from store.errors import NotSaved


@pytest.fixture(params=["memory", "disk"])
def db(request: pytest.FixtureRequest, office: Office) -> Iterator[TinyDB]:
    if request.param == "memory":
        yield TinyDB(storage=MemoryStorage)
    else:
        yield Database(office.repository, FOUNDER)


@pytest.fixture
def table(db: TinyDB) -> Table:
    return db.table("tasks")


def test_insert_gives_ids_from_one(table: Table) -> None:
    assert [table.insert({"n": n}) for n in (10, 20)] == [1, 2]
    assert table.insert_multiple([{"n": 30}, {"n": 40}]) == [3, 4]
    assert [doc["n"] for doc in table] == [10, 20, 30, 40]
    assert [doc.doc_id for doc in table.all()] == [1, 2, 3, 4]
    assert len(table) == 4


def test_insert_under_an_id_of_ones_own(table: Table) -> None:
    assert table.insert(Document({"n": 1}, doc_id=12)) == 12
    assert table.insert({"n": 2}) == 13
    with pytest.raises(ValueError, match="already exists"):
        table.insert(Document({"n": 3}, doc_id=12))
    with pytest.raises(ValueError, match="Mapping"):
        table.insert([1])  # type: ignore[arg-type]
    assert len(table) == 2


def test_looking(table: Table) -> None:
    table.insert_multiple({"n": n, "who": {"name": "ab"[n % 2]}} for n in range(6))
    Task = Query()  # noqa: N806  # as TinyDB's documentation names queries
    assert [d.doc_id for d in table.search(Task.n > 3)] == [5, 6]
    assert table.search((Task.who.name == "a") & ~(Task.n == 0))[0]["n"] == 2
    assert table.get(where("n") == 3) == {"n": 3, "who": {"name": "b"}}
    assert table.get(where("n") == 99) is None
    assert table.get(doc_id=2)["n"] == 1
    assert table.get(doc_id=99) is None
    assert [d["n"] for d in table.get(doc_ids=[1, 3, 99])] == [0, 2]
    assert table.contains(doc_id=6)
    assert table.contains(where("n") == 5)
    assert not table.contains(where("n") == 6)
    assert table.count(where("who").name == "b") == 3
    with pytest.raises(RuntimeError):
        table.get()
    with pytest.raises(RuntimeError):
        table.contains()


def test_update(table: Table) -> None:
    table.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3}])
    assert table.update({"seen": True}, where("n") > 1) == [2, 3]
    assert table.update({"all": 1}) == [1, 2, 3]
    assert table.update({"some": 1}, doc_ids=[1, 99]) == [1]
    assert table.update(increment("n"), where("n") == 1) == [1]
    assert table.update(delete("all"), doc_ids=[2]) == [2]
    assert list(table) == [
        {"n": 2, "all": 1, "some": 1},
        {"n": 2, "seen": True},
        {"n": 3, "seen": True, "all": 1},
    ]
    assert table.update_multiple([({"n": 7}, where("n") == 3), ({"n": 8}, where("n") == 2)]) == [
        1,
        2,
        3,
    ]
    assert [d["n"] for d in table] == [8, 8, 7]


def test_an_update_that_fails_changes_nothing(table: Table) -> None:
    table.insert_multiple([{"n": 1}, {"n": "x"}])
    before = [dict(d) for d in table]
    if isinstance(table.storage, MemoryStorage):
        return  # stock TinyDB leaves it half done, and says so
    with pytest.raises(TypeError):
        table.update(increment("n"))
    assert [dict(d) for d in table] == before


def test_upsert(table: Table) -> None:
    assert table.upsert({"name": "a", "n": 1}, where("name") == "a") == [1]
    assert table.upsert({"name": "a", "n": 2}, where("name") == "a") == [1]
    assert table.upsert(Document({"n": 5}, doc_id=1)) == [1]
    assert table.upsert(Document({"n": 6}, doc_id=9)) == [9]
    assert table.get(doc_id=1) == {"name": "a", "n": 5}
    with pytest.raises(ValueError, match="doc_id"):
        table.upsert({"n": 1})


def test_remove(table: Table) -> None:
    table.insert_multiple({"n": n} for n in range(5))
    assert table.remove(where("n") < 2) == [1, 2]
    assert table.remove(doc_ids=[3, 99]) == [3]
    assert [d["n"] for d in table] == [3, 4]
    with pytest.raises(RuntimeError):
        table.remove()
    table.truncate()
    assert len(table) == 0
    assert table.all() == []


def test_tables_stand_apart(db: TinyDB) -> None:
    db.table("a").insert({"n": 1})
    db.table("b").insert({"n": 2})
    db.insert({"n": 3})
    assert {"a", "b", "_default"} <= db.tables()
    assert [t.all() for t in (db.table("a"), db.table("b"))] == [[{"n": 1}], [{"n": 2}]]
    assert db.all() == [{"n": 3}]
    assert len(db) == 1
    db.drop_table("a")
    assert "a" not in db.tables()
    assert db.table("a").all() == []


def test_documents_are_the_callers_own(table: Table) -> None:
    if isinstance(table.storage, MemoryStorage):
        return  # stock TinyDB shares nested lists with its memory
    table.insert({"list": [1], "deep": {"er": 1}})
    found = table.get(doc_id=1)
    found["list"].append(2)
    found["deep"]["er"] = 9
    assert table.get(doc_id=1) == {"list": [1], "deep": {"er": 1}}


# What is ours alone


@pytest.fixture
def ours(office: Office) -> Table:
    return Database(office.repository, FOUNDER).table("tasks")


def test_each_call_is_one_signed_transaction(office: Office, ours: Table) -> None:
    before = office.town.seq
    ours.insert_multiple({"n": n} for n in range(3))
    ours.update({"x": 1})
    ours.upsert({"n": 9}, where("n") == 9)
    transactions = office.repository.transactions()[before:]
    assert [(t.who, t.op) for t in transactions] == [("founder", "keep_side")] * 3
    assert check(office.path).sound


def test_others_see_it_and_ids_are_never_given_twice(office: Office, ours: Table) -> None:
    other = open_again(office)
    theirs = Database(other, FOUNDER).table("tasks")
    assert (ours.insert({"n": 1}), theirs.insert({"n": 2}), ours.insert({"n": 3})) == (1, 2, 3)
    assert theirs.count(where("n") == 3) == 1
    ours.truncate()
    assert theirs.insert({"n": 4}) == 4
    other.close()
    office.repository.write_snapshot()
    again = open_again(office)
    assert Database(again).table("tasks").all() == [{"n": 4}]
    again.close()


def test_it_can_be_undone(office: Office, ours: Table) -> None:
    ours.insert({"n": 1})
    ours.update({"n": 2})
    office.undo()
    assert ours.all() == [{"n": 1}]
    office.undo()
    assert ours.all() == []


@pytest.mark.parametrize("value", [object(), {1}, float("nan"), float("inf")])
def test_what_json_cannot_hold_is_refused(office: Office, ours: Table, value: Any) -> None:
    before = office.town.seq
    with pytest.raises((TypeError, ValueError)):
        ours.insert({"n": value})
    assert office.town.seq == before


def test_the_boards_own_tables_are_not_written_here(office: Office) -> None:
    db = Database(office.repository, FOUNDER)
    key = office.reported()
    where_it_is: QueryLike = where("zone") == 1
    for write in (
        lambda: db.table("items").insert({}),
        lambda: db.table("items").update({"note": "x"}),
        lambda: db.table("items").remove(where_it_is),
        lambda: db.table("items").truncate(),
        lambda: db.drop_table("items"),
        db.drop_tables,
        lambda: db.storage.write({}),
    ):
        with pytest.raises(NotSaved):
            write()
    assert db.table("items").get(doc_id=key)["description"] == "垃圾桶满溢"


def test_who_may_only_look_writes_nothing(office: Office) -> None:
    with pytest.raises(RuleError):
        Database(office.repository, VIEWER).table("tasks").insert({"n": 1})
    with pytest.raises(RuleError):
        Database(office.repository).table("tasks").insert({"n": 1})
