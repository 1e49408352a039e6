"""What counts as a change of accounts, and how much of it is told."""

from __future__ import annotations

import pytest

from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.setting import Change, Setting, changes

CUSTOMER = {"nl": CustomerWords("de huurder"), "en": CustomerWords("the tenant")}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((), ("De Haven", "KPN"), ("", "2")),
        (("De Haven", "KPN"), (), ("2", "")),
        (("De Haven", "KPN"), ("De Haven", "Van Dijk"), ("2", "2")),
        (("De Haven", "KPN"), ("KPN", "De Haven"), None),
    ],
)
def test_of_accounts_their_number_is_told(
    before: tuple[str, ...], after: tuple[str, ...], told: tuple[str, str] | None
) -> None:
    first, then = (ChannelSettings("nl", CUSTOMER, accounts=names) for names in (before, after))

    assert changes(first, then) == ([Change(Setting.ACCOUNTS, *told)] if told else [])
