"""Where a reader sees a sentence end in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.sentences import sentences

SPLIT = [
    ("It snowed. It rained.", ["It snowed.", "It rained."]),
    ("Really?! Yes. So…  We left.", ["Really?!", "Yes.", "So…", "We left."]),
    ("Вышел «Манас». Его ждали.", ["Вышел «Манас».", "Его ждали."]),
    ("Он сказал: «Едем!» Потом уехал.", ["Он сказал: «Едем!»", "Потом уехал."]),
    ("Купили муку, сахар и т.д. Затем ушли.", ["Купили муку, сахар и т.д.", "Затем ушли."]),
    ("Нан, эт ж.б. Баары кымбаттады.", ["Нан, эт ж.б.", "Баары кымбаттады."]),
    ("Так было в 2026 году. 15 человек уехали.", ["Так было в 2026 году.", "15 человек уехали."]),
    ("Об этом сообщает 24.kg. Подробности позже.", ["Об этом сообщает 24.kg."]),
    ("Она пришла. — Зачем? — спросил он.", ["Она пришла.", "— Зачем? — спросил он."]),
    ("Ачылды. Үч күн өттү. Өз үйүндө.", ["Ачылды.", "Үч күн өттү.", "Өз үйүндө."]),
]
WHOLE = [
    "The U.S. President and the U.N. met Dr. B. K. Asanov on Jan. 5 at No. 7.",
    "Цена выросла на 12.5 процента, до 3.000 сомов.",
    "Собрание прошло в г. Бишкеке на ул. Токтогула, 5, с участием проф. А. С. Иванова.",
    "Библиотека им. Ч. Айтматова открылась в 2026 г. Участники довольны.",
    "Көч. Токтогул, 5, г. Ош, С. Асанов менен.",
    "«Мы едем. Завтра вернёмся», — сказал водитель.",
    "Мост (его строили пять лет. Дольше всех) открыт.",
    '"We wait. We hope," she said.',
    "Он спросил: «Куда? Зачем? Когда?» и ушёл.",
    "1. Первое дело сделано",
    "Сайт 24.kg и т. д. и т. п. не закрыты.",
    "Обещали вернуть деньги... но не вернули.",
]


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_a_sentence_ends_where_the_next_one_begins(text, parts):
    assert list(sentences(text))[: len(parts)] == parts


@pytest.mark.parametrize("text", WHOLE)
def test_a_full_stop_is_not_always_an_end(text):
    assert list(sentences(text)) == [text]


def test_a_quotation_that_never_ends_does_not_hide_what_comes_before_it():
    assert list(sentences("Снег идёт. «Ждите. Скоро будет")) == [
        "Снег идёт.",
        "«Ждите. Скоро будет",
    ]


@given(st.text(st.sampled_from("Аa.!?…«»“”() \"'1ң—-г"), max_size=60))
def test_nothing_is_lost_between_sentences(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
