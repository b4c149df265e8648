"""The words by which a person's name is told from other words: facts about names and English, and no rule.

Given names: those common in the ONS tables of baby names (England and Wales) and in the generations before them. Surnames: the commonest
of the United Kingdom. Everything is folded: lower case, without accents and apostrophes.
"""

from __future__ import annotations

TITLES = frozenset("mr mrs ms miss mx dr rev revd reverend messrs".split())
LABELS = frozenset(  # a capital after one of these is whom it is about
    "victim suspect offender perpetrator perp complainant tenant defendant nominal surname forename mother father son daughter".split()
)
PARTICLES = frozenset("van der de del della la le du di da dos bin bint al el ibn von ap mac mc".split())

KIN = frozenset("mum mother dad father brother sister son daughter nan gran partner boyfriend girlfriend carer flat house".split())

GIVEN = frozenset(  # given names that are no English word
    """
    aaron abbie abdi abdul abdullah abdullahi abigail abraham adam adele adrian agnes agnieszka ahmad aidan aiden aisha alan alana
    albert alec aleksander aleksandra alex alexa alexander alexandra alexis alfie alfred ali alice alicia alison allan allen alma alyssa
    amanda amelia amir amy ana anastasia andrea andreea andrei andrew andrzej andy angela angus anita ann anna annabel anne annette
    annie anthony antonio anya archie ariana arjun arlo arnold arran arthur arya asha ashley ashton audrey ava ayaan ayesha aylin
    barbara barnaby barry bartosz beatrice becky belinda ben benjamin bernadette bernard beryl bethany betty beverley beverly billie
    blake bobby bogdan bradley brandon brenda brendan brian bridget bronwen bruce bryan bryony caitlin caleb callum calum cameron
    camilla cara carl carla carly carmen caroline carolyn carrie casey cassandra catherine cathy cecil cecilia celia chantelle charlene
    charles charlie charlotte cheryl chidi chloe chris christina christine christopher claire clara clarence clark claudia clive cody
    colin colleen connor conor constance corey courtney craig cristina curtis cynthia cyril daniel danielle danny daphne darren daryl
    dave david debbie deborah declan deepak delilah denis denise dennis derek desmond diana diane diego dilip dinesh dominic donald
    donna doreen doris dorota dorothy douglas duncan dwayne dylan eamonn ebele eddie edgar edith edmund edna edward edwin eileen elaine
    eleanor elena eli elijah eliza elizabeth ella ellen ellie elliot elliott elsie emeka emilia emily emma emmanuel eric erica erin
    ernest esme esther ethan ethel eugene eva evelyn evie ezra faisal farah fatima felicity felix fergus finlay finley fiona florin
    frances francesca francis frankie fraser fred freddie frederick freya gabriel gabriela gail gareth garry gary gavin gemma geoff
    geoffrey george georgie georgina gerald geraldine gerard gethin gillian gina giovanni gladys glenda glenn gloria gordon graeme
    graham greg gregory gurpreet gwen habib hamza hannah hardeep harold haroon harpreet harriet harrison harvey hassan hayden hayley
    heidi helen helena henry herbert hilary hilda howard hugh hugo humphrey hussein ian ibrahim ida ifeoma imogen imran ioan ioana ionut
    ireland irene isaac isabel isabella isabelle isla ismail ivan jackie jackson jacob jacqueline jaden jaime jake jakub james jamie
    jane janet janice jared jasmin jason jasper jayden jaydn jean jeanette jeff jeffrey jemma jennifer jenny jeremy jermaine jerome jess
    jesse jessica jill jim jimmy joan joanna joanne jodie joe joel johanna john johnny jon jonah jonathan jose joseph josephine joshua
    joyce juan jude judith judy julia julian julie juliet justin kacper kai kamil karen karim karl karolina kasia katarzyna kate
    katherine kathleen kathryn kathy katie katrina kayleigh keira keith kelly kelvin ken kenneth kerry kevin khadija kian kieran kiran
    kirsten kirsty kofi kris krystyna krzysztof kumar kwame kyle kylie lara larry laura lauren laurence lawrence leah leanne lee leigh
    leila len lena leo leon leonard leroy lesley leslie lewis liam lillian linda lindsay lindsey lisa liz lizzie logan lois lola lorna
    lorraine louie louis louisa louise luca lucas lucia lucinda lucy luis luka lukasz luke lydia lyn lynda lynn lynne mabel maciej
    madeleine madison magda maisie malcolm malik manjit marcin marcus marek margaret maria marian marie marilyn mario marion marjorie
    marlene marta martha martyn mary maryam mateusz mathew matilda matt matthew maureen maurice maya megan mehmet melanie melissa mia
    michael michal michelle mick mihai mike mila mildred millie milo miriam mitchell mohamed mohammad mohammed moira molly monica monika
    morgan muhammad muhammed mustafa myra nadia nadine nancy naomi nasir natalia natalie natasha nathan nathaniel naveed ndidi neil nell
    neville niall nicholas nicola nicole nigel nikita nina nkechi noah noel nora norma norman nuala oisin oliver olivia olu omar orla
    oscar osman otis otto owen pamela parminder patricia patrick patrycja patryk paul paula pauline pavel pawel pedro peggy penelope
    percy perry peter petra phil philip philippa phillip phoebe phyllis pierre piotr priya rachael rachel radoslaw rafal raheem rahul
    raj rajesh ralph ramesh ranjit raymond rebecca reece reggie reginald rehan reuben rhian rhiannon rhys ricardo richard ricky rita
    robbie robert roberta robyn rodney roger ronald ronan ronnie rory rosalind rosemary rosie ross rowan roxanne roy rupert russell ruth
    ryan sabrina sadia saira sally sam samantha samina samir samuel sanjay sara sarah sasha scarlett scott sean sebastian segun sergio
    shahid shane shannon sharon shaun shauna sheila shelley shirley sian simon simone sinead siobhan sofia sonia sophia sophie stacey
    stanley stefan stella stephanie stephen steve steven stuart sunil suresh susan susanna suzanne sven sylvia szymon tamara tania tanya
    tara tariq ted terence teresa teri terry thea thelma theo theodore theresa thomas tiffany tim timothy tina toby todd tom tomas
    tomasz tommy toni tony tracey tracy trevor tristan tunde tyrone uma usman valerie vanessa vasile vera vernon veronica vicki vicky
    victoria vijay vikram vincent vivian vivien vladimir walter wanda warren wayne wendy wesley wilfred wilhelmina william winifred
    wojciech xavier yasmin yolanda yusuf yvette yvonne zachary zack zahra zain zainab zara zbigniew zoe zofia zuzana zuzanna
    """.split()
) - {"ireland"}

