"""Which titles keep a meeting running, also ones nobody wrote down beforehand."""

from __future__ import annotations

import pytest

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.readers.catalogue import read_prompts

VOCABULARY = read_prompts().vocabulary

PROCEDURAL = [
    "Opening",
    "Welkom en voorstelronde",
    "Verslag van 12 december 2020",
    "Vaststellen agenda en mededelingen",
    "Conceptnotulen bestuursvergadering 3 maart",
    "Notulen ALV 2025",
    "Ingekomen stukken",
    "W.v.t.t.k.",
    "Wat verder ter tafel komt",
    "Mededelingen van het bestuur",
    "Mededelingen (o.a. verhuizing)",
    "Actie- en besluitenlijst",
    "Rondvraag en sluiting",
    "Sluiting met gebed",
    "Pauze",
    "Datum volgende vergadering",
    "V & A",
    "Call to order",
    "Roll call",
    "Approval of the minutes of March 3, 2027",
    "Apologies for absence",
    "Any other business",
    "Date of next meeting",
    "Declarations of interest",
    "Welcome and introductions",
    "Q&A",
    "AOB / wrap-up",
    "Lunch with the speakers",
    "Openen",
    "Openen vergadering",
    "Sluiten",
    "Sluiting vergadering",
    "Opening en welkom",
    "Opening door de voorzitter",
    "Opening: voorzitter",
    "Sluiting: 21.30 uur",
    "Opening and welcome",
    "Close of meeting",
    "Openstaande afspraken",
    "Besluiten en afsluiting",
    "Terugblik vorige keer",
    "Wie notuleert?",
    "Datum volgend overleg",
    "Ingekomen stukken van de huurdersbond",
    "Review action items",
    "Approval of minutes of 3 May",
    "To approve and sign the minutes of the meeting held on 12 July",
    "Any other business raised by residents",
    "Announcements and introductions",
    "Housekeeping",
    "Thanks and close",
    "Registration and coffee",
]

SUBSTANTIVE = [
    "Verslag klantenpanel",
    "Mededeling: sluiting balie per 1 mei",
    "Vaststellen begroting",
    "Jaarverslag 2026",
    "Opening nieuwe vestiging Deventer",
    "Sluiting zwembad De Plons",
    "Vragen van klanten over de factuur",
    "Planning",
    "Terugblik",
    "Benoeming kascommissie",
    "Pauzes tijdens de nachtdienst",
    "Actieplan eenzaamheid",
    "Opening hours on Sundays",
    "Closing the Main Street branch",
    "Approval of the 2027 budget",
    "Meeting room booking system",
    "Lunch subsidy for volunteers",
    "Customer questions about billing",
    "Sluiting locatie",
    "Opening nieuwe locatie",
    "Sluiting op vrijdag",
    "Sluiting per 1 mei",
    "Mededeling: sluiting locatie per 1 mei",
    "Mededeling: nieuwe openingstijden",
    "Announcement: new location",
    "Huisregels",
    "Notulen automatisch maken",
    "Sluiting locatie en balie",
    "In- en uitchecken met bankpas",
    "Correspondentie met bewoners",
    "Registration of new patients",
    "Introduction of a new policy",
    "Action plan 2027",
    "Spelregels",
    "Receptie",
    "Aanwezigheid team",
    "Agenda 2030",
    "Verslag bezoek",
    "Ontvangst bezoek",
    "Closing of the desk",
    "Closing on Fridays",
    "Opening the new shop",
    "2027",
    "",
]


@pytest.mark.parametrize("title", PROCEDURAL)
def test_keeps_the_meeting_running(title):
    assert kind_of(title, VOCABULARY) is Kind.PROCEDURAL


@pytest.mark.parametrize("title", SUBSTANTIVE)
def test_is_what_the_meeting_is_for(title):
    assert kind_of(title, VOCABULARY) is Kind.SUBSTANTIVE


def test_case_accents_and_punctuation_do_not_matter():
    for title in ("ROUND TABLE INTRODUCTIONS", "  opening:  ", "Rondvraag!", "*Sluiting*"):
        assert kind_of(title, VOCABULARY) is Kind.PROCEDURAL
