"""English words that rules and the dictionary of `english` get wrong."""

from bot.matching.stopwords import listed

# Where the dictionary is silent or wrong, or knows one of two: form → base forms.
IRREGULAR = {
    form: tuple(bases.split("/"))
    for form, bases in (
        line.split(":")
        for line in listed("""
    awoken:awake bent:bend bore:bear born:bear borne:bear bound:bind bit:bite broke:break
    drunk:drink felt:feel gone:go ground:grind lay:lie/lay lain:lie laid:lay left:leave rung:ring
    rose:rise set:set shook:shake shot:shoot smelt:smell swore:swear thought:think
    thinking:think won:win
    wound:wind fell:fall found:find/found saw:see/saw leaves:leaf/leave lives:life/live wives:wife
    shelves:shelf halves:half calves:calf thieves:thief loaves:loaf selves:self hooves:hoof
    scarves:scarf bases:base/basis axes:axe/axis diagnoses:diagnosis/diagnose lenses:lens
    analyses:analysis/analyse crossroads:crossroad kilometres:kilometre protesters:protester
    protestors:protestor trod:tread trodden:tread worse:bad worst:bad
    better:good/well best:good/well further:far farther:far furthest:far
    eldest:old bacteria:bacterium spun:spin sank:sink
    led:lead fled:flee wept:weep swept:sweep crept:creep slain:slay slew:slay bade:bid
    clung:cling flung:fling hung:hang overthrew:overthrow overran:overrun rerun:rerun
    reran:rerun stadia:stadium memoranda:memorandum referenda:referendum sued:sue suing:sue
    hotter:hot bigger:big cooler:cool closer:close
    skies:sky/ski dyed:dye dyeing:dye lying:lie dying:die tying:tie vying:vie denied:deny
    relied:rely outfought:outfight withdrew:withdraw withdrawn:withdraw interwove:interweave
    """)
    )
}
# Words that only look like inflections of another.
OWN = listed(
    """
    news us politics economics physics ethics mathematics athletics logistics tennis series
    species corps customs iris lens bias gas bus chaos debris christmas texas kansas hamas reuters
    wales naples athens cyprus brussels mars paris laos alps andes maldives philippines
    netherlands honduras
    banking housing building training clothing wedding evening morning ceiling lighting marketing
    engineering accounting mining shipping shopping nursing catering plumbing rating king spring
    string wing ring thing nothing something anything everything during being sibling sterling
    darling pudding herring beijing
    red hundred need speed seed feed bleed indeed sacred naked wicked hatred kindred infrared shed
    bed wed weed deed creed breed greed exceed proceed succeed
    sad bare bloke cola cal intake gemini hippo maria magi lan spade span slang opera regalia sepia
    overlay outlay trivia spat swank terra viscera wan media los morals vegas ben bespoke
    currie staid gan hasta solo prepaid
    interest forest harvest honest modest earnest request conquest protest tempest
    latter matter former super under over goods
    propeller gamer ranker tanner creamer idler trimmer
    leveller banner dinner dice
    peters sanders rogers stevens edwards jacobs matthews daniels richards myers yates bates reeves
    francis
    """
)
# Asked for like this, they mean this: not "arm" or "good".
ASKED = listed(
    "arms goods means savings earnings thanks works glasses headquarters proceedings left may "
    "united"
)
