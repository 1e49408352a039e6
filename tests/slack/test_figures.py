"""`/klantvraag cijfers`: figures of a week or month, for who asks; shared once with everybody."""

from __future__ import annotations

import pytest

from bot.storage import jobs
from bot.surfaces.slack.names import Action
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import Office, Person, Values
from tests.slack.stand_in import Fault
from tests.slack.workspace import BOT, TEAM
from tests.surfaces.slack.drawing import drawn

OURS = Caller("slack", TEAM, "C1", "UFATIMA")
SHARED = ("Week", "November", "4e kwartaal", "2026 ")
WEEK = "Week 48 (23–29 nov 2026), tot nu toe"


def shared(office: Office) -> list[Values]:
    return [m for m in office.slack.messages("C1") if m["text"].startswith(SHARED)]


def buttons(person: Person) -> list[str]:
    rows = person.office.slack.whispers[person.name][-1]["blocks"]
    buttons = [part for row in rows if row["type"] == "actions" for part in row["elements"]]
    return [button["text"]["text"] for button in buttons]


def test_a_week_as_one_who_asks_reads_it(fatima: Person, closed: None) -> None:
    fatima.types("cijfers")

    assert fatima.heard.splitlines() == [
        WEEK,
        "Bij 1 van de 2 agendapunten kwam de klant vanzelf ter sprake"
        " (50%, toeval meegerekend 9 tot 91%).",
        "Gevraagd: 1 van de 2 punten beantwoord, 1 open.",
        "Gevolg: bij 1 van 1 beantwoord punt veranderde het besluit.",
        "Bijgehouden: 2 van de 2 punten.",
        "1 overleg, 4 punten; 2 kregen een vraag.",
        "Geteld per agendapunt, nooit per persoon.",
        "Kies: Deel in het kanaal, Details, Vorige week, Deze maand, Vorige maand, Dit kwartaal,"
        " Dit jaar.",
    ]


def test_figures_that_rest_on_titles_say_how_often_those_are_read_wrongly(
    office: Office, fatima: Person, ruud: Person, closed: None
) -> None:
    fatima.types("Tweede overleg\n1. Opening\n2. Brief aan de klant\n3. Servicekosten 2027")
    fatima.fills_in()
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    rates = office.toolbox.prompts.mentions.rates["nl"]
    footnote = (
        "Geteld per agendapunt, nooit per persoon. Lees ik de klant in een titel of notitie, dan"
        f" klopt dat ongeveer {rates.right} van de 10 keer; van elke 10 zinnen over de klant mis ik"
        f" er ongeveer {rates.missed}."
    )

    ruud.types("cijfers")
    assert ruud.heard.splitlines()[-2] == footnote
    ruud.presses("Deel in het kanaal")
    assert shared(office)[0]["text"].splitlines()[-1] == footnote


def test_what_was_shared_before_texts_were_counted_stands_as_it_was(
    office: Office, fatima: Person, closed: None
) -> None:
    office.slack.faults.append(Fault.LIMITED)
    fatima.types("cijfers")
    fatima.presses("Deel in het kanaal")
    with office.toolbox.write(OURS) as session:
        sql = "update shares set figures = json_remove(figures, '$.heard')"
        session.rows(f"{sql} where workspace_id = :workspace_id")
    office.clock.later(minutes=1)
    fatima.types("cijfers")

    assert shared(office)[0]["text"].endswith("\nGeteld per agendapunt, nooit per persoon.")


@pytest.mark.parametrize("word", ["figures", "Cijfers", "cijfer"])
def test_it_is_found_by_other_words_too(fatima: Person, closed: None, word: str) -> None:
    fatima.types(word)

    assert fatima.heard.startswith(WEEK)


