"""What the first screen stops, what it lets through, and what it says of a broken rule file."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rule_table import ScreenError
from bot.screen import Alarm, Screen, plain_words

RULES = Path(__file__).parent.parent / "bot" / "red_flags.toml"
SCREEN = Screen.load(RULES)

MUST_FIRE: dict[str, list[str]] = {
    "RF-01": [
        "Thermometer says 38.4 and my second cycle was Friday",
        "im shivvering under three blankets, had my keemo on monday",
        "My mum's had docetaxel and she's running a temperature of 37,9",
        "is shivering after chemo a sign of recurrence?",
        "No fever but I feel awful after chemo",
        "101.3 and I'm on chemo, do I wait till morning",
        "39C, having immunotherapy",
        "second cycle, 102 F",
        "Sorry to bother you, I know you mostly answer about cancer returning and I do have a "
        "question on that, but since last night I've had the shakes, my husband put two duvets on "
        "me and I still can't get warm, I finished treatment number four on Tuesday. Is it back?",
        "could this be sepsis",
        "my husband is nutropenic and his tempreture has shot up",
        "took paracetamol and the fever's gone, chemo was last week, am I ok?",
        "temp down at 35.2 and I feel rotten",
        "i think my wound is infected",
        "shaking uncontrollably since my chemo on Friday",
        "he's boiling to touch and in bed",
        "came over all shivery at the shops",
        "docetaxel on Monday and I'm hot and shaky",
    ],
    "RF-02": [
        "can't breathe since last night, is that the cancer back?",
        "i cant breth propply",
        "My wife is really struggling for breath on the stairs",
        "tight feeling across my chest since lunch",
        "dad says there's a crushing pain in his chest",
        "he's brought up blood when coughing",
        "sharp stab in my side every time I breathe in",
        "I wanted to ask why cancers return because mine has, well I think so, I've been short of "
        "breath for two days and now my heart is racing just sitting here, could it be in my lungs",
        "her lips look blue",
        "new cough since I started pembrolizumab",
        "They think I've got a PE, I'm breathless",
        "she can't finish a sentence",
        "my fingernails have gone purple",
        "his sats are 86",
        "no puedo respirar",
    ],
    "RF-01-now": [
        "the rash does not fade when I press a glass on it",
        "her legs have gone blotchy and she had chemo",
        "temperature of 38.9 and now he's all muddled",
        "shivering, and my lips look grey",
        "she has gone grey and mottled since the chemo",
    ],
    "RF-03-now": [
        "I can't feel my feet and I've wet the bed",
        "My dad has prostate cancer and he can't walk since this morning",
        "numb round my saddle area",
        "lost control of my bowels twice",
        "my legs have stopped working",
        "I can't tell when I'm going on the toilet, no control at all",
    ],
    "RF-16-now": [
        "he fell in the shower and now he is drowsy",
        "hit my head and I'm seeing double",
        "clear fluid from her ear since she fell",
    ],
    "RF-16-thinners": [
        "banged my head and I'm on apixaban",
        "mum is on blod thinners and she fell in the garden",
        "a nasty bump on the forehead after she tripped, on warfarin",
        "hit his head on the bath, low platelets",
    ],
    "RF-03": [
        "both legs feel like jelly and I keep stumbling",
        "back pain worse when I cough",
        "new pain in my lower back, worse at night, is it in my bones",
        "its like a tight band round my ribs",
        "i had breast cancer in 2019 and all was well, now my back hurts when I lie down and my "
        "legs have gone weak, I suppose I want to know whether that means it has come back",
        "mum's legs keep giving way",
        "what are the signs of mscc? my legs are numb",
        "her legs just crumpled in the hall",
        "my foot keeps dragging",
    ],
    "RF-04": [
        "my face is all puffed up and my neck's swollen",
        "her face has gone really swollen and she can't do her collar up",
        "veins bulging on my chest",
        "swollen face since Tuesday, I have lung cancer",
        "My collars feel tight and I get dizzy bending over",
        "my husbands neck is swolen and hes hoarse",
        "I keep waking with a puffy face, the veins on my neck are standing out and I get a "
        "headache when I bend down, I was going to ask at my scan in three weeks",
        "her face has ballooned",
        "can't do his collar",
    ],
    "RF-05": [
        "My brother is having a siezure",
        "my wife doesn't know what day it is",
        "he went grey and couldn't tell me his name",
        "half her face is drooping",
        "Dad's words are slurred and he can't lift his left arm",
        "think my nan had a mini stroke",
        "my wife suddenly doesn't know where she is",
        "worst headache I've ever had, it came on in a second",
        "headaches getting worse and I'm being sick every morning",
        "I've gone blind in my right eye",
        "he's very confused since lunchtime",
        "She's been fine since her treatment ended, then this evening she started talking "
        "gibberish and one side of her mouth slipped, is that the tumour growing again?",
        "i'm seeing double",
        "had a stroke last year and now my arm has gone numb on one side",
        "his mouth is crooked",
        "she can't find any words",
        "he's hallucinating since last night",
        "I'm staggering about like a drunk",
    ],
    "RF-06": [
        "the bleeding just won't stop",
        "nose bleed for half an hour, on chemo",
        "My poo is black like tar",
        "he's vomiting blood",
        "theres blood in my wee",
        "dad threw up something like coffee grounds",
        "I have bruises all over and I've not knocked myself",
        "bleading from my bottom, is that the bowel cancer again",
        "I've been in remission three years so I may be fretting over nothing, but there has been "
        "blood in the toilet bowl every time this week and today there were clots",
        "my operation scar has burst open",
        "tiny red spots all over my shins, red spots everywhere",
        "soaked through two towels",
        "he spat out bright red blood",
        "my nose is going like a tap",
    ],
    "RF-07": [
        "my throat feels like it's closing",
        "tongue is swelling after the new antibiotic",
        "He's covered in hives",
        "her lips have swollen up",
        "i think its an alergic reaction to the drip",
        "just used my EpiPen",
        "I'm itching and flushed an hour after my infusion",
        "My mother had her first infusion this afternoon and on the way home she came out in a "
        "rash all over, her voice is odd, should we wait?",
        "swollen up since the antibiotic",
        "covered in itchy lumps",
    ],
    "RF-08": [
        "my left calf is swollen and sore",
        "one leg is twice the size, bigger than the other",
        "I think I have a blood clott",
        "mum has a red hot painful leg",
        "arm's swollen and throbbing where the picc is",
        "could I have a DVT?",
        "I flew home on Sunday after my check up, all clear they said, but since then there is a "
        "cramp in my calf that will not go, does that mean anything about it coming back",
        "his thigh is twice as thick as the other",
        "my boot won't zip on one side",
    ],
    "RF-09": [
        "always thirsty and weeing all day long",
        "dad is thirsty and muddled",
        "they rang to say my calcium is too high",
        "hypercalcemia, what do I do",
        "constipated for a week and getting very sleepy, it's in my bones",
        "My wife has bone mets, drinking gallons, she's weak and vague",
        "i cant stop drinking and im so confused",
        "parched and sleeping all afternoon, it's in her bones",
    ],
    "RF-10": [
        "haven't passed wind for two days and my stomach is rock hard",
        "stoma hasn't worked since yesterday",
        "being sick and it smells of poo, it tastes like poo",
        "severe tummy pain that comes in waves",
        "mum's belly is really swollen and she's throwing up",
        "is my bowel blocked? constipated and vomiting",
        "Ovarian cancer 2021. I haven't been to the toilet since Thursday, I feel full and now I "
        "am vomiting green stuff. I hoped it was a bug",
        "tearing pain right across my tummy",
        "stoma bag has been flat and empty all day",
    ],
    "RF-11": [
        "can't keep even water down",
        "vomiting every hour since my chemo",
        "diarrhoea ten times today",
        "loose motions since starting Keytruda",
        "my son hasn't drunk anything since yesterday",
        "diahrea all night on imunotherapy",
        "My husband is on his third cycle, the anti-sickness tablets are not working and he's "
        "brought up everything for a whole day, he says don't fuss",
        "mouth ulcers so bad I can't swallow",
        "imodium isn't helping at all",
        "water comes straight out again",
    ],
    "RF-12": [
        "I can't pee",
        "not passed any water since yesterday",
        "cant wee at all and bursting",
        "dad's catheter is blocked",
        "nephrostomy bag empty, nephrostomy has stopped",
        "there's nothing coming out when I try to go",
        "He had his prostate done years ago. Since this morning he has been bursting but he can "
        "only dribble, and he's in agony, is it growing again",
        "i havent been able to pass urine all day",
        "I have not peed since breakfast",
        "her nappies are dry",
    ],
    "RF-13": [
        "my eyes have gone yellow",
        "Husband turned yellow and is shaking",
        "jondice again after my stent",
        "the bile duct stent is playing up",
        "dark wee and pale poo",
        "could my stent be blocked, I'm shivery",
        "I had a Whipple two years back, and my daughter says my skin looks yellow, I'm itching "
        "all over too. Is that it back?",
        "his skin is a funny orange",
    ],
    "RF-14": [
        "muscle cramps since my first chemo",
        "told I might have tumor lysis",
        "tingling lips and fingers after chemo",
        "hardly weeing since I started venetoclax",
        "his heart is fluttering since treatment started, first dose on Monday, heart fluttering",
        "twitching and weak all over after my first dose",
        "My son began treatment for lymphoma on Wednesday, he's got terrible cramps since his "
        "first dose and he can't drink what they told him",
        "legs cramping and he started his chemo on Sunday",
    ],
    "RF-15": [
        "the chemo leaked into my hand",
        "my picc line is red and sore",
        "port site hot and swollen, my port is hot",
        "blister where the cannula was",
        "Mum's Hickman line has come out",
        "shivering after they flushed the line",
        "skin is peeling on my arm where the drip was",
        "pus around my portacath",
        "I'm home from the unit and my arm is burning where the chemo went in, it looks like a "
        "scald, they'd gone home when I rang",
        "the hickman is dangling",
        "the needle hole has blistered",
    ],
    "RF-16": [
        "banged my head and I'm on apixaban",
        "My gran's fallen and can't get up",
        "hit his head on the bath, low platelets",
        "I fell down the stairs",
        "knocked out for a minute when I slipped",
        "mum is on blod thinners and she fell in the garden",
        "Dad tripped this morning. He seemed all right, so we left it, but he takes warfarin and "
        "now he's sleepy and has a headache",
        "a nasty bump on the forehead after she tripped, on warfarin",
        "tumbled backwards on the patio",
    ],
    "RF-17": [
        "I've taken too many of my tablets",
        "gave mum her morphine twice",
        "does gin make zopiclone work? I've had 18 so far",
        "my toddler ate my tablets",
        "overdosed on paracetemol",
        "I forgot to take the old patch off and I'm drowsy",
        "He's very sleepy after the oramorph and his breathing is slow",
        "I was so muddled this morning with all the boxes that I took the wrong tablets, they "
        "were my wife's heart ones, does it matter",
        "gave her the wrong insulin by mistake",
        "took them all at once, the whole week",
    ],
    "RF-17-cancer": [
        "took a double dose of capecitabine",
        "I've had two lots of tamoxifen this morning, forgot I'd taken it",
        "gave him the wrong chemo tablets",
        "the wrong dose of capecitabine was in the box and he ate it",
        "capecitabine twice this morning, both of us forgot",
        "my chemo capsules, I swallowed both doses at once",
    ],
    "RF-18": [
        "she won't wake up",
        "Dad's collapsed",
        "hes not breathing",
        "I can't wake my husband",
        "found him unconcious",
        "my baby has gone floppy",
        "I passed out in the shower",
        "He has been dozing a lot since the scan said it had returned but now he is cold and "
        "clammy and won't answer me at all, what do I do",
        "he's gone blue",
        "grandad keeled over",
        "my brother has been asleep for 20 hours",
        "his eyes are not opening",
        "she can't open her eyes",
        "dad is ashen and clammy",
    ],
    "RF-19-now": [
        "I've taken an overdose",
        "the tablets are all laid out in front of me",
        "I've been stashing my morphine",
        "I'm standing on the bridge",
        "she's cutting herself",
        "i am going to kill myself tonight",
        "I can't keep myself safe",
        "My scan showed it is back and I am done with all this, I have a plan and I want to die",
        "he has emptied all his packets",
        "she has lined up all the tablets",
        "dad has taken his gun into the yard",
        "my glock is in my lap",
        "he sits with the shotgun across his knees",
        "I found him with a rifle",
        "my brother texted 'sorry for everything, look after the kids' and isn't picking up",
        "my sister messaged goodbye and now her phone is off",
        "lined up on the bedside table in rows of ten, every one the hospice gave me",
        "I've laid them all out on the kitchen table, the pills",
    ],
    "RF-20": [
        "pain is unbearable, my tablets aren't touching the pain",
        "can't keep my hydrocortisone down, vomiting my steroids",
        "missed my steroids and I feel faint",
        "my skin is blistering and peeling off",
        "rib snapped just turning over in bed",
        "my nephew has chickenpox and I'm on chemo and hugged him, been with chickenpox",
        "blood sugar is sky high on dexamethasone",
        "She's on hospice care, the morphine isn't holding the pain any more and she's crying out",
        "crying with the pain",
    ],
    "RF-19": [
        "I don't want to be alive any more, I want to die",
        "sucidal thoughts since the scan",
        "how many of my morphine tablets would it take",
        "what dose of morphine is fatal, asking for a friend",
        "what would happen if I just stopped eating and drinking",
        "I want to be put to sleep like a dog",
        "I have written the letters and found a home for the cat",
        "my husband says he wants to end it all",
        "they'd be better off without me",
        "i wanna kms",
        "kms if they put me on the drip again",
        "is there a clean way to end it, for the insurance",
        "the bad thoughts have come back this week",
        "can't do this any more, tell my girls I love them",
        "I can't take it anymore. Goodbye.",
        "what's the point of living like this",
        "If it's returned I will end my life",
        "wish I'd never woken up",
        "I read all your answers about why it returns and honestly it only makes me think there is "
        "no point in carrying on, I am just a burden to everyone, don't tell my daughter",
        "I'm scared I'll hurt myself",
        "I'd sooner not be alive",
        "tired of living",
        "nobody would even notice",
        "ich will nicht mehr leben",
        "she says we'd manage fine without her and she'd be happier without me",
    ],
}

MUST_NOT_FIRE: dict[str, list[str]] = {
    "recurrence": [
        "why does cancer come back?",
        "am I going to die?",
        "is my mum going to die",
        "I'm scared it's back",
        "do cancer cells kill you",
        "what kills cancer stem cells",
        "my chemo failed",
        "I had chemo and now it's back",
        "I'm tired all the time, is it back?",
        "what does recurrence mean",
        "Can a tumour come back in the same place after radiotherapy?",
        "how do cells survive chemo",
        "does chemotherapy kill stem cells too",
        "My oncologist said my cancer recurred and I don't understand the word",
        "are cancer stem cells resistant to treatment",
        "what wakes dormant cells up",
        "I was told they got it all, so how can it return",
        "is it my fault it came back",
        "Does it grow back faster the second time?",
        "how long can cells hide in the body",
        "the tumour is not responding to chemo",
        "my cancer stopped responding to the drug",
        "it came back in my chest wall",
        "It's in my spine now, why did it spread there?",
        "it's come back in my back",
        "could one single cell start it again",
        "my blood test shows the marker has gone up to 38.5",
        "why did it come back in my lungs and not my breast",
        "is it possible the surgeon missed some",
        "Do stem cells attack or invade other organs?",
        "I'm 38 and on chemo, does age matter?",
        "I had 12 cycles of chemo, why wasn't that enough?",
        "what is the 5 year survival rate",
        "how many people die of this",
        "what can I do to stop it coming back",
    ],
    "history": [
        "I had a bleed in March",
        "I had sepsis last year",
        "I had a clot in 2019",
        "My dad had a stroke three years ago and now cancer, are they linked?",
        "In 2020 I had a seizure, does that make relapse likelier",
        "I had a PE in 2019, can I still have surgery",
        "my sister died of sepsis in 2018",
        "she had a fit when I was a child",
        "I had a DVT two years ago during my first chemo",
        "I had a bowel obstruction last summer and recovered well",
        "history of blood clots, does it change my chances",
        "He had a heart attack ten years ago",
    ],
    "information": [
        "what is sepsis?",
        "what is neutropenia?",
        "whats a seizure",
        "What are the symptoms of deep vein thrombosis?",
        "what does tumour lysis mean",
        "explain spinal cord compression",
        "how common is sepsis",
        "Is jaundice contagious?",
        "can you overdose on paracetamol",
        "do compression stockings work?",
        "how is a pulmonary embolism treated",
        "does fever kill cancer cells",
        "flu jab during chemo ok?",
        "what are the risks of a stroke from hormone tablets",
        "is assisted dying legal",
        "how many morphine tablets does he take a day",
        "what dose of tamoxifen do people take",
        "he stopped eating meat and drinking wine",
        "is cancer always fatal",
        "suicide gene therapy, is that real?",
        "what is a blood count",
        "do breathing exercises help with stress",
        "should I eat high calcium foods",
    ],
    "sayings": [
        "pain in the neck, this paperwork",
        "is thrombosis with two s",
        "why is it called an embolism, it sounds like a flower",
        "a heart attack of joy when they said all clear",
        "my heart skipped a beat when she walked down the aisle",
        "how is anaphylaxis spelt, and how do I pronounce embolism",
        "a blob off the glue gun burnt my finger",
        "my shotgun licence came in the post",
        "is there a gun club near the hospital",
        "your leaflets are laid out on the kitchen table",
        "I planted them in rows of ten, the onions",
        "shaking like a leaf waiting for Monday",
        "trembling like a leaf before my scan",
        "I nearly had a fit when I saw the bill",
        "it sends shivers down my spine",
        "I just need to get it off my chest",
        "the view took my breath away",
        "squashed in the lift, I couldn't breathe lol",
        "I can't get her face out of my mind",
        "don't know who I'm meant to be without my hair",
        "I can't do this any more, the zip on this case is past it",
        "a quick way to end the call",
        "overdosed on mince pies and it's only November",
        "you hit the nail on the head",
        "I'm dying to know what you think",
        "dying of embarrassment asking this",
        "she'd kill for a cup of tea",
        "a stroke of luck that they found it",
        "I can't stand it when people say battle",
        "bloody hell, again?",
        "my blood is boiling about the wait",
        "cell suicide, what is that",
        "I was stabbed in the back by my employer",
        "sick and tired of scans",
        "it runs in the family",
        "thirst for knowledge",
        "we went line dancing",
        "I've got cabin fever",
        "hay fever is bad this year",
        "so confused by this leaflet",
        "lost for words",
        "that's cutting edge, or is it bleeding edge",
        "too much information on the internet",
        "my marriage is collapsing",
        "weak at the knees when he rang",
        "it's a burning question of mine",
        "break a leg, they said before my scan",
        "wetting myself laughing at your joke",
        "I need a wee bit more detail",
        "my gut feeling says it is back",
    ],
    "distress": [
        "I'm so scared",
        "I can't cope",
        "I've been crying since the phone call",
        "I feel so alone with it",
        "nobody understands",
        "I don't want to die",
        "I'm scared of dying",
        "my dad died in May",
        "he wants to stop chemo",
        "mum wants to die at home",
        "I feel terrible that my friend didn't make it",
        "my world just ended",
        "my heart is broken",
        "every ache sends me into a panic",
        "I'm numb with grief",
        "paralysed with fear before the scan",
    ],
    "widened signs": [
        "my laptop has had a stroke",
        "you had me choking on my biscuit",
        "their chatter is bleeding me dry",
        "my heart stopped when I opened the envelope",
        "is overdose a noun",
        "we saw a play about suicide",
        "hot flushes since my last chemo",
        "the phone has given up the will to live",
        "I have no control over any of this",
        "who would care for mum while I am in hospital",
        "going to join my sister by the sea",
        "what is a bile drain",
    ],
    "nothing": [
        "",
        " ",
        "?",
        "hello",
        "thank you so much",
        "🙂",
        "ok",
        "q",
        "привет",
        "999 questions",
    ],
}


def _ids(cases: dict[str, list[str]]) -> list[object]:
    return [
        pytest.param(name, text, id=f"{name}: {text[:50]}")
        for name, texts in cases.items()
        for text in texts
    ]


@pytest.mark.parametrize(("group", "message"), _ids(MUST_FIRE))
def test_a_message_that_cannot_wait_is_noticed(group: str, message: str) -> None:
    alarm = SCREEN(message)
    assert alarm is not None
    assert alarm.kind == ("suicidal" if group == "RF-19" else "urgent")
    assert group in {found.group for found in SCREEN.all_alarms(message)}


@pytest.mark.parametrize(("sort", "message"), _ids(MUST_NOT_FIRE))
def test_a_message_that_can_wait_goes_through(sort: str, message: str) -> None:
    assert SCREEN(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "Bloody hell, I can't breathe",
        "what is sepsis? my temperature is 39",
        "I had sepsis last year and I'm shivering again",
        "I had chemo last month and now I have a fever",
        "it sends shivers down my spine to write this but I'm coughing up blood",
        "my dad had a stroke last year and now his face has dropped",
        "the cancer is back, I want to die",
        "dad has cancer and won't wake up",
        "my face is swollen and I can't stop crying",
        "lymphoedema in my left arm and now the right leg is swollen",
        "no periods for years and now I'm bleeding",
        "I'm not suicidal but I want to die",
        "I nearly had a fit about it, then my husband had a seizure",
        "he has cancer and has swallowed all his tablets",
        "my dad died of sepsis and now I've got the shivers after chemo",
    ],
)
def test_one_real_sign_beside_a_saying_or_an_old_story_counts(message: str) -> None:
    assert SCREEN(message) is not None


@pytest.mark.parametrize(
    "message",
    [
        "I want to talk about suicide",
        "I'll hang myself with this rope",
        "is he having a seizure or a fit",
        "his heart stopped when he stood up",
        "she fell out of bed",
        "I'm worried that the baby doesn't wake",
    ],
)
def test_a_saying_does_not_hide_what_only_looks_like_it(message: str) -> None:
    assert SCREEN(message) is not None


@pytest.mark.parametrize(
    "message",
    [
        "I had chest pain an hour ago",
        "mum had a stroke after lunch",
        "he had a seizure when he got up",
        "she had a fit two days ago",
        "I got a fever after my first chemo",
        "it hasn't stopped bleeding",
    ],
)
def test_what_has_just_happened_is_not_history(message: str) -> None:
    assert SCREEN(message) is not None


@pytest.mark.parametrize(
    "message",
    [
        "how do I help someone having a seizure",
        "what happens after an overdose of paracetamol",
        "how many tablets would it take to kill me",
        "what is the best way to commit suicide",
        "does chemo cause chest pain?",
        "is blood in urine a sign of bladder cancer coming back?",
    ],
)
def test_a_sign_dressed_as_a_question_counts(message: str) -> None:
    assert SCREEN(message) is not None


@pytest.mark.parametrize(
    "message",
    [
        "I can't breathe",
        "I can’t breathe",
        "I can´t breathe",
        "i can t breathe",
        "I CANNOT BREATHE!!!",
        "I can\nnot\tbreathe",
        "Can't... breathe...",
        "i cantbreathe",
        "I cán't brèathe",
        "Ｉ ｃａｎｔ ｂｒｅａｔｈｅ",
        "can\u200b't brea\u00adthe",
        "😰can't😰breathe😰",
    ],
)
def test_the_way_it_is_typed_does_not_matter(message: str) -> None:
    alarm = SCREEN(message)
    assert alarm is not None
    assert alarm.group == "RF-02"


@pytest.mark.parametrize(
    "message",
    ["unconcious", "bledding", "siezure", "vomitting blood", "sucidal", "diorhea 9 times"],
)
def test_a_slip_of_the_keys_does_not_matter(message: str) -> None:
    assert SCREEN(message) is not None


@pytest.mark.parametrize("message", ["spelling", "injection", "dropping", "tables", "breeding"])
def test_a_real_word_is_not_taken_for_a_slip(message: str) -> None:
    assert SCREEN.spelling.mend([message]) == f"{message} "


@pytest.mark.parametrize(
    "message", ["999", "911 please", "ambulance", "I need an ambulance", "call 112", "emergency!!"]
)
def test_a_bare_call_for_help_is_noticed(message: str) -> None:
    alarm = SCREEN(message)
    assert alarm is not None
    assert (alarm.kind, alarm.group) == ("urgent", "call")


@pytest.mark.parametrize(
    ("message", "story"),
    [
        ("nine years ago he tried to end his life and he is a happy man now", True),
        ("back in 2014 my calcium went sky high, the kids still laugh", True),
        ("he tried to end his life last night", False),
        ("we are giving a talk on first aid for choking", True),
        ("my first aid course was in May and now he is choking", True),
        ("my first aid course was in May. Now he is choking", False),
        ("Grandad collapsed at the barbecue last summer", True),
        ("I fell down the stairs at Easter, all mended by Whitsun", True),
        ("a leaflet came. Since the first dose I've crushing pain in my chest", False),
        ("I had cancer in 2019. There is crushing pain in my chest.", False),
    ],
)
def test_an_alarm_tells_whether_it_may_be_a_story(message: str, story: bool) -> None:
    alarm = SCREEN(message)
    assert alarm is not None
    assert alarm.story is story


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("I want to die", "suicidal"),
        ("I want to die and I have the tablets ready", "urgent"),
        ("I want to die and I can't breathe", "urgent"),
        ("my husband says he wants to kill himself", "suicidal"),
        ("my husband says he will kill himself tonight", "urgent"),
    ],
)
def test_what_cannot_wait_comes_before_suicidal_thoughts(message: str, kind: str) -> None:
    alarm = SCREEN(message)
    assert alarm is not None
    assert alarm.kind == kind


def test_suicidal_thoughts_are_not_lost_behind_what_cannot_wait() -> None:
    kinds = [alarm.kind for alarm in SCREEN.all_alarms("I can't breathe and I want to die")]
    assert kinds == ["urgent", "suicidal"]


def test_the_most_pressing_group_is_reported() -> None:
    alarm = SCREEN("He's got a fever, he's yellow, and now he won't wake up")
    assert alarm == Alarm("urgent", "RF-18", "wont wake up")


@pytest.mark.parametrize(
    ("message", "group"),
    [
        ("back pain worse when I cough", "RF-03"),
        ("it hurts in my ribs when I cough", "RF-02"),
        ("my back aches and I lost control of my bladder", "RF-03-now"),
        ("fell over, on warfarin", "RF-16-thinners"),
        ("clear fluid from her ear since she fell, on warfarin", "RF-16-now"),
        ("I fell down the stairs", "RF-16"),
        ("shivering after chemo", "RF-01"),
        ("shivering after chemo, skin blotchy", "RF-01-now"),
        ("took 30 paracetamol", "RF-17"),
        ("my daughter swallowed my tamoxifen", "RF-17"),
        ("standing on the balcony, it's the eighth floor", "RF-19-now"),
        ("it's all sorted, when they're asleep", "RF-19-now"),
        ("not turning the wheel next time", "RF-19-now"),
        ("I'll drive the car off the bridge", "RF-19-now"),
        ("i just want to sleep and not wake up", "RF-19"),
        ("wish I could go to bed and never wake up", "RF-19"),
        ("I want her to sleep but she won't wake up", "RF-18"),
        ("I want someone to help, he is not waking up", "RF-18"),
    ],
)
def test_the_route_is_the_one_of_the_gravest_sign(message: str, group: str) -> None:
    alarm = SCREEN(message)
    assert alarm is not None
    assert alarm.group == group


@pytest.mark.parametrize(
    "message",
    [
        "took two paracetamol for my knee",
        "I took ten weeks of tablets",
        "took 10 mg of morphine as I was told",
        "I have taken 12 tablets a day for years",
        "I take capecitabine twice a day",
        "is it wrong to take tamoxifen with food",
        "we could drive it into town next time",
        "having my tea out on the balcony, 8th floor, lovely view",
        "why wont the cells turn this time",
        "I've asked twice about letrozole",
        "is tamoxifen too much for her at 84",
        "had my second chemo last week",
        "had 12 so far, sessions of rads, and the tablets",
        "I don't know what day it's on, my scan",
        "do the cells ever commit suicide",
    ],
)
def test_what_is_taken_as_it_should_be_is_no_sign(message: str) -> None:
    assert SCREEN(message) is None


def test_every_group_of_the_rules_has_a_message_here() -> None:
    assert {group.id for group in SCREEN.groups} == MUST_FIRE.keys()


def test_plain_words_keep_the_point_of_a_number() -> None:
    assert plain_words("Temp: 38,6°C. It's HIGH.") == ["temp", "38.6", "c", "its", "high"]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "cant ",
        "I had a bleed ",
        "what is ",
        "38.",
        "blood in my pain ",
        "🙂",
        "\n",
        "want to ",
    ],
)
def test_twenty_thousand_characters_are_answered(piece: str) -> None:
    long = (piece * 20_000)[:20_000]
    SCREEN(long)
    assert SCREEN(f"{long} my chest hurts and I can't breathe") is not None


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_text_raises(message: str) -> None:
    assert SCREEN(message) is None or isinstance(SCREEN(message), Alarm)


@given(st.lists(st.sampled_from(sorted({w for ws in MUST_FIRE.values() for w in ws})), max_size=3))
@settings(max_examples=50, deadline=None)
def test_messages_put_together_stop_for_what_each_stops_for(messages: list[str]) -> None:
    assert bool(SCREEN(" ".join(messages))) == bool(messages)


# --- the rule file ----------------------------------------------------------------------

TOP = """
present = ["now"]
long_ago = ["years ago"]
going_on = ["now"]
perhaps_over = ["last summer"]
told_about = ["a film"]
whole_message = ["help"]
not_signs = ["what is <thing>"]
[spelling]
near = ["shivering"]
leave = ["silvery"]
[spelling.known]
cant = ["carnt"]
[words]
thing = ["sepsis", "a clot"]
"""
GROUP = """
[[group]]
id = "RF-01"
name = "Infection"
kind = "urgent"
signs = ["shiver*", "<thing>"]
not_signs = ["shiver* with delight"]
[[group.together]]
signs = ["hot"]
with = ["chemo"]
"""


def _load(folder: Path, text: str) -> Screen:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return Screen.load(path)


def test_a_small_rule_file_works(tmp_path: Path) -> None:
    screen = _load(tmp_path, TOP + GROUP)
    assert screen("I keep shiverring") == Alarm("urgent", "RF-01", "shivering")
    assert screen("hot, on chemo") == Alarm("urgent", "RF-01", "hot ... chemo")
    assert screen("help") == Alarm("urgent", "call", "help")
    assert screen("what is sepsis") is None
    assert screen("shivering with delight") is None
    assert screen("a hot topic") is None


@pytest.mark.parametrize(
    ("pattern", "fires", "does_not"),
    [
        ("red leg", "my red leg", "red left leg"),
        ("red ... leg", "red and very very sore leg", "red a b c d e leg"),
        ("(red|hot and sore) leg", "hot and sore leg", "hot leg"),
        ("red hot? leg", "red leg", "red cold leg"),
        ("red (and hot)? leg", "red and hot leg", "red and leg"),
        ("swell*", "it swells", "well"),
        ("38.*", "38.6", "386"),
        ("<thing>", "a clot", "a clod"),
    ],
)
def test_the_pattern_language(tmp_path: Path, pattern: str, fires: str, does_not: str) -> None:
    rules = GROUP.replace('"shiver*", "<thing>"', f'"{pattern}"')
    screen = _load(tmp_path, TOP.replace("what is <thing>", "unused") + rules)
    assert screen(fires) is not None
    assert screen(does_not) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Infection"', "", "'name' is missing"),
        ('name = "Infection"', 'name = " "', "'name' has to be a text"),
        ('name = "Infection"', "name = 3", "'name' has to be a text"),
        ('kind = "urgent"', 'kind = "soon"', "'kind' is 'soon'"),
        ('signs = ["shiver*", "<thing>"]', "", "'signs' is missing"),
        ('signs = ["shiver*", "<thing>"]', "signs = []", "'signs' has to be a list"),
        ('signs = ["shiver*", "<thing>"]', 'signs = ["a", ""]', "'signs' holds"),
        ('signs = ["shiver*", "<thing>"]', "signs = [1]", "'signs' holds"),
        ('name = "Infection"', 'name = "Infection"\nurgency = 1', "'urgency' is unknown"),
        ('not_signs = ["shiver* with delight"]', "not_signs = []", "'not_signs' has to be a list"),
        ('with = ["chemo"]', "", "'with' is missing"),
        ('with = ["chemo"]', 'with = ["chemo"]\nnear = 4', "'near' is unknown"),
        ("shiver* with", "(shiver", "a bracket is not closed"),
        ("shiver* with", "shiver) with", "closes a bracket"),
        ("shiver* with", "(shiver|) with", "is empty"),
        ("shiver* with", "s* with", "two letters before its star"),
        ("shiver* with", "... with", "a first word"),
        ("shiver* with delight", "shiver? with?", "a first word"),
        ("shiver* with", "Shiver with", "not part of the pattern language"),
        ("shiver* with", "<nothing> with", "no list <nothing>"),
    ],
)
def test_a_broken_group_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ScreenError) as error:
        _load(tmp_path, TOP + GROUP.replace(old, new))
    assert "rules.toml: group RF-01: " in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'going_on' is missing"),
        ("not toml", "cannot be read"),
        (TOP, "'group' is missing"),
        (TOP.replace("[spelling]", "spare = 1\n[spelling]") + GROUP, "'spare' is unknown"),
        (TOP.replace('near = ["shivering"]', "") + GROUP, "spelling: the field 'near' is missing"),
        (TOP.replace('["carnt"]', "[]") + GROUP, "spelling.known: the field 'cant'"),
        (TOP.replace('["sepsis", "a clot"]', '["<other>"]') + GROUP, "words: the field 'thing'"),
        (TOP.replace("what is", "what is (") + GROUP, "'not_signs'"),
        ("group = 1\n" + TOP, "'group' has to hold"),
        (TOP + GROUP.replace('id = "RF-01"', ""), "group without an id: the field 'id' is missing"),
        (TOP + GROUP + GROUP, "group RF-01: the id stands there twice"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScreenError) as error:
        _load(tmp_path, text)
    assert "rules.toml" in str(error.value)
    assert said in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScreenError, match=r"nowhere\.toml: cannot be read"):
        Screen.load(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    "message",
    [
        "In 2014 I had sepsis and a fortnight of drips. Why do some cells come through?",
        "My gran had a fit twenty years ago. What is a relapse?",
        "back in the day he overdosed, and he was fine. Can cells hide?",
    ],
)
def test_a_story_that_is_long_over_is_no_sign(message: str) -> None:
    assert SCREEN(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "In 2014 I had sepsis. Now I am shivering after chemo",
        "I had breast cancer ten years ago. I cant feel my legs",
        "treated in 2019, still on chemo and shivering",
    ],
)
def test_what_goes_on_beside_an_old_story_is_a_sign(message: str) -> None:
    assert SCREEN(message) is not None
