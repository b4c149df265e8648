"""What names a person of a case is seen before it is saved; what JAGs write every month is let through."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.near import folded
from models.personal import Seen, names_a_person
from models.personal.identifiers import checks

OURS = frozenset(
    folded(name.strip())
    for name in """
    Grovehill; Hemel Hempstead; Hightown Housing Association; Hightown; West Herts College; Dacorum; Dacorum Borough Council; Tring;
    Berkhamsted; Adeyfield East; St John's; Highfield; Watling; Bennetts End; Leverstock Green; Woodhall Farm; Fire and Rescue; DENS; CGL;
    Hemel Hempstead Town Centre BID; Trading Standards; Hertfordshire Constabulary; housing-officer; asb-lead; burglary-lead; BeNCH CRC;
    YC Herts; Anti-Social Behaviour and Criminal Damage; Dwelling Burglary; Neighbourhood Watch; Boxmoor""".split(";")
)

INNOCENT = """
Fit alley gates behind 12-20 Marlowes HP1 1AA with Dacorum Borough Council
Fit Alley Gates Behind The Shops, Queensway HP2 5HD
Call the BID on 01442 228000
will call 01442 228000 about the gates
Will call Hightown on 01442 292300 re the grant application
Mark out bays at Water Gardens car park HP1 1EF
mark out the bays in the car park hp1 1ef
Grant application to the PCC, 30 Queensway, by 12 December 2013
PC 1234 to patrol Grovehill shops, HP2 6BL
PC 123 and PCSO 6789 to patrol 4 to 30 Queensway
Operation Mercury: dispersal zone around HP1 1BB and 14 Marlowes
Letter to residents of 4 to 30 Queensway about parking
Ask Hightown Housing Association, HP2 5BS, for CCTV
ask hightown housing association hp2 5bs for cctv
Report by phone: 101, or 999 in an emergency; Crimestoppers 0800 555 111
Victoria Road HP1 1AA: burglaries up 12%
Alexandra Road and Prince Edward Street, HP3 9AB, leaflet drop
Patrol St John's Road, 12 High Street and Victoria Park, HP1 1LF, on Fri 1.11.13
St. Albert's Church hall, 3 Park Road, HP2 4QR, is booked for the meeting
Marlowes Shopping Centre, HP1 1DX, will share its CCTV
Community Safety Team to visit 14 Marlowes and Fire and Rescue to fit alarms
Road Safety Unit: speed survey, 20 London Road, HP3 9ST, w/c 4 Nov
JAG-13-004 and CSAG-13-007 to be closed; see case 1234, ECINS 5567 and case ref 88/13
ECINS 5567: Mr Smith's case to be discussed at CSAG
karen rang: gates fitted fri
Karen Jones of Hightown rang on 12/12/2013: gates fitted
John Smith to update JAG on 01.11.2013 10:00 about case 1234
Sarah Williams will bring the 2013/14 figures to the next JAG, £12,500 spent
Owner: Karen Jones. Due 12/12/13. RAG: amber
Ring West Herts College on 01442 221300 about bikes
Email housing-officer@example.org and the pub at 10 High Street, HP4 1AA
Ask the Neighbourhood Watch (neighbourhood.watch@example.org) for leaflets
Contact Jo Brown at jo.brown@dacorum.gov.uk for the poster
https://www.police.uk/pu/your-area/john-smith?tel=07700900123 has the map
Hope to finish by Christmas, at 14 Marlowes, HP1 1AA
May meeting moved to 12 June 2014, Civic Centre, HP1 1HH
Joy riders on Queensway, HP2: residents ring 01442 867000
Chase contractor on 020 7946 0018 about lighting
Bill the shops at 22-40 The Square, HP2 6BL, for the shutters
frank discussion with the landlord of 12 High Street about noise
ASB Hotspot Patrols: Friday And Saturday Nights, HP1 1AA
Thomas Coram Middle School, HP4 2RP: talk on knives
Rose Garden, Robin Hood pub and Jack's Hill car park, HP2 4QR
CCTV van outside Tesco Express, 3 Wood Lane, HP2 4RL
Dr surgery at 20 Parkwood Drive, HP1 2LD, reports needles
miss the deadline and the 01442 228000 line closes
A41 2nd exit: 3 collisions, 14 days, 2 cars and 12 officers
Closure order for Flat 2, 10 High Street, HP1 3AA (case ref CSAG-13-004)
NHS and West Herts College stall, 11am to 3pm, HP1 1BB
Youth club born in 2013, HP2 6BL, needs volunteers
Fit alley gates\tHousing / SNT\tOngoing\tHP2 5BS\t1.11.13
Dwelling Burglary: smart water to 200 homes, Leverstock Green HP2 4JD
Ask Grovehill and Woodhall Farm wardens to leaflet 1-99 Aycliffe Drive
Drugs talk, John F Kennedy Catholic School, Hollybush Lane, HP1 2PH
3 done, 5 waiting on highways wont be til jan 01442 228000, rest no change
Publicise Crimestoppers and Victim Support, 01707 322000
White van seen at 14 Marlowes; Black Honda in Queensway HP1 1AA
Grace Church, HP1 1AA, and Rose Court HP1 1AA: leaflets in Summer, not in May
Mark the bays, HP1 1AA; Will ring 01442 228000 about them
Ring Hope on 01442 228000 and Kelly & Sons on 01442 228001
The Victoria, St George's Church and Lee Valley, HP1 1AA
ashley green hp5 3pp and victoria park hp1 1aa
CCTV outside Claire's, HP1 1AA
Emma's Kitchen and Harrison Homes, 01442 228000
Stanley knife found in Alexandra Road, HP1 1AA; Clare's Law stall on Friday
PC Lewis on 01442 228000
email karen@dacorum.gov.uk or ring 01442 228000
Christmas lights, Old Town, 75 High Street, HP1 3AF – traders’ own stewards
""".strip().split("\n")

BORN, HOME, CODE, PHONE = "a date of birth", "an address", "a postcode", "a telephone number"
HEALTH, CRIME, CUSTODY, MAIL = "an NHS number", "a crime number", "a custody number", "an e-mail address"
NAMING = [
    ("john smith dob 1/2/90", BORN),
    ("Visit John Smith (d.o.b. 01.02.1990) about noise", BORN),
    ("JOHN SMITH DOB 01-02-90", BORN),
    ("SMITH John, born 1 February 1990", BORN),
    ("Kyle Okoro born on the 3rd of March 2001 seen again", BORN),
    ("John Smith\r\nDate of birth: 1990-02-01", BORN),
    ("John Smith 01/02/1990 to be visited", BORN),
    ("Smith, John (1.2.90)", BORN),
    ("subject dob010290", BORN),
    ("mr smith of 14 marlowes is shouting", HOME),
    ("Mrs O’Neill, 12A St John’s Rd, complains", HOME),
    ("MISS PATEL 14 HIGH STREET", HOME),
    ("Dr. Jones, Flat 2, 10 High Street", HOME),
    ("Rev J Smith at 3 The Avenue", HOME),
    ("Mr & Mrs Begum – 12–14 Queensway", HOME),
    ("Siân Llewellyn\u00a0of\u00a014\u00a0Marlowes", HOME),
    ("José García\t14 Station Road", HOME),
    ("Visit Kelly at 14 Acacia Avenue", HOME),
    ("Jane Smith-Jones aged 14, of 3 High Street", HOME),
    ("kyle at 14 marlowes again", HOME),
    ("Kyle, 3 Church Lane, is on a CBO", HOME),
    ("Szymon Kowalczyk lives at 22 Adeyfield Road", HOME),
    ("Dwayne Obuobi was seen outside 22 Adeyfield Road", HOME),
    ("Zbigniew Brzoza, 7 Wood Lane", HOME),
    ("Emma Wood and her son, 7 Mill Close", HOME),
    ("tenant okafor at 14 high street", HOME),
    ("mark smith 14 marlowes", HOME),
    ("tyler brown\n14\nmarlowes", HOME),
    ("dob: 1st Feb ’90 john smith", BORN),
    ("J. Smith HP1 1AA", CODE),
    ("J Smith hp11aa", CODE),
    ("j smith of hp1 1aa", CODE),
    ("Smith J, HP1 1AA", CODE),
    ("Letter to Priya Patel HP2\u00a05BS", CODE),
    ("\u202bJohn Smith\u202c HP1 1AA", CODE),
    ("*John* *Smith* — HP1 1AA", CODE),
    ("John\tSmith\tHP1 1AA", CODE),
    ("May Jones, HP1 1AA", CODE),
    ("Kelly, HP3 9QX is to be visited", CODE),
    ("at Kelly’s house, HP1 1AA", CODE),
    ("Jan van der Berg HP1 1AA", CODE),
    ("ring john smith on 07700 900123", PHONE),
    ("Ring Kelly on 07700 900123", PHONE),
    ("ring kelly on 07700 900123", PHONE),
    ("Kelly aged 15 from 07700900123", PHONE),
    ("Kelly's mum 07700900123 rang", PHONE),
    ("Harry's mum 07700900123 rang", PHONE),
    ("Ring Mark on 07700 900123", PHONE),
    ("John Smith's mother: (01442) 228-000", PHONE),
    ("Will Smith +44 7700 900 123", PHONE),
    ("Grace Allen 0044 (0)7700.900.123", PHONE),
    ("ms khan 7700900123", PHONE),
    ("Ms Kaur <tel:02079460018|020 7946 0018>", PHONE),
    ("John Hightown 020-7946-0018", PHONE),
    ("943 476 5919 for the referral", HEALTH),
    ("NHS no: 9434765918", HEALTH),
    ("Ann Lee 9434765919", HEALTH),
    ("John Smith crime ref 41/12345/25", CRIME),
    ("Arrest of Lee Jones, D1/13/1234", CRIME),
    ("crime ref 41/1234/13 Kelly", CRIME),
    ("Jamie Black: CAD 1234 of 12/12", CRIME),
    ("Jamie O'Connor, URN: 41MH/1234/13", CRIME),
    ("custody record no. YD/1234/13", CUSTODY),
    ("Kelly Brown custody no 12345/25", CUSTODY),
    ("ask john.smith@gmail.com", MAIL),
    ("Chloe Evans: babygirl99@hotmail.co.uk", MAIL),
]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_names_nobody_is_let_through(text):
    assert names_a_person(text, OURS) is None


@pytest.mark.parametrize(("text", "kind"), NAMING)
def test_what_names_a_person_is_seen(text, kind):
    assert kind in names_a_person(text, OURS).kinds


@pytest.mark.parametrize("text", ["the Patel family at 12 Elm Road", "visit the patel family, 12 Elm Road", "Okonkwo household, HP1 1AA"])
def test_a_family_beside_an_address_is_seen(text):
    assert names_a_person(text, OURS) is not None


@pytest.mark.parametrize(
    "text",
    [
        "the family at 12 Elm Road",
        "Each family at 12 Elm Road gets a letter",
        "Grovehill family at 12 Elm Road",
        "Family fun day, 12 Elm Road",
        "Hightown family centre, 12 Elm Road",
        "Young family moved to 12 Elm Road",
        "the Patel family was spoken of",
    ],
)
def test_a_family_without_a_name_or_an_address_is_let_through(text):
    assert names_a_person(text, OURS) is None


def test_a_name_alone_an_identifier_alone_and_the_two_far_apart_are_let_through():
    assert names_a_person("John Smith to be discussed at CSAG") is None
    assert names_a_person("Flat 2, 10 High Street, HP1 3AA, 07700 900123, crime ref 41/12345/25") is None
    assert names_a_person(f"John Smith chaired. {'Gates were fitted. ' * 12} Patrol HP1 1AA") is None
    assert names_a_person(f"John Smith chaired. {'Gates were fitted. ' * 6} Patrol HP1 1AA") == Seen(("a postcode",))


def test_what_the_partnership_knows_is_nobodys_name():
    assert names_a_person("Ask Jarvis Brook for gates, HP1 1AA")
    assert names_a_person("Ask Jarvis Brook for gates, HP1 1AA", frozenset({"jarvis brook"})) is None
    assert names_a_person("Ask Jarvis Brook’s John Smith for gates, HP1 1AA", frozenset({"jarvis brook"}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("john smith dob 1/2/90", "a name beside a date of birth"),
        ("john smith dob 1/2/90 hp1 1aa", "a name beside a date of birth and a postcode"),
        ("HP1 1AA 07700 900123 dob 1/2/90 mr smith", "a name beside a date of birth, a postcode and a telephone number"),
        ("dob 1/2/90", "a date of birth"),
    ],
)
def test_it_says_kinds_in_plain_words(text, said):
    assert names_a_person(text).said() == said


def test_an_nhs_number_has_its_check_digit():
    assert [last for last in range(10) if checks(f"943476591{last}")] == [9]
    assert not any(checks(f"100000001{last}") for last in range(1, 10))


CALLED = st.sampled_from(["John Smith", "karen okafor", "Mr Brzoza", "J. O’Neill", "SMITH John", "Zoë Smith-Jones", "Szymon Kowalczyk"])
TOLD = """dob 01/02/1990; 14 Marlowes; 22 Adeyfield Road; HP12 1AA; 07700 900123; 9434765919; crime ref 41/12345/25; custody no 12345/25
    x.y9@hotmail.com"""
TELLING = st.sampled_from([told.strip() for told in TOLD.replace("\n", ";").split(";")])
BETWEEN = st.text(st.sampled_from(" \t\n,.-–\u00a0\u200f"), min_size=1, max_size=8).filter(lambda gap: not gap.strip(" \t\n\u00a0-–\u200f"))


@given(CALLED, BETWEEN, TELLING)
def test_whatever_stands_between_a_name_is_seen_and_its_words_are_not_repeated(name, gap, telling):
    seen = names_a_person(f"Seen again: {name} {gap} {telling}")
    words = [word for word in f"{name} {telling}".replace("/", " ").split() if len(word) >= 4 and word not in ("crime", "custody")]
    assert seen.named
    assert not [word for word in words if word.lower() in seen.said().lower()]


@given(st.text(max_size=300) | st.text(st.sampled_from("Jj oO.'’1/2-@H\n,dbSt\u0301\u200f"), max_size=300))
def test_no_text_is_too_odd_to_read(text):
    seen = names_a_person(text, OURS)
    assert seen is None or seen.kinds


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from("Jj oO.'1/2-@dbSt"), min_size=1, max_size=12)
    | st.sampled_from(["John Smith 07700 900123, ", "1 a a ", "dob ", "0 "])
)
def test_reading_a_text_takes_time_in_proportion_to_its_length(piece):
    def taken(length: int) -> float:
        text, began = (piece * length)[:length], process_time()
        names_a_person(text, OURS)
        return process_time() - began

    assert min(taken(20_000) for _ in range(5)) < 50 * max(min(taken(2_000) for _ in range(5)), 0.002), "not of its square, which is 100"
