"""The director's products: the list, prices, and orders from the supplier (DIR-3, DIR-17)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, Company, CompanyView, WebPage
from crmsim.crm.facts import ProductAdded, ProductChanged, ProductWithdrawn, StockOrdered
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.crm.review import COMMITTED
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Money, Pick, Text, Whole
from crmsim.engine.words import N_, _
from crmsim.roles.company_front import StockArrives

MENU = N_("Company management/Products")
KEEP = -1


def _price(view: Any, filled: Any) -> int:
    product = view.get(Product, filled.get("product", ""))
    return 0 if product is None else int(product.price)


OnSale = Annotated[
    str,
    Pick(
        N_("Product"),
        entity=Product,
        where=lambda row, view, filled: not row.withdrawn,
        nothing=_("Nothing is on sale."),
    ),
]
NotOnSale = Annotated[
    str,
    Pick(
        N_("Product"),
        entity=Product,
        where=lambda row, view, filled: row.withdrawn,
        nothing=_("The supplier has nothing that is not on sale already."),
    ),
]


class AddProduct(Action, frozen=True):
    """Put a product of the supplier's list on sale, at a price; it has no stock until you order some."""

    roles = (DIRECTOR,)
    minutes = 20
    label = N_("Add a product")
    menu = MENU
    product: NotOnSale
    price: Annotated[int, Money(N_("Price"), low=1, start=_price)]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is on sale."""
        product = world.get(Product, self.product)
        product.withdrawn, product.price = False, self.price
        world.record(ProductAdded(product=product.id))


class ChangeProduct(Action, frozen=True):
    """Change a product's price or name; what is left empty stays as it is."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Change price or name")
    menu = MENU
    teach = N_("Customers compare the price with what they know from before and with your rivals'.")
    product: OnSale
    price: Annotated[int, Money(N_("Price"), low=1, start=_price)] = KEEP
    name: Annotated[str, Text(N_("Name"), most=60)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing to change."""
        product = view.get(Product, self.product)
        assert product is not None
        same = self.price in (KEEP, product.price) and self.name in ("", product.name)
        return _("Nothing would change.") if same else None

    def apply(self, world: Company, turn: Turn) -> None:
        """It holds for orders from now on; what was submitted before keeps its price."""
        product = world.get(Product, self.product)
        if self.price not in (KEEP, product.price):
            product.price = self.price
            world.record(ProductChanged(product=product.id, what="price"))
        if self.name not in ("", product.name):
            product.name = self.name
            for page in world.all(WebPage):  # visitors find it under its new name: the page is news again
                page.since = turn.minute if product.id in page.products else page.since
            world.record(ProductChanged(product=product.id, what="name"))


class WithdrawProduct(Action, frozen=True):
    """Take a product off sale; orders already approved are still delivered."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Withdraw")
    menu = MENU
    confirm = True
    product: OnSale

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The last product stays."""
        on_sale = sum(1 for each in view.all(Product) if not each.withdrawn)
        return _("It is the last product; the company would have nothing to sell.") if on_sale <= 1 else None

    def apply(self, world: Company, turn: Turn) -> None:
        """It is off sale."""
        product = world.get(Product, self.product)
        product.withdrawn = True
        world.record(ProductWithdrawn(product=product.id))


class RestockProduct(Action, frozen=True):
    """Order goods from the supplier: paid now, in stock after the lead time."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Restock")
    menu = MENU
    teach = N_("Look at what is promised to customers before the shelf is empty: the supplier needs days.")
    product: OnSale
    quantity: Annotated[
        int, Whole(N_("Quantity"), low=1, high=100_000, start=lambda view, filled: _wanted(view, filled))
    ]

    def spends(self, view: Any) -> int:
        """What the supplier asks."""
        return int(view.get(Product, self.product).cost) * self.quantity

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The company cannot pay for it."""
        cost, cash = self.spends(view), view.balance("cash")
        if cost > cash:
            return _("That costs {cost:money}; the company has {cash:money}.", cost=cost, cash=cash)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Cash becomes goods under way; they arrive after the lead time."""
        product = world.get(Product, self.product)
        due = world.calendar.working_days_after(turn.minute, product.lead_days)
        product.on_order += self.quantity
        product.arriving = (*product.arriving, (due, self.quantity))
        cost = self.spends(world)
        if cost:
            world.ledger.move(turn.minute, f"restock {product.id}", cost, "cash", "stock")
        world.due(due, StockArrives(product=product.id, quantity=self.quantity))
        world.record(StockOrdered(product=product.id, quantity=self.quantity, due=due))


def promised(view: Any, product: str) -> int:
    """Pieces of a product that approved orders still wait for."""
    return sum(dict(each.to_ship).get(product, 0) for each in view.all(Order) if each.status in COMMITTED)


def _wanted(view: Any, filled: Any) -> int:
    product = view.get(Product, filled.get("product", ""))
    if product is None:
        return 1
    return max(1, promised(view, product.id) - int(product.stock) - int(product.on_order))


def _short(row: Any, view: Any) -> Waiting | None:
    missing = promised(view, row.id) - row.stock - row.on_order
    if missing <= 0 or row.withdrawn:
        return None
    why = _("{missing} pieces are promised and not on order.", missing=missing)
    return Waiting(row.title, view.minute, 0, why, RestockProduct, {"product": row.id, "quantity": missing}, missing)


PRODUCTS = Table(
    "director-products", N_("Products"), MENU, (DIRECTOR,),
    rows=lambda view: view.all(Product),
    columns=(
        Column(N_("Product"), lambda row, view: row.name),
        Column(N_("Price"), lambda row, view: row.price, "money"),
        Column(N_("Cost"), lambda row, view: row.cost, "money"),
        Column(N_("In stock"), lambda row, view: row.stock),
        Column(N_("Promised"), lambda row, view: promised(view, row.id)),
        Column(N_("On order"), lambda row, view: row.on_order),
        Column(N_("Lead time in days"), lambda row, view: row.lead_days),
        Column(N_("On sale"), lambda row, view: _("no") if row.withdrawn else _("yes")),
    ),
    actions=((RestockProduct, "product"), (ChangeProduct, "product"), (AddProduct, "product"),
             (WithdrawProduct, "product")),
    waits=_short,
)  # fmt: skip

actions: tuple[type[Action], ...] = (AddProduct, ChangeProduct, WithdrawProduct, RestockProduct)
tables: tuple[Table, ...] = (PRODUCTS,)
