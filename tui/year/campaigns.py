"""除四害: a campaign, a row a zone; what it lacks stands below."""

from core.actions.action import Action
from core.actions.year import (
    CloseCampaign,
    CountTraces,
    CoverZone,
    LayDrug,
    OpenCampaign,
    SampleRooms,
    Tick,
)
from core.calendar.periods import read_period
from core.errors import Clash
from core.lists.coming import ListKind
from core.measures.subjects.campaigns import all_, missing, owing, short, unified_of
from core.model import COVERED, Campaign, Cover
from core.words.cells import names_of, read_share
from tui.frame import keys, year_keys
from tui.messages import Committed
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.i18n import _
from tui.words.tables.rows import campaign_row
from tui.words.texts import name_of, say
from tui.year.coverage import NAMES, cover_lines, last_drug, reached, told, trace_lines
from tui.year.tracing import Traced


class CampaignsScreen(Traced):
    """Returns nothing for the board but what a number led to."""

    NAME = "Pest campaigns"
    KEYS = year_keys.CAMPAIGNS
    BINDINGS = keys.bindings(year_keys.CAMPAIGNS)

    _at = -1

    @property
    def _campaign(self) -> Campaign | None:
        held = all_(self.town)
        if not held:
            return None
        return held[max(0, min(len(held) - 1, self._at if self._at >= 0 else len(held) - 1))]

    @property
    def heading(self) -> str:
        """The campaign, its days, what is the same everywhere."""
        held = self._campaign
        office = f"{shown(self.town.settings.office)}  {_(self.NAME)}"
        if held is None:
            return office
        done = {u.name for u in held.unified if u.on is not None}
        ticks = " ".join(f"{name}{'√' if name in done else '-'}" for name in unified_of(self.town))
        days = f"{held.first:%m-%d}—{held.last:%m-%d}"
        closed = f"  {_('closed')}" if held.closed_on else ""
        return f"{office}  {held.label} {'、'.join(held.vectors)} {days}  {ticks}{closed}"

    def fill(self) -> None:
        """A row a zone that has one, then those that owe one."""
        held = self._campaign
        rows: list[tuple[int, tuple[str, ...]]] = []
        if held is not None:
            zones = self.town.zones
            for cover in sorted(held.covers, key=lambda c: zones[c.zone].code):
                cells = tuple(reached(cover, what) for what in COVERED)
                lacks = " ".join(f"{_(NAMES[w])}{n or ''}" for w, n in short(cover))
                rows.append((cover.zone, (shown(zones[cover.zone].name), *cells, shown(lacks))))
            rows += [
                (key, (shown(zones[key].name), "", "", "", "", _("not reported")))
                for key in owing(self.town, held)
            ]
        heads = (name_of("zone"), *(_(NAMES[what]) for what in COVERED), _("Lacks"))
        self.show_rows(heads, (16, -9, -9, -9, -9, 0), rows)

    def said(self) -> list[str]:
        """Totals, drugs, densities, and what is missing."""
        held = self._campaign
        if held is None:
            return [_("There is no campaign yet; a begins one.")]
        row = campaign_row(self.town, held, self.today)
        lines = [
            f"{_('Households')} {row['households']}  {_('Rooms')} {row['rooms']}  "
            f"{_('Drug (kg)')} {row['kg']}  {_('density before')} {row['before']}  {_('density after')} {row['after']}"
        ]
        lacks = missing(self.town, held)
        if lacks:
            lines.append(f"{_('Lacks')}: " + "、".join(f"{m.ref} {m.why}" for m in lacks))
        return lines

    def _in_hand(self) -> Campaign | None:
        """The campaign shown, to work on; where there is none, or it is over, that is said."""
        held = self._campaign
        if held is None:
            self.tell(_("There is no campaign yet; a begins one."), warning=True)
        elif held.closed_on is not None:
            over = Clash("campaign_closed", number=held.label, on=held.closed_on)
            self.tell(say(over), warning=True)
            return None
        return held

    def measure_here(self) -> str:
        """The share of households."""
        held = self._campaign
        return f"除四害.户.{held.label}" if held is not None else ""

    def action_trace(self) -> None:
        """Over the year the campaign belongs to."""
        held = self._campaign
        if held is not None:
            self.period = read_period(str(held.first.year), self.today)
        super().action_trace()

    def take_in(self, message: Committed) -> None:
        """Show what was saved; a new campaign is the one shown."""
        changed = message.changes.of("campaigns")
        if changed and message.own and changed[0].old is None:
            self._at = -1
        self.fill()
        if changed and message.own:
            self.tell_named(message.changes, "campaigns")

    def listed(self, answers: Answers) -> ListKind:
        """What the campaign shown has covered, zone by zone."""
        from core.lists.known import covers

        assert self._campaign is not None
        return covers(self._campaign)

    def action_bring(self) -> None:
        """A table of coverage, where there is a campaign."""
        if self._in_hand() is not None:
            super().action_bring()

    def action_campaign(self, step: int) -> None:
        """Another campaign."""
        count = len(all_(self.town))
        if count:
            here = self._at if self._at >= 0 else count - 1
            self._at = max(0, min(count - 1, here + step))
            self.fill()

    def action_add(self) -> None:
        """A campaign from a day to a day."""
        hint = _("2026冬; empty: of its first day")
        fields = (
            Field(key="first", label=_("From"), required=True, value=self.today.isoformat()),
            Field(key="last", label=_("To"), required=True),
            Field(key="against", label=_("Against"), value="鼠", hint=_("names, joined by 、")),
            Field(key="title", label=_("Title")),
            Field(key="season", label=name_of("season"), hint=hint),
        )

        def make(answers: Answers) -> list[Action]:
            first = self.forms.day(answers["first"], "first")
            last = self.forms.day(answers["last"], "last")
            assert first is not None
            assert last is not None
            vectors = names_of(answers["against"]) or ("鼠",)
            named = {key: answers[key] for key in ("title", "season")}
            return [OpenCampaign(first=first, last=last, vectors=vectors, **named)]

        self.ask(Form(_("Begin a campaign"), fields), make)

    def action_choose(self) -> None:
        """How far the zone has come."""
        held, zone = self._in_hand(), self.rows.cursor
        if held is None or not zone:
            return
        cover = next((c for c in held.covers if c.zone == zone), Cover(zone=zone))

        def make(answers: Answers) -> list[Action]:
            said = told(cover, answers)
            if not said:
                return []
            return [
                CoverZone(
                    campaign=held.id, zone=zone, fields=said, on=self.forms.day(answers["on"])
                )
            ]

        name = self.town.zones[zone].name
        self.ask(Form(f"{held.label} {shown(name)}", (*cover_lines(cover), self.day_line())), make)

    def action_tick(self) -> None:
        """One of the unified things, or all that are not yet."""
        held = self._in_hand()
        if held is None:
            return
        done = {u.name for u in held.unified if u.on is not None}
        left = tuple(name for name in unified_of(self.town) if name not in done)
        if not left:
            self.tell(_("Everything is the same everywhere already."))
            return
        every = Choice(left, _("all"))
        choices = (every, *(Choice((name,), name) for name in left))
        field = Field(
            key="names",
            label=_("The same everywhere"),
            choices=choices,
            required=True,
            value=every.name,
        )
        reference = Field(key="reference", label=name_of("reference"))

        def make(answers: Answers) -> list[Action]:
            day = self.forms.day(answers["on"])
            return [
                Tick(campaign=held.id, name=name, on=day, reference=answers["reference"])
                for name in answers["names"]
            ]

        self.ask(Form(held.label, (field, self.day_line(), reference)), make)

    def action_drug(self) -> None:
        """What was laid out, in the zone of the row or everywhere."""
        held = self._in_hand()
        if held is None:
            return
        fields = (
            Field(key="name", label=_("Drug"), required=True, value=last_drug(held)),
            Field(key="kg", label=_("How much"), required=True, hint="86.5公斤"),
            Field(key="reg_no", label=_("Registration no."), value=last_drug(held, "reg_no")),
            Field(key="lot", label=_("Lot")),
            Field(key="zone", label=name_of("zone"), choices=self.forms.zones()),
            self.day_line(),
        )

        def make(answers: Answers) -> list[Action]:
            return [
                LayDrug(
                    campaign=held.id,
                    name=answers["name"],
                    kg=answers["kg"],
                    reg_no=answers["reg_no"],
                    lot=answers["lot"],
                    zone=answers["zone"],
                    on=self.forms.day(answers["on"]),
                )
            ]

        self.ask(Form(f"{held.label} {_('Drug laid out')}", fields), make)

    def action_density(self) -> None:
        """Places with traces, of how many."""
        held = self._in_hand()
        if held is None:
            return

        def make(answers: Answers) -> list[Action]:
            found, checked = read_share(answers["share"])
            return [
                CountTraces(
                    campaign=held.id,
                    found=found,
                    checked=checked,
                    when=answers["when"],
                    vector=answers["vector"] or "",
                    method=answers["method"],
                    on=self.forms.day(answers["on"]),
                )
            ]

        lines = (*trace_lines(held), self.day_line())
        self.ask(Form(f"{held.label} {_('Density')}", lines), make)

    def action_sample(self) -> None:
        """Rooms of the zone looked at again."""
        held, zone = self._in_hand(), self.rows.cursor
        if held is None or not zone:
            return
        field = Field(key="share", label=_("Missed/checked"), required=True, hint="2/50")

        def make(answers: Answers) -> list[Action]:
            missed, checked = read_share(answers["share"])
            day = self.forms.day(answers["on"])
            return [
                SampleRooms(campaign=held.id, zone=zone, missed=missed, checked=checked, on=day)
            ]

        name = shown(self.town.zones[zone].name)
        self.ask(
            Form(f"{held.label} {name} {_('Rooms looked at again')}", (field, self.day_line())),
            make,
        )

    def action_close(self) -> None:
        """Close it; with gaps it takes a reason."""
        held = self._in_hand()
        if held is None:
            return
        lacks = missing(self.town, held)
        field = Field(key="reason", label=_("Reason"), required=bool(lacks))
        note = _("It still lacks {count} things.").format(count=len(lacks)) if lacks else ""
        self.ask(
            Form(f"{_('Close it')}: {held.label}", (field,), note=note),
            lambda a: [CloseCampaign(campaign=held.id, reason=a["reason"])],
        )
