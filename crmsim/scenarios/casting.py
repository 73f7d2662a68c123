"""Draws the people of one game by Faker, once. The cast is kept with the game, so Faker's version never matters."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import msgspec

from crmsim.scenarios.cast import Cast, Person

if TYPE_CHECKING:
    from faker import Faker

    from crmsim.scenarios.schema import Scenario

STRANGERS = 60  # job seekers, advertisers, wrong numbers
LOCALES = {"en": "en_US", "zh": "zh_CN"}
# No mobile number of the mainland begins with 100: it is the block of the operators' own service numbers.
PHONES = 10_000_000_000
PHONE_BLOCK = 100_000_000
# Reserved for examples by RFC 2606, so that no mail can reach anybody.
MAIL = ("example.com", "example.net", "example.org")
POSITIONS = {
    "en": ("Purchasing manager", "Office manager", "Owner", "IT manager", "Administrator", "General manager",
           "Purchaser", "Finance manager", "Head of department", "Assistant to the director"),
    "zh": ("采购经理", "行政主管", "总经理", "信息部主任", "行政专员", "副总经理", "采购专员", "财务经理",
           "部门主任", "总经理助理"),
}  # fmt: skip
TRADES = {
    "en": ("Trading", "Technology", "Media", "Logistics", "Consulting", "Foods", "Textiles", "Machinery", "Design",
           "Education", "Pharma", "Building"),
    "zh": ("商贸", "科技", "文化传媒", "物流", "管理咨询", "食品", "纺织", "机械", "设计", "教育科技",
           "医药", "建筑工程"),
}  # fmt: skip
# Faker's Chinese company words are few, so a style name is put together of two characters.
STYLES = (
    "华",
    "恒",
    "瑞",
    "盛",
    "宏",
    "嘉",
    "启",
    "远",
    "信",
    "博",
    "天",
    "诚",
    "金",
    "新",
    "泰",
    "鼎",
    "润",
    "同",
    "安",
    "明",
)
ENDINGS = ("达", "源", "通", "和", "泽", "成", "丰", "创", "邦", "兴", "联", "景", "宇", "航", "程", "悦", "凯", "升")


def draw_cast(scenario: Scenario, seed: int, language: str = "en") -> Cast:
    """Names, phones and addresses for everybody in a game; the same for the same seed and language."""
    return drawn(scenario.market.size, len(scenario.seats), seed, language)


def drawn(customers: int, staff: int, seed: int, language: str) -> Cast:
    """The same, of how many there are."""
    from faker import Faker

    people = ["faker.providers.person"]  # all the others take time and memory
    fake = Faker(LOCALES.get(language, LOCALES["en"]), people, use_weighting=False)
    fake.seed_instance(f"{seed}/{language}")
    drawing = _Drawing(fake, language)
    return Cast(
        language,
        customers=tuple(drawing.person(True) for _number in range(customers)),
        strangers=tuple(drawing.person(False) for _number in range(STRANGERS)),
        staff=tuple(drawing.person(False) for _number in range(staff)),
    )


class _Drawing:
    def __init__(self, fake: Faker, language: str) -> None:
        self.fake, self.language = fake, language
        self.taken: set[str] = set()

    def person(self, with_company: bool) -> Person:
        female = bool(self.fake.random_int(0, 1))
        surname, name = self._unique(lambda: self._name(female))
        number = self._unique(lambda: ("", str(PHONES + self.fake.random_int(0, PHONE_BLOCK - 1))))[1]
        address = self._unique(lambda: ("", self._address(name)))[1]
        company = self._unique(lambda: ("", self._company(surname)))[1] if with_company else ""
        position = str(self.fake.random_element(POSITIONS[self.language])) if with_company else ""
        return Person(name, company, position, number, address, surname, female)

    def _unique(self, draw: Callable[[], tuple[str, str]]) -> tuple[str, str]:
        for attempt in count():
            first, text = draw()
            if attempt > 50 and not text.isdigit():  # names run out in a big market
                text = _numbered(text, attempt)
            if text not in self.taken:
                self.taken.add(text)
                return first, text
        raise AssertionError

    def _name(self, female: bool) -> tuple[str, str]:
        surname = str(self.fake.last_name())
        given = str(self.fake.first_name_female() if female else self.fake.first_name_male())
        return surname, (surname + given if self.language == "zh" else f"{given} {surname}")

    def _address(self, name: str) -> str:
        plain = _spelled(name) if self.language == "zh" else name.replace(" ", ".")
        account = "".join(each for each in plain.lower() if each.isascii() and (each.isalnum() or each == "."))
        return f"{account}{self.fake.random_int(1, 999)}@{self.fake.random_element(MAIL)}"

    def _company(self, surname: str) -> str:
        trade = str(self.fake.random_element(TRADES[self.language]))
        if self.language == "zh":
            style = str(self.fake.random_element(STYLES)) + str(self.fake.random_element(ENDINGS))
            city = str(self.fake.random_element(("江州", "临江", "清河", "云溪", "")))
            return f"{city}{style}{trade}有限公司"
        other = str(self.fake.last_name())
        return f"{surname} {trade}" if self.fake.random_int(0, 1) else f"{surname} & {other} {trade}"


def _numbered(text: str, number: int) -> str:
    if "@" in text:
        account, domain = text.split("@")
        return f"{account}{number}@{domain}"
    return f"{text} {number}"


def _spelled(name: str) -> str:
    from pypinyin import lazy_pinyin  # 50 MB of readings: not for those who need none

    return "".join(lazy_pinyin(name))


if __name__ == "__main__":  # for a screen, which has no use for the books of names afterwards
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[int, int, int, str])
    sys.stdout.buffer.write(msgspec.json.encode(drawn(*asked)))