def test_another_period_takes_the_place_of_what_is_shown(fatima: Person, closed: None) -> None:
    fatima.types("cijfers")
    quiet = "\nEr was geen overleg in deze periode."
    for label, heading in (
        ("Deze maand", "November 2026 (2–29 nov), tot nu toe\nBij 1 van de 2"),
        ("Vorige week", f"Week 47 (16–22 nov 2026){quiet}"),
        ("Vorige maand", f"Oktober 2026 (28 sep–1 nov){quiet}"),
        ("Dit kwartaal", "4e kwartaal 2026 (28 sep 2026–3 jan 2027), tot nu toe\nBij 1 van de 2"),
        ("Vorig kwartaal", f"3e kwartaal 2026 (29 jun–27 sep){quiet}"),
        ("Dit jaar", "2026 (29 dec 2025–3 jan 2027), tot nu toe\nBij 1 van de 2"),
        ("Vorig jaar", f"2025 (30 dec 2024–28 dec 2025){quiet}"),
        ("Deze week", f"{WEEK}\nBij 1 van de 2"),
    ):
        fatima.presses(label)
        assert fatima.heard.startswith(heading)
        assert fatima.office.slack.whispers["UFATIMA"][-1]["replace_original"] is True
        assert label not in buttons(fatima)
        assert ("Deel in het kanaal" in buttons(fatima)) == ("Bij 1" in heading)
        assert ("Details" in buttons(fatima)) == ("Bij 1" in heading)


def test_where_nothing_was_ever_posted_it_says_what_to_do(office: Office, fatima: Person) -> None:
    fatima.types("cijfers")

    assert fatima.heard.startswith("Hier is nog geen overleg om te tellen. Plak een agenda;")
    fatima.presses("Plak een agenda")
    assert fatima.form is not None


def test_what_is_shared_is_what_was_seen(office: Office, fatima: Person, closed: None) -> None:
    fatima.types("cijfers")
    seen = fatima.heard.splitlines()[:-1]
    fatima.presses("Deel in het kanaal")

    (message,) = shared(office)
    assert message["text"].splitlines() == seen
    assert "thread_ts" not in message
    assert "action_id" not in str(message["blocks"])
    assert fatima.heard.startswith("Deze cijfers staan in het kanaal: Week 48 (23–29 nov 2026).")
    assert buttons(fatima) == []


