from __future__ import annotations

import pytest

from bot.domain.grammatical_number import is_many

ONE = """de bewoner|de huurder|de cliënt|de leerling|de collega|de ouder|de gast|de baas|de gids
de prins|de mens|de klas|het gezin|de gemeente|de patiënt|de student|de reiziger|de jongen
de jongere|de zzp'er|de notaris|de secretaris|de politicus|de abonnee|de eigenares|de lerares
de Chinees|de wees|de familie|de arts|de commissaris|de fan|de school|de keten|onze klant
jullie bewoner|elke bewoner|de ouder van leerlingen|de klant in onze winkels
de bewoner en zijn buren|de werkende|de eerstejaars|een leden|iemand met vragen
de klant (alle winkels)|het bestuur|de business|'t kind|de naasten-groep|the tenant|the business
the boss|the client|a tenant|our patient|the series|the bus|the campus|the lens|the citizen
the child|the parent of children|the user with needs|the woman|the witness|the press|the employer
the virus|the guest|the family|the layman|every tenants|your client|the reader who votes
the council|the waitress|the human|the nurse|the house|the owner|the traveller|an alumnus
the congress|mijn collega|uw klant|my colleague|the member of staff|the staff member|het personeel
de staf|de politie|iedereen"""
MANY = """de bewoners|onze bewoners|de huurders|de cliënten|de leerlingen|de leden|de collega's
de collega’s|de ouders|de families|de gasten|de mensen|de kinderen|de studenten|de patiënten
de burgers|de zzp'ers|de klanten|jullie klanten|de ondernemers|de inwoners|de reizigers
de abonnees|de baby's|de meisjes|de dames|de managers|de teams|de fans|de coaches|de sponsors
de adviseurs|de stagiairs|de leveranciers|de eigenaars|de ouderen|de politici|de jongens
de jongelui|de zakenlieden|de gemeentes|de bewoners van de wijk|de nieuwe bewoners|die huurders
de leden (65+)|de VvE's|de toeristen|de artsen|the tenants|our tenants|the customers|the clients
the members|the people|the women|the men|the children|the citizens|the parents|the families
the guests|the colleagues|our residents|the patients|the students|the users|the employees
the businesses|the bosses|the companies|the owners|your clients|the alumni
the parents of our students|the new tenants|the readers|the visitors|the nurses|the houses
the wives|the young people|the tenants in flats|the councils|the schools|the pupils|the kids
the neighbours|mijn collega's|uw klanten|alle huurders|al onze huurders|sommige ouders
alle personeel|my colleagues|all tenants|all our tenants|these tenants|most parents
the staff|our new staff|the police|the elderly"""


def each(words: str) -> list[str]:
    return words.replace("\n", "|").split("|")


@pytest.mark.parametrize("word", each(ONE))
def test_one(word: str) -> None:
    assert not is_many(word)


@pytest.mark.parametrize("word", each(MANY))
def test_many(word: str) -> None:
    assert is_many(word)