WORDLY = frozenset(  # given names that are also English words or places
    """
    abel amber angel april art august aurora austin autumn basil beau bill bob bonnie brook brooke candy carol carter cash chad charity
    chase chelsea cherry chester christian clay cliff cooper coral crystal daisy dale dan dawn dean destiny dexter don dot drew duke
    earl ebony eden eve faith fay fern fleur florence frank gene georgia gill ginger glen grace grant guy hailey harmony harry hazel
    heath heather holly hope hunter india iris ivy jack jade jan jasmine jay jerry jewel jo jordan josh joy june justice kay kent kit
    lance lester lily lincoln lottie major marina mark marshall martin mason max may melody mercy miles myrtle nat neal ned nick norm
    olive opal paige paris parker pat patience pearl penny pete phoenix pippa poppy precious preston prince prudence ray reed reg reid
    rex rich river rob robin rod roman ron rose ruby saffron sandra sandy savannah scout sidney sienna sierra sky skye sonny sophy stan
    sterling storm sue summer sunny sydney taylor tilly tod trinity troy tyler val verity vic victor viola violet wade ward will willow
    zane
    """.split()
)
ROYAL = frozenset(  # whom streets, parks and halls are called after
    "albert alexandra alfred charles charlotte edward elizabeth george henry james king prince princess queen victoria william".split()
)
NOT_ALONE = frozenset("alexa kelvin mia otis rosemary rowan warren".split())  # things, plants and firms, where no surname follows
TRADES = frozenset("builders cabs cars cleaning coaches electrical flooring motors plumbing removals roofing scaffolding taxis".split())
MONTHLY = frozenset("jan april may june august".split())