def test_it_is_posted_as_it_was_seen_however_long_that_takes(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    """Slack holds the channel while another answer changes the figures."""
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")
    fatima.types("cijfers")
    office.slack.faults.append(Fault.LIMITED)
    fatima.presses("Deel in het kanaal")
    ruud.says("3: Brief in december", thread=posted)
    assert shared(office) == []
    office.clock.later(minutes=1)
    ruud.types("cijfers")

    (message,) = shared(office)
    assert "Gevraagd: 1 van de 2 punten beantwoord, 1 open." in message["text"]
    assert "Gevraagd: 2 van de 2 punten beantwoord." in ruud.heard


def test_figures_that_changed_since_are_shown_before_they_are_shared(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")
    fatima.types("cijfers")
    ruud.says("3: Brief in december", thread=posted)
    fatima.presses("Deel in het kanaal")

    assert shared(office) == []
    assert fatima.heard.startswith(
        f"De cijfers zijn intussen veranderd. Kijk of je deze wilt delen.\n{WEEK}"
    )
    assert "2 van de 2 punten beantwoord" in fatima.heard
    fatima.presses("Deel in het kanaal")
    assert len(shared(office)) == 1


def tap(person: Person) -> Values:
    """A tap on "share", as it would come again."""
    _, element = person._find("Deel in het kanaal", "", "")
    action = {"action_id": element["action_id"], "block_id": "b", "type": "button"}
    return person._body("block_actions") | {"actions": [action]}


def test_tapped_twice_delivered_thrice_and_by_two_people_it_is_posted_once(
    office: Office, fatima: Person, ruud: Person, closed: None
) -> None:
    office.deliveries = 3
    ruud.types("cijfers")
    ruuds = tap(ruud)
    fatima.types("cijfers")
    for body in (tap(fatima), tap(fatima), ruuds):
        office.deliver(body)

    assert len(shared(office)) == 1
    assert ruud.heard.startswith("Deze cijfers staan in het kanaal")


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
def test_whatever_becomes_of_a_request_it_is_posted_once(
    office: Office, fatima: Person, closed: None, fault: Fault
) -> None:
    fatima.types("cijfers")
    office.slack.faults.append(fault)
    fatima.presses("Deel in het kanaal")
    office.clock.later(minutes=10)
    office.event(type="member_joined_channel", channel="C1", user="UJOKE")

    assert len(shared(office)) == 1


def test_what_people_deleted_is_posted_again_when_it_is_shared_again(
    office: Office, fatima: Person, closed: None
) -> None:
    for _ in range(2):
        fatima.types("cijfers")
        fatima.presses("Deel in het kanaal")
        (message,) = shared(office)
        del office.slack.channel("C1").messages[message["ts"]]


def test_in_a_channel_that_chose_english_it_is_shared_in_english(
    office: Office, fatima: Person, closed: None
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    with office.toolbox.write(OURS) as session:
        sql = "update people set language = 'nl' where workspace_id = :workspace_id"
        session.rows(sql)
    fatima.types("instellingen")
    fatima.fills_in(language="en")
    fatima.types("cijfers")
    assert fatima.heard.startswith(WEEK)
    fatima.presses("Deel in het kanaal")

    message = office.slack.messages("C1")[-1]["text"]
    assert message.startswith("Week 48 (23–29 Nov 2026), so far")
    assert "At 1 of the 2 agenda items the customer came up" in message


def test_guests_read_and_share_nothing(
    office: Office, fatima: Person, ruud: Person, closed: None
) -> None:
    ruud.types("cijfers")
    body = tap(ruud)
    office.slack.guests.add("URUUD")
    ruud.types("cijfers")
    assert ruud.heard.startswith(WEEK)
    assert "Deel in het kanaal" not in buttons(ruud)

    office.deliver(body)
    assert ruud.heard.startswith("Alleen vaste leden van dit kanaal delen de cijfers.")
    assert shared(office) == []


@pytest.mark.parametrize("who", ["outsider", "elsewhere"])
def test_others_get_none(office: Office, ruud: Person, closed: None, who: str) -> None:
    ruud.types("cijfers")
    if who == "outsider":
        office.slack.homes["URUUD"] = "T9"
    else:
        office.slack.people["C1"].remove("URUUD")
    refused = (
        "Deze cijfers zijn voor de eigen mensen in dit kanaal. Vraag een van hen om ze te delen."
    )

    ruud.presses("Deze maand")
    assert ruud.heard == refused
    ruud.types("cijfers")
    assert ruud.heard == refused


def test_a_name_that_is_no_period_is_no_harm(office: Office, fatima: Person, closed: None) -> None:
    fatima.types("cijfers")
    before = office.slack.messages("C1")
    for name in (f"{Action.SHARE}:2026-W99:x", f"{Action.SHARE}", f"{Action.FIGURES}:9999-99"):
        action = {"action_id": name, "block_id": "b", "type": "button"}
        office.deliver(fatima._body("block_actions") | {"actions": [action]})
        assert "Er ging iets mis bij mij." in fatima.heard
    assert office.slack.messages("C1") == before


def test_where_it_may_not_post_who_shared_is_told(
    office: Office, fatima: Person, closed: None, toolbox: Toolbox
) -> None:
    office.slack.channel("C1").restricted = "restricted_action_read_only_channel"
    fatima.types("cijfers")
    fatima.presses("Deel in het kanaal")

    heard = [whisper["text"] for whisper in office.slack.whispers["UFATIMA"]]
    assert any(
        words.startswith("De cijfers staan er nog niet, want niet iedereen mag") for words in heard
    )
    with toolbox.read(OURS) as session:
        (ended,) = jobs.of_state(session, jobs.JobState.ENDED)
    assert ended.kind == "share"


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("Deze maand", "November 2026 (2–29 nov)"),
        ("Dit kwartaal", "4e kwartaal 2026"),
        ("Dit jaar", "2026 ("),
    ],
)
def test_other_periods_are_shared_too(
    office: Office, fatima: Person, closed: None, label: str, heading: str
) -> None:
    fatima.types("cijfers")
    fatima.presses(label)
    fatima.presses("Deel in het kanaal")

    assert shared(office)[0]["text"].startswith(heading)


# --- what lies behind them


def test_details_open_on_top_of_the_figures(office: Office, fatima: Person, closed: None) -> None:
    fatima.types("cijfers")
    fatima.presses("Details")

    assert fatima.form is not None
    said = drawn(fatima.form)
    assert "Veranderde een besluit" in said
    assert "(bij ‘Nieuw verhuisformulier’)" in said
    assert "Geteld per agendapunt, nooit per persoon." in said
    assert "submit" not in fatima.form
    assert len(office.slack.whispers["UFATIMA"]) == 1


def test_others_see_no_details(office: Office, ruud: Person, closed: None) -> None:
    ruud.types("cijfers")
    office.slack.homes["URUUD"] = "T9"
    ruud.presses("Details")

    assert ruud.form is None
    assert ruud.heard.startswith("Deze cijfers zijn voor de eigen mensen in dit kanaal.")


# --- how they moved


@pytest.fixture
def moved(office: Office, fatima: Person, closed: None) -> None:
    """Two weeks with figures, and one between them without."""
    office.clock.later(days=14)
    fatima.types("Overleg\n1. Opening\n2. De lift\n3. De tuin\n4. De post")
    fatima.fills_in()
    fatima.presses("Sluit overleg af")
    fatima.fills_in(came_up=["De lift"])


MOVED = (
    "Vanzelf ter sprake van week 42 tot en met week 50: –, –, –, –, –, –, 50%, –, 33%"
    " (–: niet bijgehouden)"
)


def chart_of(message: Values) -> Values | None:
    charts = [b for b in message["blocks"] if b["type"] == "data_visualization"]
    return charts[0]["chart"] if charts else None


def test_how_they_moved_is_drawn_and_said(office: Office, fatima: Person, moved: None) -> None:
    fatima.types("cijfers")
    message = office.slack.whispers["UFATIMA"][-1]
    chart = chart_of(message)

    assert chart is not None
    assert chart["type"] == "line"
    assert chart["axis_config"]["categories"] == ["week 48", "week 50"]
    points = [(point["label"], point["value"]) for point in chart["series"][0]["data"]]
    assert points == [("week 48", 50), ("week 50", 33)]
    assert MOVED in fatima.heard
    assert MOVED not in drawn(message)


def test_where_slack_draws_no_charts_it_is_said(
    office: Office, fatima: Person, moved: None
) -> None:
    office.slack.draws = False
    fatima.types("cijfers")
    message = office.slack.whispers["UFATIMA"][-1]

    assert chart_of(message) is None
    assert MOVED in drawn(message)
    assert "Details" in buttons(fatima)
    fatima.presses("Deze maand")
    assert fatima.heard.startswith("December 2026")
    fatima.presses("Deze week")
    assert office.slack.whispers["UFATIMA"][-1]["replace_original"] is True
    assert MOVED in drawn(office.slack.whispers["UFATIMA"][-1])


def test_where_slack_draws_no_charts_it_is_said_to_everybody(
    office: Office, fatima: Person, moved: None
) -> None:
    fatima.types("cijfers")
    office.slack.draws = False
    fatima.presses("Deel in het kanaal")

    (message,) = shared(office)
    assert chart_of(message) is None
    assert MOVED in drawn(message)
    assert message["blocks"]


def test_how_they_moved_is_shared_as_it_was_seen(
    office: Office, fatima: Person, moved: None
) -> None:
    fatima.types("cijfers")
    seen = office.slack.whispers["UFATIMA"][-1]
    fatima.presses("Deel in het kanaal")

    (message,) = shared(office)
    assert chart_of(message) == chart_of(seen)
    assert MOVED in message["text"]
