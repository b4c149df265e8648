"""Words that ask nothing: politeness, questions, small words. Never a word that changes what is asked."""

NOISE = frozenset(
    """
    a about all also am an and any are around as asked at be been being borough by can check cheers come compared could
    count counts crime crimes current currently data did do does doing done during each ever every figure figures find for
    from get give go going good got had happening has have having hello here hey hi hotspot hotspots how i if im in incident
    incidents into is it its just kindly know latest let like look looking many me mean meeting more morning most much my
    need number numbers of off offence offences ok okay on one or our out over per place places please pls plz police
    problem problems quick quickly rate rates recorded report reported reports right see show so some stat stats than thank
    thanks that the their them then there these they thing things this those through to total totals under update us v
    versus vs was we were what whats when where wheres which who why will with within worst would you your area areas
    """.split()
)