SURNAMES = frozenset(  # that are no English word
    """
    abbott adams adamson ahmed akhtar akram allen anderson andrews armstrong arnold ashraf ashton atkins atkinson austin bailey baldwin
    barker barnes barnett barrett bartlett barton begum bennett benson bhatti bibi blackburn bolton bowen boyle bradley bradshaw briggs
    browning bryant buckley burgess burke burns burton byrne cameron campbell carroll chapman chaudhry clark clarke clayton coleman
    collier collins connolly connor cooke cox coyle craig crawford cunningham curtis davidson davies davis davison dawson denning
    dhillon dixon dobson docherty doherty donnelly donovan douglas dowling downing doyle drew duffy duncan edwards elliott ellis evans
    farrell ferguson fernandes fielding fisher fitzgerald fleming fletcher flynn forster foster fowler francis fraser frost fuller
    gallagher gardner garner gibbons gibbs gibson gilbert gill goddard golding gomez goodwin gordon gough graham gregory griffin
    griffiths gupta hamilton hammond hancock hanson harding hardy harper harris harrison hart hartley harvey hawkins hayes haynes
    henderson herbert hewitt higgins hobbs hodgson holden holland holloway holmes hopkins horton houghton howard howarth howe howell
    howells hudson hughes humphreys hurst hussain hutchinson hyde ibrahim iqbal islam jackson jacobs jamal jarvis jenkins jennings
    johnson johnston johnstone jones kaminski kaur kavanagh keating kelly kemp kennedy kerr khan khatun kirby kowalczyk kowalska
    kowalski kumar lambert lawrence lawson lees lewandowski lewis lloyd lowe lucas lynch macdonald mackenzie maclean mahmood malik
    manning marsden martinez matthews mccarthy mcdonald mcgrath mckenzie mclean mcnamara metcalfe miah middleton mills mitchell mohamud
    morgan morris morrison moss muir murphy murray myers nash naylor nelson newman newton ng nguyen nicholls nicholson nolan norris
    nowak oconnor odonnell okafor okoro oleary oneill oreilly osborne osullivan owen owens palmer parekh parry parsons patel paterson
    patterson payne pearce pearson perkins perry peters phillips pickering poole popescu potts powell pritchard quinn rahman rai randall
    reeves rehman reilly reynolds richards richardson riley roberts robertson robinson rodriguez rogers ross rowe russell ryan sanders
    sanderson sandhu saunders savage schofield scott shah sharma shaw shepherd sheppard sidhu silva simmons simpson sims sinclair singh
    skinner slater smith smyth spence spencer stephens stephenson stevens stevenson stewart stuart sullivan sutton swift szymanski
    thomas thompson thomson thornton thorpe todd townsend tran tucker turnbull turner tyler uddin vaughan venables vincent wallace
    wallis walsh walters walton warner warren watkins watson watts webb webster wheeler whitehouse whittaker wilkins wilkinson williams
    williamson willis wilson winiarski wojcik woodward wozniak wright wyatt yilmaz zielinski
    """.split()
)
WORDLY_SURNAMES = frozenset(  # surnames that are also English words
    """
    baker ball banks barber bell berry bird bishop black booth brooks brown burt bush butcher butler carpenter carter chambers cole cook
    cooper cross dale day dean english ford forest fox freeman french gray green grey hall harman hill holt hope hunt hunter ireland
    jordan joyce king knight lane law lee little long love mann marsh martin mason may miller moore north page park parker parks pope
    porter potter power price read reed rice rich rose sharp short singer small speed steele stokes stone street summers swan taylor
    walker ward waters wells west white winter wise wolf wood woods young
    """.split()
)
LOWER_SURNAMES = WORDLY_SURNAMES - frozenset(  # those still read as surnames in lower case
    """
    banks bell booth bush cook cross dale day english ford forest french hope hunt hunter lane law little long love may north page park
    parks power price read sharp short small speed stone street walker ward waters wells west winter wise
    """.split()
)

STREETS = frozenset(
    """
    alley approach av ave avenue bank boulevard bridge buildings bypass chase circus cl close common cottage cottages court cres
    crescent croft ct dell dene dr drive embankment end estate farm field fields garden gardens gate gdns gr green grove hall heath
    heights hill house lane ln lodge mansions marsh mead meadow meadows mews orchard parade park passage path pl place promenade quay rd
    ridge rise road roundabout row sq square st str street ter terrace tower towers vale view villas walk way wharf wood woods yard
    """.split()
)
PLAINLY_STREETS = frozenset("road rd street avenue ave crescent cres terrace lane mews pub".split())  # in any case of letters
ORGANISATIONS = frozenset(
    """
    academy agency arms association authority bakery bar beat bid board bros brothers cafe cemetery center centre chapel charity church
    clinic club co college committee company constabulary contractors council crematorium department depot estate estates express
    federation forum foundation fund garage group gurdwara homes hospice hospital hotel housing hub infirmary inn institute lake
    lettings library limited llp lounge ltd memorial mill mills mosque museum nursery office offices partnership pavilion pharmacy play
    playground plc police practice properties pub recreation reservoir restaurant school schools security service services shop shops
    society solicitors sons stadium station store stores supermarket surgery synagogue takeaway team temple theater theatre trust union
    unit university ward works
    """.split()
)

