"""The back office of the company's website: pages, news, and the products shown (DIR-7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, Company, CompanyView, WebPage
from crmsim.crm.facts import PageHidden, PagePublished
from crmsim.crm.product import Product
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Option, Pick, Several, Text, Yes
from crmsim.engine.words import N_, Words, _

MENU = N_("Company website/Back office")


def _products(view: Any, filled: Any) -> Iterable[Option]:
    return [Option(each.id, each.name) for each in view.all(Product) if not each.withdrawn]


Shown = Annotated[tuple[str, ...], Several(N_("Products shown"), words=_products)]


class PublishPage(Action, frozen=True):
    """Publish a page or a piece of news: visitors see it at once."""

    roles = (DIRECTOR,)
    minutes = 20
    label = N_("Publish a page")
    menu = MENU
    teach = N_("Visitors of the website see only the products that some page shows.")
    title: Annotated[str, Text(N_("Title"), least=1, most=80)]
    text: Annotated[str, Text(N_("Text"), most=2000, long=True)] = ""
    products: Shown = ()
    news: Annotated[bool, Yes(N_("News"))] = False

    def apply(self, world: Company, turn: Turn) -> None:
        """It is on the website."""
        page = world.add(
            WebPage(
                world.new_id(WebPage),
                title=self.title,
                text=self.text,
                products=self.products,
                news=self.news,
                since=turn.minute,
            )
        )
        world.record(PagePublished(page=page.id))


class ChangePage(Action, frozen=True):
    """Change a page, or show a hidden one again; what is left empty stays as it is."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Change a page")
    menu = MENU
    page: Annotated[str, Pick(N_("Page"), entity=WebPage, nothing=_("The website has no page."))]
    title: Annotated[str, Text(N_("Title"), most=80)] = ""
    text: Annotated[str, Text(N_("Text"), most=2000, long=True)] = ""
    products: Shown = ()

    def changes(self, page: Any) -> dict[str, Any]:
        """What would be different afterwards."""
        asked = {"title": self.title, "text": self.text, "products": self.products, "shown": True}
        return {name: value for name, value in asked.items() if value not in ("", ()) and getattr(page, name) != value}

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing to change."""
        page = view.get(WebPage, self.page)
        return None if page is not None and self.changes(page) else _("Nothing would change.")

    def apply(self, world: Company, turn: Turn) -> None:
        """Visitors see the new page."""
        page = world.get(WebPage, self.page)
        for name, value in self.changes(page).items():
            setattr(page, name, value)
        page.since = turn.minute
        world.record(PagePublished(page=page.id))


class HidePage(Action, frozen=True):
    """Hide a page: visitors no longer see it, nor the products that only it shows."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Hide a page")
    menu = MENU
    page: Annotated[
        str,
        Pick(N_("Page"), entity=WebPage, where=lambda row, view, filled: row.shown, nothing=_("No page is shown.")),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is off the website."""
        page = world.get(WebPage, self.page)
        page.shown = False
        world.record(PageHidden(page=page.id))


def kind_of_page(row: Any, view: Any) -> Words:
    """Page or news."""
    return _("news") if row.news else _("page")


PAGES = Table(
    "director-website", N_("Back office"), MENU, (DIRECTOR,),
    rows=lambda view: view.all(WebPage),
    columns=(
        Column(N_("Title"), lambda row, view: row.title),
        Column(N_("Kind"), kind_of_page),
        Column(N_("Products shown"), lambda row, view: len(row.products)),
        Column(N_("Since"), lambda row, view: row.since, "time"),
        Column(N_("Visible"), lambda row, view: _("yes") if row.shown else _("no")),
    ),
    actions=((PublishPage, ""), (ChangePage, "page"), (HidePage, "page")),
    empty=N_("The website is empty: publish a page."),
)  # fmt: skip

actions: tuple[type[Action], ...] = (PublishPage, ChangePage, HidePage)
tables: tuple[Table, ...] = (PAGES,)
