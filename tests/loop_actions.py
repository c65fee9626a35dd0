"""Every verb of the loop about one item, with whatever it may be said with: for properties."""

from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from tests_support import TODAY

from core.actions.loop.aside import Resume, Suspend
from core.actions.loop.correcting import Correct
from core.actions.loop.dividing import Split, UnitPart
from core.actions.loop.feedback import Receive, Submit, Withdraw
from core.actions.loop.handover import Extend, Reassign, Return
from core.actions.loop.inspection import Fail, Inspect, Pass
from core.actions.loop.leaving import Merge, Revive, Void
from core.actions.loop.levels import Criticise, Remind, Summon, Supervise
from core.actions.loop.lookback import Recheck, Reopen
from core.actions.loop.road import Accept, Assign, Fix, Reject
from core.model import Channel, Trigger, VoidKind

days = st.dates(TODAY - timedelta(days=20), TODAY + timedelta(days=10))
past = st.one_of(st.none(), st.dates(TODAY - timedelta(days=20), TODAY + timedelta(days=2)))
texts = st.sampled_from(["", "清了", "a[/]b"])
photos = st.sampled_from([(), ("后.jpg",)])


@st.composite
def item_actions(draw: Any, key: int) -> Any:
    channel = draw(st.sampled_from([None, Channel.WECHAT]))
    return draw(actions_of(key, channel))


@cache
def actions_of(key: int, channel: Channel | None) -> st.SearchStrategy[Any]:
    """Made once: what builds actions asks for their signatures."""
    return st.one_of(
        st.builds(
            Accept,
            item=st.just(key),
            category=st.just("宣传"),
            subcategory=st.just("其他"),
            found_on=past,
            on=past,
        ),
        st.builds(Reject, item=st.just(key), note=texts),
        st.builds(Fix, item=st.just(key), measure=texts, on=past),
        st.builds(Assign, item=st.just(key), lead=st.sampled_from([None, 1, 2]), due=days, on=past),
        st.builds(
            Split,
            item=st.just(key),
            parts=st.lists(
                st.builds(UnitPart, lead=st.integers(1, 3), due=days), min_size=1, max_size=3
            ).map(tuple),
            on=past,
        ),
        st.builds(Receive, item=st.just(key), channel=st.just(channel), on=past),
        st.builds(Submit, item=st.just(key), measure=texts, channel=st.just(channel), on=past),
        st.builds(Withdraw, item=st.just(key), reason=texts, channel=st.just(channel)),
        st.builds(Pass, item=st.just(key), finding=texts, on=past),
        st.builds(Fail, item=st.just(key), reason=texts, work_until=days, on=past),
        st.builds(Inspect, item=st.just(key), passed=st.booleans(), finding=texts, work_until=days),
        st.builds(
            Return,
            item=st.just(key),
            reason=texts,
            unit=st.sampled_from([None, 2]),
            channel=st.just(channel),
            on=past,
        ),
        st.builds(
            Reassign,
            item=st.just(key),
            lead=st.sampled_from([None, 1, 2]),
            due=days,
            reason=texts,
        ),
        st.builds(
            Extend,
            item=st.just(key),
            due=days,
            reason=texts,
            channel=st.just(channel),
            on=past,
        ),
        st.builds(
            Suspend,
            item=st.just(key),
            reason=texts,
            measure=texts,
            plan_on=st.dates(TODAY, TODAY + timedelta(days=400)),
            on=past,
        ),
        st.builds(Resume, item=st.just(key), due=days, lead=st.sampled_from([None, 1]), on=past),
        st.builds(Merge, item=st.just(key), main=st.integers(1, 3), on=past),
        st.builds(
            Void,
            item=st.just(key),
            reason=st.sampled_from([None, VoidKind.DUPLICATE]),
            note=texts,
        ),
        st.builds(Revive, item=st.just(key), reason=texts),
        st.builds(Remind, item=st.just(key), on=past),
        st.builds(
            Supervise,
            item=st.just(key),
            reason=st.sampled_from([None, *Trigger]),
            work_until=days,
            on=past,
        ),
        st.builds(Criticise, item=st.just(key), reference=texts),
        st.builds(Summon, item=st.just(key), record=texts, work_until=st.one_of(st.none(), days)),
        st.builds(Recheck, item=st.just(key), photos=photos, on=past),
        st.builds(
            Reopen,
            item=st.just(key),
            photos=photos,
            reason=texts,
            lead=st.sampled_from([None, 1]),
            due=days,
        ),
        st.builds(
            Correct,
            item=st.just(key),
            reason=texts,
            fields=st.fixed_dictionaries(
                {},
                optional={
                    "description": texts,
                    "severity": st.sampled_from(["一般", "严重"]),
                    "due": days,
                },
            ),
        ),
    )