COMMON = (
    frozenset(
        """
    a abbots about above accept access account across act action actions add address advise after again against age aged agenda agent
    agm agree aid alarm alcohol aldi alert all alley alleygate alleys allow along already also always am amber among an analyst and
    another answer anti any anyone aob appeal apply approx april arch are area argos around arrange arrest arson as asap asb asbo asda
    ask assault assess asylum at attach attend audi august aunt autumn await aware away back bad bag bail ball ban bank barclays barrier
    base basic bay bays bbc be beat became become bed bee been beer before began begin behind being below beneath beside best better
    between beyond big bike bill bin bird birth bite block blood bmw board boat body bollard bomb bone book boots border bored borough
    boroughs both bottle bottom box boy break brick bridge brief bright bring britain british broke broken brother brought bt bucket
    budget build bulb bully burglar burglary burn bus bush business but buy buyer by cable cad cage cahms call came camera camp can
    cannabis cant cap captain car card care carer carry case cases cash castle cat catch catholic caught cause caution cbo ccg cctv
    ceased cell central centre cgl chain chair change charge chase chased cheap check chief child children christian christmas church
    cid cinema citizen citizens citroen city class clean clear clearly client cllr clock close closed closure cloth club co coat cocaine
    code coffee coin cold collect college collision come comes commander comment common community complain complaint confirm congestion
    consent constable contact contain contract contractor control coordinator copy corner corridor corsa cost costa could couldnt
    council councillor counter county couple course court cover cpn cpr cpw crack create credit crew crime crimestoppers criminal crn
    crop cross crossing crowd csag csp cuckoo cul cup curfew current custody customer cut cutting cycle dad daily damage dame dark data
    date dates dbc dc dci de dead deal dealer dealing dealt death debt dec december deed delay deliver demand dept deputy desk detail
    details detective deter di did didnt died digital direct director dirt disability disc discuss dish dispersal dispute district do
    dob doctor does doesnt dog dogs domestic done dont door doors double doubt down dozen draft drain draw dress drink drive driver drop
    drug drugs ds due dump during dust duty each ear early east easter eastern easy ecins edge education eg eight either elderly eleven
    else email empty end enforce engage engine england english enough entrance entry equipment error escort estate eta etc eu even
    evening event every evict eviction evidence ex exam excel except exclude exclusion exit expect express extra eye face facebook fact
    fail fair fall family far farm fast father fault fear feb february fee feed feel feet fell female fence few fiat fiesta fight figure
    file fill film filth final finance find fine fire firearm firework fireworks first fit fitted five fix flag flat flats fleet flood
    floor fly flytip foam fog follow food foot footpath for force forest fork form former forum forward found four fraud free freeze fri
    friday friend from front fuel full fully fun fund further fuss future fyi gain game gang gap garage garden gas gate gates gather
    gave gb gbp general get gets girl give given glass go goal goes gold golf gone good google got graffiti grant grass great greggs
    ground group guard guest guidance gun gym had half hall hand handed hang happy hard harm has hasnt hate have havent having hcc he
    head health hear heard heavy height held hello help her here heroin hers hi high higher highway highways hill him hire his history
    hit hold hole home homeless honda honest hoody hope horse hospital hot hotspot hour house household housing how hr hrs hsbc hub
    hundred hunt husband i ice iceland idea idle ids ie if image immediate impact improve in inc include increase index infant initial
    injunction inn inside insp inspect inspector install insurance intel inter interest interim interview into invite involve iom iron
    is island isnt issue it item its jag jan january jet job join joint joke judge jul july jun junction june junior just juvenile
    kawasaki keep kept kerb key keys kfc kick kid kids kings kiosk kit kitchen knew knife knock know known label lack ladder lady lamp
    land landlord lane laptop large laser last late later latest law lawn lead leader leads leaflet league leak learn least leave led
    left legal lesson let letter level liaise liaison library licence license licensing lidl life light lighting like limit line link
    liquor list listen lit litter live lived lives lloyds load loan lobby local locals locate lock log loiter london long look lord
    lorry lost lot loud low lower ltd luck lunch machine made magistrate magistrates mail main major make male man manage manager many
    map mappa mar marac march mark market match matter may mayor mcdonalds me meal mean medal medical meet meeting member memo men
    mental mention mercedes message met metal meter metre mgr microsoft mid middle might migrant mile million min mind mini mins minute
    minutes miss missing mist mix mob mobile mode model moment mon monday money monitor month mood moor moped more morning morrisons
    mosque most mother motion motor mouth move much mud multi mum murder music must my name national nature nb near need needle
    neighbour neighbourhood neither net never new news next nhs nice night nine nissan nitrous no nobody noise non none noon nor normal
    north northern nos not note nothing notice notify nov november now number nursery obtain occur oct october of off offence offend
    offender offer office officer official often oil ok okay old older on once one online only onto op open operation opposite option or
    order ordinary organise other others our ours out outcome outlook outreach outside oven over overdue overnight oversee own owner
    pace pack page paid paint pair palm panel paper parade parent parish park part partner partners partnership party pass past patch
    path patient patrol pattern pavement pay pc pcc pcs pcso peace peak pedestrian pending people per percent performance period permit
    person pet petition petrol peugeot phase phone photo pick picture piece pilot pipe pit place plain plan planning plant plastic plate
    play plc please plus pm point pole police policy polo pool poor port portal possible post poster pot pound poundland pounds power
    ppo pre presence present press prevent previous price pride primark primary print priority prison private pro probation problem
    process profile programme project prolific promise promote proof property propose prosecute protect prove provide proving ps pspo
    psychiatric pub public pull pump pupil purple push put quad quarter queens question queue quick quiet quite race radio raid rail
    railing rain raised ran rang range rank rat rate raw ray re reach read ready real really reason receive recent record recorded red
    ref refer referral refresh refs refuge refugee refuse refuser regular rehab relate release rely remain remind removal remove renault
    rent repair repeat replace reply report request require rescue resident residential residents resource respond response rest result
    retail return review ride rider right ring rise risk river road robbery role roof room root rope rota rough roundabout route row
    royal rubbish rule run rung running safe safeguard safer safety said sainsburys saint sale salt same sample sand sat saturday saw
    say says scale scan scene schedule scheme school scooter scrap screen sea seal search season seat second secondary secret section
    sector secure security see seek seem seen seize self sell semi send senior sense sent sep sept september sergeant serious serve
    served service set settle seven several sex sgt shadow shall share shared she shed sheet shelter shift shock shoe shop shoplift
    shoplifter shopping short shot should shouldnt shout show shut shutter side sight sign signage signal signpost since sir sister site
    six sixth size skate skill skip sky slack sleep sleeper sleeping slot slow small smell smoke snow snt so social soil solar sold
    solution solve some somebody someone something son song soon sort sound source south southern space speak speaker special speed
    spent spoke sport spot spray spring squad square st staff stage stair stairwell stall stand standard star starbucks start state
    statement station stay steal step stick still stock stole stolen stone stood stop storage store storm story strategic strategy
    stream street stress strict strike string strong student stuff style sub subject submit subway such sudden suggest suit sum summer
    summons sun sunday superintendent supply support supt sure surge survey suspect suzuki swap sweep system table tackle tag tail take
    taken talk tank tape target tarmac task taskforce tasking tax taxi tbc tbd tea teach team teams teenage teenager tel telephone tell
    temporary ten tenancy tenant tend tent terrace tesco test text than thank that the theft thefts their theirs them then there these
    they thief thieves thing think third this those thought thousand threat threaten three through throughout thur thurs thursday ticket
    tidy tie tile till time tin tip title to today told tomorrow tone tonight too took tool top total tour tow toward towards tower town
    toy toyota track trade trader trading traffic trail trailer train training tram transfer transit transport trap travel traveller
    treat tree trek trend trial tried trip trouble truck true trust try tue tues tuesday tunnel turn tv twelve twenty twice twitter two
    type tyre uk uncle under underpass union unit until up update upgrade upon upper urban urge urgent urine urn us use user usual
    vacant valid valley value van vandal vape vat vauxhall vehicle vendor venue verbal verge very vessel via vicar victim video view
    village violence violent visit visitor visual voice volkswagen volume volunteer vote vulnerable vw wage wait waiting waitrose walk
    walkabout wall want ward warden warm warn warrant was wash wasnt waste watch water way we weak weapon wear web website wed wednesday
    weed week weekend weekly weeks weight welcome welfare well went were west western wet wetherspoons what whatsapp wheel wheelie when
    where which while whistle white who whole whom whose why wide wife wild wilko will win wind window wine wing winter wire wise wish
    with within without witness woman women wont wood word work worker worse worth would wouldnt wrap writ write written wrong wrote
    yamaha yard yc year yellow yes yesterday yet ymca yob you young youngster your youth youths zero zone zoom
    """.split()
    )
    - GIVEN
    - SURNAMES
)
