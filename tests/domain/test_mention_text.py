"""Texts as people paste them: what names nobody is out, and all that is left keeps its place."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.mention_text import HIDDEN, LONGEST_SENTENCE, plain, sentences, who_speak

NAMES = re.compile(r"(?<!\w)(?:PostNL Pakketten|bol\.com|iDEAL|Yahoo! Nederland|user_id)(?!\w)")


def words(text: str, names: re.Pattern[str] | None = None) -> list[str]:
    """What can still be read of a text."""
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", plain(text, names).text)


def split(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("een `klant` en ``` klant\nhuurder ``` ja", "een en ja"),
        ("```\nklant\n```\nja", "ja"),
        ("```\nklant zonder eind", ""),
        ("hier ``` opent niets: klant", "hier opent niets klant"),
        ("~~~\nklant\n~~~\nja", "ja"),
        ("zie https://x.nl/klant?a=klant#klant even", "zie even"),
        ("(https://x.nl/klanten), www.klanten.nl/huurders en klantportaal.nl", "en"),
        ("mail klant.jansen@huurders.example.com of info@klanten.nl", "mail of"),
        ("<@U1> en <@U1|klant> in <#C1|klanten> <!here> <!subteam^S1|@klanten>", "en in"),
        ("lees <https://x.nl/klant|de klantreis> of <https://x.nl/klant>", "lees de klantreis of"),
        ("<mailto:klant@x.nl|klant@x.nl> ja", "ja"),
        ("@klantteam, kijk in #klanten :klant: ja", "kijk in ja"),
        ('<p class="klant">huurder</p> <!-- klant\nklant --> <br/>', "huurder"),
        ("<style>klant</style><script>\nvar klant\n</script>ja", "ja"),
        ("/api/klanten/{id} en C:\\klanten\\huurders of \\\\server\\klanten", "en C of"),
        ("typ /klantvraag agenda", "typ agenda"),
        ("open klanten.xlsx, docs/klant.md en ./klant/huurder.py", "open en"),
        ("betrokkeneBijKlantcontact, user_id, KLANT_ID, klant_id_oud", ""),
        ("customer.getName() en klant() en Klant::vindAlle", "en en"),
        ("Beste {klant}, {{customer}}, ${customer.name}", "Beste"),
        ("betaal met iDEAL via MijnOverheid", "betaal met via"),
    ],
)  # fmt: skip
def test_what_names_nobody_is_hidden(text: str, left: str) -> None:
    assert words(text) == left.split()
    assert len(plain(text).text) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "_klanten_ __klant__ *huurders* ~klant~ **klant**",
        "klant/huurder en/of bewoner",
        "| klant | huurder |\tklant\thuurder",
        "• klant\r\n- huurder\r\n1. klant",
        "klant@ balie 3 < 5 klanten > 2 huurders",
        "R&D klant #1 e-mail 10:30: klant",
        "«klant» „huurder” “klant”",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert plain(text).text == text


def test_only_code_is_marked_as_code() -> None:
    assert HIDDEN in plain("zet user_id in `x`").text
    assert HIDDEN not in plain("<@U1> mailt a@b.nl over https://x.nl en #kanaal").text


def test_a_name_that_looks_like_code_stays() -> None:
    text = "PostNL Pakketten, bol.com, iDEAL, user_id en Yahoo! Nederland"
    assert plain(text, NAMES).text == text
    assert len(plain(text, NAMES).names) == 5


def test_a_name_in_an_address_or_in_code_is_hidden() -> None:
    text = "`iDEAL` info@bol.com www.bol.com/x my.user_id.x"
    assert plain(text, NAMES).names == []
    assert words(text, NAMES) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("kla\u00adnten", "klanten"),
        ("hu\u200bur\u2060der\ufeff", "huurder"),
        ("clie\u0308nt", "cliënt"),
        ("cli\u200de\u00ad\u0308nt", "cliënt"),
        ("eind\u2011gebruiker", "eind-gebruiker"),
    ],
)
def test_words_are_whole_whatever_is_in_them(text: str, read: str) -> None:
    found = plain(f"De {text}.")
    assert found.text == f"De {read}."
    start, end = found.original(3, 3 + len(read))
    assert f"De {text}."[start:end].rstrip("\ufeff") == text.rstrip("\ufeff")


def test_what_nobody_sees_before_a_word_is_not_part_of_it() -> None:
    found = plain("\u200bklant\u200b de")
    assert found.original(0, 5) == (1, 6)


@settings(deadline=None)
@given(st.text(st.sampled_from("ae\u0308 .\u00ad\u200b\u0301"), max_size=40))
def test_each_place_is_found_back(text: str) -> None:
    found = plain(text, speakers=frozenset())
    places = [found.original(at, at + 1) for at in range(len(found.text))]
    assert all(start < end for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    for here, (start, end) in zip(found.text, places, strict=True):
        assert {*unicodedata.normalize("NFD", here)} <= {*text[start:end]}


UGLY = st.lists(
    st.sampled_from(
        ["klant", "<@U1>", "`", "```", "\n", "\r\n", "<", ">", "https://x.nl", "a@b.nl", "{", "}",
         "/", "\\", ".", ". ", "Jan:", "e\u0308", "\u200b", "_", "userId", "|", "\0", "👩‍👧", "\t"]
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None)
@given(UGLY)
def test_sentences_hold_all_of_a_text_in_order(pieces: list[str]) -> None:
    text = plain("".join(pieces)).text
    spans = list(sentences(text))
    assert "".join(text[start:end] for start, end in spans) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("De lift is stuk. De huurder belt.", ["De lift is stuk.", "De huurder belt."]),
        ("Overleg m.b.t. De Hoef, d.w.z. Wonen.", ["Overleg m.b.t. De Hoef, d.w.z. Wonen."]),
        ("See e.g. London and Dr. Who.", ["See e.g. London and Dr. Who."]),
        ("Dhr. J. de Vries, art. 4, nr. 5.", ["Dhr. J. de Vries, art. 4, nr. 5."]),
        ("Zie lid 2. De rest volgt.", ["Zie lid 2.", "De rest volgt."]),
        ("Tja… De klant.", ["Tja…", "De klant."]),
        ("Echt? ‘Ja.’ Goed!", ["Echt?", "‘Ja.’", "Goed!"]),
        ("Een\r\nTwee\rDrie\u2028Vier", ["Een", "Twee", "Drie", "Vier"]),
        ("10.00 uur · Zaal · klant", ["10.00 uur ·", "Zaal ·", "klant"]),
        ("belt. en dan niet", ["belt. en dan niet"]),
    ],
)
def test_where_sentences_end(text: str, told: list[str]) -> None:
    assert split(text) == told


def test_no_sentence_ends_in_a_name() -> None:
    text = "Met Yahoo! Nederland gaat het goed. Met ons ook."
    assert len(list(sentences(text, plain(text, NAMES).names))) == 2


def test_an_endless_line_is_cut_between_words() -> None:
    spans = list(sentences("klant " * 10_000))
    assert all(end - start <= LONGEST_SENTENCE for start, end in spans)
    assert all(end % 6 == 0 for _, end in spans)
    assert len(list(sentences("x" * 10_000))) == 7


# --- who speak


def talk(*labels: str) -> str:
    return "\n".join(f"{label} het gaat goed, denk ik" for label in labels)


@pytest.mark.parametrize(
    ("one", "other", "who"),
    [
        ("User Interface:", "Klant 1:", {"user interface", "klant 1"}),
        ("JAN:", "KLANT:", {"jan", "klant"}),
        ("[00:12:03] Jan de Vries:", "[00:12:09] Klant:", {"jan de vries", "klant"}),
        ("00:01:02 SPEAKER_01:", "00:01:05 KLANT_02:", {"speaker_01", "klant_02"}),
        ("Jan (voorzitter):", "Klant (namens allen):", {"jan", "klant"}),
        ("**Jan:**", "- **Klant:**", {"jan", "klant"}),
        ("Jan (00:01:02):", "Klant [00:02]:", {"jan", "klant"}),
    ],
)
def test_labels_that_come_back_are_speakers(one: str, other: str, who: set[str]) -> None:
    text = talk(one, other, one, other)
    assert who_speak(text) == who
    assert "lant" not in plain(text).text.lower()
    assert plain(text).text.count("het gaat goed") == 4


def test_a_speaker_may_stand_above_what_is_said() -> None:
    assert who_speak("Jan:\nHallo daar\n\nKlant:\nDag\n\nJan:\nJa\n\nKlant:\nNee") == {
        "jan",
        "klant",
    }


def test_lines_that_end_as_on_an_old_mac_have_speakers_too() -> None:
    text = talk("Jan:", "Klant:", "Jan:", "Klant:").replace("\n", "\r")
    assert who_speak(text) == {"jan", "klant"}
    assert len(plain(text).text) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Huurder: Jansen\nHuurder: Pietersen\nHuurder: De Vries",
        "Huurder: Anna van der Velden\nAdres: Dorpsstraat 1\n" * 3,
        "Klanten: 12\nKlanten: 13 (april)\nKlanten: 15",
    ],
)
def test_who_only_has_a_name_behind_them_does_not_speak(text: str) -> None:
    assert who_speak(text) == frozenset()


def test_who_says_one_sentence_speaks() -> None:
    assert who_speak("Klant: Ja.\nJan: En toen?\nKlant: nee\nJan: o") == {"klant", "jan"}


def test_a_speaker_in_webvtt_is_hidden() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Klant Jansen>Hallo</v>"
    assert "Klant" not in plain(text).text
    assert "Hallo" in plain(text).text


@pytest.mark.parametrize(
    "text",
    [
        "Klantbeleving: hoe verder?\nBegroting: akkoord\nRondvraag: niets",
        "Klanten:\n- twee belden\n- een mailde\nTeam:\n- vier man\n- vol\nKlanten:\n- nog een",
        "10:00 Klantreis: stand van zaken\n10:30 Klantpanel: uitkomst\n11:00 Rondvraag: allen",
        "Klant: een\nKlant: twee",
        "Klant: een\nKlant: twee\nKlant: drie\n" + "en dan nog een zin\n" * 4,
        "Klant:" * 3,
        "",
    ],
)
def test_a_title_is_no_speaker(text: str) -> None:
    assert who_speak(text) == frozenset()
    assert plain(text).text == text


def test_known_speakers_are_hidden_in_a_line() -> None:
    assert "lant" not in plain("Klant 1: ja", speakers={"klant 1"}).text
    assert plain("Klant 2: ja", speakers={"klant 1"}).text == "Klant 2: ja"
