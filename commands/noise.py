"""Words that ask nothing: politeness, questions, small words. Never a word that changes what is asked."""

NOISE = frozenset(
    """
    a about all also am an and any anything are area areas around as ask asked at be beat been being better bit borough bot
    but by came can check cheers come compared could count counts crime crimes current currently data dear did district
    do does doing done down during each ever every figure figures find for from get give go going good got had happened
    happening has have having hello help here hey hi higher hotspot hotspots how hows i if im in incident incidents info
    information into is issue issues it its jagbot just kindly know lately latest let level levels like list look looking lot lots
    lower lsoa many me mean meeting more morning most much my need now number numbers of off offence offences often ok okay on
    one or our out over per place places please pls plz police problem problems quick quickly quite rate rates really recently
    recorded report reported reports right say see seeing seen should show showing situation so some sorry stat statistics stats
    still stuff tell than thank thanks that the their them then there theres these they thing things this those through to
    told too total totals trouble under up update us v versus very vs want wanted ward was we well were what whats when where
    wheres which who why will with within worse worst would yes you your
    """.split()
)
