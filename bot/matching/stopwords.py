"""Words too common to be asked for alone. Short lists: what is left out here is merely frequent."""


def listed(text: str) -> frozenset[str]:
    """The words of a list written as plain text."""
    return frozenset(text.split())


ENGLISH = listed(
    """
    a an the and or but if of at by for with about to from in on into over under up down out off
    is am are was were be been being do does did have has had this that these those i me my you
    your he him his she her it its we us our they them their what which who whom not no nor so
    than too very as all any some such only own same there here when where why how
    """
)
CYRILLIC = listed(
    """
    и в во не что он на я с со как а то все она так его но да ты к ко у же вы за бы по ее мне было
    вот от меня еще нет о об из ему или ни до вас нибудь для мы их чем была сам чтоб чтобы без
    под это этот эта эти этого тот та те того при про над был были быть будет
    жана же да де деп бул ал ошол үчүн менен боюнча эле эмес анын аны ага алар мен сен биз сиз силер
    бирок дагы эмне кандай болгон болуп болот экен дейт деген ушул тиги кайсы
    """
)
ACRONYMS = listed("us it who")
"""Common in small letters, a name in capitals: US, IT, WHO."""
