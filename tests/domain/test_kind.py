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
    "Afsluiten",
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
    "Notulen 26 maart 2013 Notulen zijn geaccepteerd",
    "Notulen groepsraad april",
    "Notulen van de Faculteitsraad d.d. 3 mei",
    "Notulen van de vergadering van 24 mei 2023 (bijlage A) Voorstel: vaststellen",
    "Opening, vaststellen aantal aanwezige en vertegenwoordigde stemmen",
    "Ingekomen en uitgegane post",
    "Rondvraag. Lunch staat klaar om 12.30",
    "Rondvraag, nieuwe ontwikkelingen & wvttk",
    "Sluiting van de zitting",
    "Afsluiting plenair",
    "Inleiding en mededelingen",
    "Agenda vastellen",
    "Aktielijst",
    "Any other buisness",
    "Any Other Business P Keymer proposed that action be taken to clean the chairs in the Hall and"
    " G Reeve offered her vacuum cleaner for this purpose",
    "Apologies Tony Leggett working at Bawsey mill",
    "Apologies: J. Smith, P. Brown",
    "Minutes of the 2017 Annual General Meeting Upon the proposition of P Sewell, seconded by"
    " J Trollope, it was resolved unanimously to sign them",
    "Minutes of 14 June proposed by Anna and seconded with one small correction on page two",
    "Mins of January meeting",
    "Administrivia",
    "Good of the Order",
    "Business arising out of the minutes",
    "Date of next Parish Council Meeting",
    "Sluiting + marshmallows",
    "Welkom en introductie",
    "Rondvraag en gezellig napraten",
    "Bedanken en afsluiten van de vergadering",
    "Eventuele toevoegingen of wijzigingen aan de agenda",
    "Choosing a scribe for this meeting",
    "Opening met gast Joris",
    "Opening door wethouder Jansen",
    "Notulen Zilvermeeuw",
    "Mededelingen: geen",
    "Binnengekomen mails en berichten",
    "Consideration of the minutes",
    "Review of the minutes of the previous meeting and items for report or discussion",
    "Future agenda items",
    "Unfinished business",
    "Return to open session",
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
    "Verslag klantenpanel 12 mei",
    "Verslag jeugdraad",
    "Verslag huurdersoverleg renovatie",
    "Overzicht van notulen",
    "Notulen publiceren op de website",
    "Minutes app for volunteers",
    "Minutes charged per call",
    "10 min - Discussion of prices",
    "Last minute cancellations by guests",
    "Welcome pack for new tenants",
    "Date of next price rise",
    "Inleiding nieuwe wet kwaliteit",
    "Afwezigheid huisarts in augustus",
    "Rondvraagformulier voor klanten",
    "Auctions",
    "Other facilities",
    "Overige werkgroepen",
    "Code of conduct revision",
    "Sluiting en huurachterstand",
    "Opening and parking permits",
    "Complaints received since the last meeting",
    "Digitale agenda",
    "Sluiting met korting",
    "Ingekomen klachten",
    "Membership",
    "Membership consideration period",
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


def test_a_letter_wrong_in_a_long_word_does_not_matter_in_short_or_other_words_it_does():
    for title in ("Mededeelingen", "Annoucements", "Aktielijst", "Rondvaag", "Intorductions"):
        assert kind_of(title, VOCABULARY) is Kind.PROCEDURAL
    for title in ("Pauwe", "Grade", "Sloot", "Preventie", "Other addictions"):
        assert kind_of(title, VOCABULARY) is Kind.SUBSTANTIVE
