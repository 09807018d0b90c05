"""What differs between the three editions: addresses, names of days, labels, sections, authors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Edition = Literal["en", "ru", "ky"]

_RUSSIAN_SECTIONS = {
    "Власть": "vlast",
    "Общество": "obschestvo",
    "Экономика": "ekonomika",
    "Бизнес": "biznes_info",
    "Происшествия": "proisshestvija",
    "Криминал": "kriminal",
    "Спорт": "sport",
    "Агент 024": "agent_024",
    "Техно": "tehnoobzor",
}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Style:
    """An edition's own words. `path` is its listing, with slashes at both ends."""

    path: str
    language: str
    section: str
    sections: Mapping[str, str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    city: str
    authors: tuple[str, ...]
    labels: Mapping[str, str]
    promo: tuple[str, ...]

    def day(self, moment: datetime) -> str:
        """A listing's day header; the site gives no year."""
        return f"{moment.day} {self.months[moment.month - 1]}, {self.weekdays[moment.weekday()]}"

    def stamp(self, moment: datetime) -> str:
        """An article's time of publication."""
        return f"{moment:%H:%M}, {moment.day} {self.months[moment.month - 1]} {moment.year}"

    def section_path(self, section: str) -> str:
        """The first part of an article's address. Sections are told apart in Russian only."""
        return self.sections.get(section, self.path.strip("/") or "obschestvo")


EDITIONS: Mapping[Edition, Style] = {
    "en": Style(
        path="/english/",
        language="en",
        section="English",
        sections={},
        months=_words(
            "January February March April May June July August September October November December"
        ),
        weekdays=_words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        city="Bishkek",
        authors=("Aidana BEKTUROVA", "Timur OSMONALIEV", "Jyldyz ASANOVA", "Maria LITVINOVA"),
        labels={
            "site": "KYRGYZSTAN",
            "feed": "News feed",
            "link": "link",
            "copied": "The link is copied",
            "views": "views",
            "print": "Print",
            "read_also": "Read also",
            "related": "Related",
            "popular": "Popular",
            "more": "Show more",
            "photo": "photo",
            "chart": "infographics",
            "caption": "Photo from the 24.kg archive",
            "missing": "Page not found",
            "vote": "How do you rate this news?",
        },
        promo=(
            "Mountain yurt camp at Son-Kul: book the summer now",
            "Honey from Jalal-Abad with delivery to your door",
        ),
    ),
    "ru": Style(
        path="/",
        language="ru",
        section="Общество",
        sections=_RUSSIAN_SECTIONS,
        months=_words(
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
        ),
        weekdays=_words("понедельник вторник среда четверг пятница суббота воскресенье"),
        city="Бишкек",
        authors=("Айдана БЕКТУРОВА", "Тимур ОСМОНАЛИЕВ", "Жылдыз АСАНОВА", "Мария ЛИТВИНОВА"),
        labels={
            "site": "КЫРГЫЗСТАН",
            "feed": "Лента новостей",
            "link": "Ссылка",
            "copied": "Ссылка скопирована",
            "views": "просмотров",
            "print": "Версия для печати",
            "read_also": "Читайте по теме",
            "related": "Материалы по теме",
            "popular": "Популярные новости",
            "more": "Показать ещё",
            "photo": "фото",
            "chart": "инфографика",
            "caption": "Фото из архива 24.kg",
            "missing": "Страница не найдена",
            "vote": "Как вы оцениваете эту новость?",
        },
        promo=(
            "Юрточный городок на Сон-Куле: бронируйте лето сейчас",
            "Мед из Джалал-Абада с доставкой до двери",
        ),
    ),
    "ky": Style(
        path="/kyrgyzcha/",
        language="ky",
        section="Кыргызча",
        sections={},
        months=_words(
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
        ),
        weekdays=_words("дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби"),
        city="Бишкек",
        authors=("Айдана БЕКТУРОВА", "Тимур ОСМОНАЛИЕВ", "Жылдыз АСАНОВА", "Нурбек ЖАПАРОВ"),
        labels={
            "site": "КЫРГЫЗСТАН",
            "feed": "Жаңылыктар тасмасы",
            "link": "Шилтеме",
            "copied": "Шилтеме көчүрүлдү",
            "views": "көрүүлөр",
            "print": "Басып чыгаруу",
            "read_also": "Тема боюнча окуңуз",
            "related": "Тема боюнча материалдар",
            "popular": "Көп окулган жаңылыктар",
            "more": "Дагы көрсөтүү",
            "photo": "сүрөт",
            "chart": "инфографика",
            "caption": "Сүрөт 24.kg архивинен",
            "missing": "Барак табылган жок",
            "vote": "Бул жаңылыкты кандай баалайсыз?",
        },
        promo=(
            "Соң-Көлдөгү боз үй шаарчасы: жайга азыртан орун ээлеңиз",
            "Жалал-Абаддын балы үйүңүзгө чейин жеткирилет",
        ),
    ),
}


def edition_named(name: str) -> Edition:
    """The edition of this name. Raises ValueError."""
    for edition in EDITIONS:
        if edition == name:
            return edition
    raise ValueError(f"{name!r} is no edition; there are {', '.join(EDITIONS)}")
