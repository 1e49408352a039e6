"""What Slack signed, how old it may be, and that it is heard once."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from bot.surfaces.slack.signed import AGE, Signatures

NOW = 1_795_000_000


class Time:
    def __init__(self) -> None:
        self.seconds = float(NOW)

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def signatures(time: Time) -> Signatures:
    return Signatures("secret", time)


def signature(body: str, at: str, secret: str = "secret") -> str:
    signed = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256)
    return f"v0={signed.hexdigest()}"


@pytest.mark.parametrize(
    ("body", "at", "signed", "why"),
    [
        ("{}", f"{NOW}", signature("{}", f"{NOW}"), ""),
        ("", f"{NOW}", signature("", f"{NOW}"), ""),
        ("é ☂", f"{NOW}", signature("é ☂", f"{NOW}"), ""),
        ("{}", f"{NOW - AGE}", signature("{}", f"{NOW - AGE}"), ""),
        ("{}", f"{NOW - AGE - 1}", signature("{}", f"{NOW - AGE - 1}"), "age"),
        ("{}", f"{NOW + AGE + 1}", signature("{}", f"{NOW + AGE + 1}"), "age"),
        ("{ }", f"{NOW}", signature("{}", f"{NOW}"), "signature"),
        ("{}", f"{NOW}", signature("{}", f"{NOW - 1}"), "signature"),
        ("{}", f"{NOW}", signature("{}", f"{NOW}", "other"), "signature"),
        ("{}", f"{NOW}", signature("{}", f"{NOW}").upper(), "not signed"),
        ("{}", f"{NOW}", "v0=" + "é" * 64, "not signed"),
        ("{}", f"{NOW}.0", signature("{}", f"{NOW}.0"), "not signed"),
        ("{}", "", signature("{}", ""), "not signed"),
        ("{}", "9" * 5_000, signature("{}", "9" * 5_000), "not signed"),
        ("{}", "²", signature("{}", "²"), "not signed"),
    ],
)
def test_why_it_is_not_heard(
    signatures: Signatures, body: str, at: str, signed: str, why: str
) -> None:
    assert signatures.objection(body, at, signed) == why


@pytest.mark.parametrize("ahead", [0, -AGE, AGE])
def test_a_second_time_is_refused_for_as_long_as_its_time_would_do(
    signatures: Signatures, time: Time, ahead: int
) -> None:
    at = f"{NOW + ahead}"
    said = [signatures.objection("{}", at, signature("{}", at))]
    while abs(time.seconds - int(at)) <= AGE:
        other = f"{time.seconds:.0f}"  # others come meanwhile, and are forgotten in their turn
        signatures.objection("other", other, signature("other", other))
        said.append(signatures.objection("{}", at, signature("{}", at)))
        time.seconds += 20
    said.append(signatures.objection("{}", at, signature("{}", at)))

    assert said == ["", *["replay"] * (len(said) - 2), "age"]
    assert len(said) > 2


def test_what_is_too_old_to_come_again_is_not_remembered(
    signatures: Signatures, time: Time
) -> None:
    for _ in range(1_000):
        at = f"{time.seconds:.0f}"
        assert signatures.objection("{}", at, signature("{}", at)) == ""
        time.seconds += 10

    assert len(signatures._seen) <= AGE / 10 + 1


def test_what_came_to_nothing_may_come_again(signatures: Signatures) -> None:
    signed = signature("{}", f"{NOW}")
    signatures.objection("{}", f"{NOW}", signed)
    signatures.forget(signed)

    assert signatures.objection("{}", f"{NOW}", signed) == ""
    assert signatures.objection("{}", f"{NOW}", signed) == "replay"
