"""门前三包: shops with their agreements, plates, checks and flags; marked ones are signed at once."""

from collections.abc import Sequence
from typing import Any

from core.actions.action import Action
from core.actions.year import CheckShop, CloseShop, PlateShops, SignShops, TransferShop
from core.errors import RuleError
from core.model import Shop
from core.registers.shops import SHOPS
from core.stats.shares import in_points, read_points
from core.year.choosing.shops import keep_shops, plated
from tui.frame import keys, year_keys
from tui.messages import Committed
from tui.registers.record_place import RecordPlace
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form, kinds
from tui.words.i18n import _
from tui.words.tables.rows import shop_cells, shop_heads
from tui.words.texts import column_name, name_of, say
from tui.year.shop_list import write_credit_to, write_list
from tui.year.shop_views import VIEW_NAMES, VIEWS
from tui.year.tracing import Traced


class ShopsScreen(RecordPlace, Traced):
    """Returns a query for the board where a shop's problems were asked for."""

    NAME = "Shops"
    TABLE = "shops"
    register = SHOPS
    KEYS = year_keys.SHOPS
    BINDINGS = keys.bindings(year_keys.SHOPS)

    _view, _words = 0, ""
    _shops: Sequence[Shop] = ()

    def begin(self) -> None:
        """Show them, none marked."""
        self._marked: set[int] = set()
        super().begin()

    @property
    def heading(self) -> str:
        """Which ones, how many, how many marked."""
        words = " ".join(filter(None, (_(VIEW_NAMES[self._view]), self._words)))
        marked = f"  {_('marked')} {len(self._marked)}" if self._marked else ""
        office = shown(self.town.settings.office)
        return f"{office}  {_(self.NAME)}  {shown(words) or _('all shops')}  {len(self._shops)}{marked}"

    def fill(self) -> None:
        """Those in sight, by number."""
        words = [*filter(None, [VIEWS[self._view]]), *self._words.split()]
        keep = keep_shops(words, self.town, self.today)
        held = [s for s in self.town.all(Shop) if s.active and keep(s)]
        self._shops = sorted(held, key=lambda s: s.id)
        rows = []
        for shop in self._shops:
            label, *rest = shop_cells(self.town, shop, self.today)
            mark = "*" if shop.id in self._marked else " "
            rows.append((shop.id, (mark + label, *(shown(cell) for cell in rest))))
        names = (column_name(SHOPS, "name"), name_of("zone"), column_name(SHOPS, "trade"))
        heads = (_("No."), *names, *shop_heads())
        self.show_rows(heads, (7, 0, 8, 5, 10, 6, -5, 4, -4), rows)

    @property
    def record(self) -> Shop | None:
        """The shop under the cursor."""
        found = self.town.tables["shops"].get(self.rows.cursor or 0)
        return found if isinstance(found, Shop) else None

    def said(self) -> list[str]:
        """Its agreements and checks, the latest first."""
        shop = self.record
        if shop is None:
            return [_("There is no shop here; a adds one, f shows others.")]
        lines = [" ".join(filter(None, (shop.label, shop.name, shop.address, shop.scope)))]
        lines += [
            f"{_('Agreement')} {a.signed_on} – {a.until or _('open')}"
            for a in reversed(shop.agreements)
        ]
        for check in reversed(shop.checks):
            who = self.town.person(check.inspector)
            told = " ".join(
                filter(None, (str(check.on), in_points(check.score), who, check.finding))
            )
            lines.append(f"{_('Check')} {told}")
        return lines

    def measure_here(self) -> str:
        """The share that is signed."""
        return "三包.签订率" if VIEWS[self._view] in ("", "unsigned") else "三包.黑旗"

    def take_in(self, message: Committed) -> None:
        """Marks are done with once something was saved of them."""
        saved = {change.id for change in message.changes.of("shops")}
        if message.own and saved >= self._marked:
            self._marked = set()
        super().take_in(message)

    @property
    def _chosen(self) -> list[Shop]:
        """The marked ones, in sight or not, else that under the cursor."""
        if self._marked:
            return [shop for shop in self.town.all(Shop) if shop.id in self._marked]
        return [self.record] if self.record else []

    def action_mark(self) -> None:
        """Mark it, or no longer; the next comes under the cursor."""
        shop = self.record
        if shop is not None:
            self._marked ^= {shop.id}
            self.fill()
            self.rows.move(1)

    def action_mark_all(self) -> None:
        """Mark all in sight, or none."""
        every = {shop.id for shop in self._shops}
        self._marked = set() if every <= self._marked else self._marked | every
        self.fill()

    def action_narrow(self) -> None:
        """All, unsigned, unposted, black, red, closed."""
        self._view = (self._view + 1) % len(VIEWS)
        self.fill()

    def action_search(self) -> None:
        """Words that choose."""
        from tui.verbs.screen import FormScreen

        hint = _("zone: trade: score:<60 or plain words")
        field = Field(key="words", label=_("Search"), value=self._words, hint=hint)

        def answered(answers: Answers | None) -> None:
            if answers is None:
                return
            try:
                keep_shops(answers["words"].split(), self.town, self.today)
            except RuleError as error:
                self.tell(say(error), warning=True)
                return
            self._words = answers["words"]
            self.fill()

        self.app.push_screen(FormScreen(Form(_("Search"), (field,)), ""), answered)

    def action_sign(self) -> None:
        """The agreement of the marked ones."""
        chosen = self._chosen
        if not chosen:
            return
        until = Field(key="until", label=_("Valid until"), hint=_("empty: as the office has it"))
        title = _("Sign the agreement with {count} shops").format(count=len(chosen))

        def make(answers: Answers) -> list[Action]:
            return [
                SignShops(
                    shops=tuple(shop.id for shop in chosen),
                    on=self.forms.day(answers["on"]),
                    until=self.forms.day(answers["until"], "until"),
                )
            ]

        held = sum(shop.agreement_on(self.today) is not None for shop in chosen)
        note = _("{count} of them hold one already; it is renewed.").format(count=held)
        self.ask(Form(title, (self.day_line(), until), note=note if held else ""), make)

    def action_plate(self) -> None:
        """Plates of the marked ones, up or down."""
        chosen = self._chosen
        if not chosen:
            return
        down = all(shop.posted_on(self.today) for shop in chosen)
        fitting = plated(chosen, self.today, down=down)
        shops, held = tuple(shop.id for shop in fitting), len(chosen) - len(fitting)
        note = _("{count} of them have their plate already and are left as they are.")
        title = _("Plates taken down: {count}") if down else _("Plates put up: {count}")
        told = note.format(count=held) if held else ""
        self.ask(
            Form(title.format(count=len(fitting)), (self.day_line(),), note=told),
            lambda a: [PlateShops(shops=shops, on=self.forms.day(a["on"]), down=down)],
        )

    def action_check(self) -> None:
        """Points, what was seen, and whether it is reported."""
        shop = self.record
        if shop is None:
            return
        yes, no = Choice(True, _("yes")), Choice(False, _("no"))
        form = Form(
            f"{shop.label} {shown(shop.name)}",
            (
                Field(key="score", label=_("Points"), required=True, hint="0 – 100"),
                Field(key="finding", label=_("What was seen")),
                self.day_line(),
                Field(key="report", label=_("Report it"), choices=(no, yes), value=no.name),
                Field(key="kind", label=name_of("subcategory"), choices=kinds()),
            ),
        )

        def make(answers: Answers) -> list[Action]:
            category, sub = answers["kind"] or ("", "")
            return [
                CheckShop(
                    shop=shop.id,
                    on=self.forms.day(answers["on"]),
                    score=read_points(answers["score"], "score"),
                    finding=answers["finding"],
                    report=bool(answers["report"]),
                    category=category,
                    subcategory=sub,
                )
            ]

        self.ask(form, make)

    def making(self, fields: dict[str, Any], answers: Answers) -> list[Action]:
        """A new shop, with its agreement where it has one."""
        signed = self.forms.day(answers.get("signed_on") or "", "signed_on")
        until = self.forms.day(answers.get("until") or "", "until")
        if signed:
            fields["agreements"] = [{"signed_on": signed, "until": until}]
        posted = self.forms.day(answers.get("plate_on") or "", "plate_on")
        return super().making(fields | ({"plate_on": posted} if posted else {}), answers)

    def action_transfer(self) -> None:
        """Somebody else keeps it."""
        shop = self.record
        if shop is None:
            return
        names = ("name", "keeper", "phone", "credit_no")
        fields = [
            Field(key=n, label=column_name(SHOPS, n), value=shop.name if n == "name" else "")
            for n in names
        ]

        def make(answers: Answers) -> list[Action]:
            said = {n: answers[n] for n in names if answers[n]}
            return [TransferShop(shop=shop.id, on=self.forms.day(answers["on"]), fields=said)]

        self.ask(Form(_("Another keeper"), (*fields, self.day_line())), make)

    def action_close(self) -> None:
        """It has closed."""
        shop = self.record
        if shop is not None:
            form = Form(f"{_('It has closed')}: {shown(shop.name)}", (self.day_line(),))
            self.ask(form, lambda a: [CloseShop(shop=shop.id, on=self.forms.day(a["on"]))])

    def action_choose(self) -> None:
        """Problems at its door, on the board."""
        shop = self.record
        if shop is None:
            return
        items = [self.town.items[c.item] for c in shop.checks if c.item in self.town.items]
        if not items:
            self.tell(_("No problem was reported with its checks."))
        elif len(items) == 1:
            self.dismiss(f"no:{items[0].label}")
        else:
            zone = self.town.zones[shop.zone]
            self.dismiss(f"zone:{zone.code} {shop.name}")

    def action_walk(self) -> None:
        """The list to take along, as a file."""
        write_list(self, self._shops)

    def action_credit(self) -> None:
        """诚信档案 and its letter, by a leader."""
        write_credit_to(self)
