"""Messages that are not in English are told from odd English."""

import pytest

from bot.language import is_english
from index import LiveIndex, SearchIndex
from settings import Settings


@pytest.fixture(scope="module")
def index(settings: Settings) -> SearchIndex:
    return LiveIndex(settings)()


@pytest.mark.parametrize(
    "message",
    [
        "¿Por qué vuelve el cáncer después del tratamiento?",
        "pourquoi le cancer revient-il après la chirurgie",
        "warum kommt der krebs nach der chemo wieder",
        "perché il cancro è tornato dopo la terapia",
        "癌症为什么会复发",
        "لماذا يعود السرطان",
        "почему рак возвращается",
        "dlaczego rak wraca po leczeniu",
        "czy ten rak może wrócić",
        "kanser neden geri döner",
    ],
)
def test_other_languages_are_noticed(message: str, index: SearchIndex) -> None:
    assert not is_english(message, *index.unknown_words(message))


@pytest.mark.parametrize(
    "message",
    [
        *("recurrance meaning", "wat is recurance", "stem celz resistant 2 chemo y/n", "CSC?"),
        *("y does it keep comin back", "doctor say me recurrence, my english not good", "hola"),
        *("", "😢", "123", "Dr Müller said naïve cells", "op, rads, mets, NED"),
        *("chemoresistance meaning", "wotz teh usuall cuase of it commin bak"),
    ],
)
def test_odd_english_is_english(message: str, index: SearchIndex) -> None:
    assert is_english(message, *index.unknown_words(message))
