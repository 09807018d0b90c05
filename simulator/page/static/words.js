// What the page itself says, in the reader's language where a Telegram app would say it.

const WORDS = {
  en: { start: "Start", restart: "Restart", placeholder: "Message", try: "Try", bot: "bot", today: "Today", yesterday: "Yesterday", about: "What can this bot do?", menu: "Menu", edited: "edited", members: "members", soon: "will soon be in the news" },
  ru: { start: "Начать", restart: "Перезапустить", placeholder: "Сообщение", try: "Попробуйте", bot: "бот", today: "Сегодня", yesterday: "Вчера", about: "Что умеет этот бот?", menu: "Меню", edited: "изменено", members: "участники", soon: "скоро будет в новостях" },
  ky: { start: "Баштоо", restart: "Кайра баштоо", placeholder: "Билдирүү", try: "Байкап көрүңүз", bot: "бот", today: "Бүгүн", yesterday: "Кечээ", about: "Бул бот эмне кыла алат?", menu: "Меню", edited: "өзгөртүлдү", members: "катышуучулар", soon: "жакында жаңылыктарда болот" },
};

export const LANGUAGES = { en: "English", ru: "Русский", ky: "Кыргызча" };

/** The words of a language; English where it is none of ours. */
export const words = (language) => WORDS[language] ?? WORDS.en;

/** The time of day of a Telegram date. */
export function clock(seconds) {
  const time = new Date(seconds * 1000);
  return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** The day of a Telegram date, as its separator names it. */
export function day(seconds, language) {
  const then = new Date(seconds * 1000);
  const days = Math.round((midnight(new Date()) - midnight(then)) / 86400000);
  if (days === 0) return words(language).today;
  if (days === 1) return words(language).yesterday;
  return then.toLocaleDateString(language, { day: "numeric", month: "long" });
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
