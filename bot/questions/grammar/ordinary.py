"""Ordinary English words: never a misspelt name, however near they come to one."""

from __future__ import annotations

from bot.questions.grammar.wordlists import words

ORDINARY = words(
    """
    able about above account accounts across action add after afternoon again against ago agree air almost alone
    along already also although always among amongst another answer anything apart appear apply area argue
    around arrive aside ask asleep attrition away baby back bad bank base basic bear beat beautiful became
    because become bed before began begin behind believe below beside best better between beyond big bird bit
    black blue board boat body bonus bonuses book books born both bottom bought box boy break bring brought bug
    buggy bugs build building built burnt business busy buy calendar call came capital carbon card care carry
    case catch caught cause cent center central century certain chance change channel channels charge chart
    cheap check child choose church churn circle city claim claimed claims class clean clear close cloud code
    coder coding cold colour come commit commits common
    compare compared comparing complete condition consider contain contract contracts
    control cook cool copy corner correct could count country couple course cover create cross cry current
    cursory customer customers cut dance dark day dead deal dear death decide deep deliver depend deploy
    deployment describe desert designed designing detail develop developer developers die differ difficult
    direct discuss dispatched distance divide doctor dog dollar done door double down draw dream dress drink
    drive drop dry due during each early earn earth ease east easy eat eating eats edge effect effort egg eight
    either electric else email emails emissions empty end enemy energy engagement engine enjoy enough enter
    equal error even evening event events ever every exact example except excite exercise expect experience
    explain express extra eye face fact fair fall false family famous far farm fast father favour fear feature
    feed feel feet fell felt few field fight figure fill film final finances find fine finger finish fire first
    fish fit five flat floor flow flower fly follow food foot for force forecast foreign forest forget form
    forward found four free freeze fresh friend from front fruit full fun funny future gain game garden gas gave
    general get girl give glad glass goal gold good got great green grew ground group grow growth guess guide
    haiku hair half hand happen happiness happy hard has hat have head health hear heard heart heat heavy held
    help here high hill hire hiring history hit hold hole holiday home hope horse hospital hot hotel hour house
    however human hundred hunt hurry hurt idea imagine important inch incident incidents include increase
    industry inside instead interest invoice invoices iron island issue item job join joke jump just keep kept
    key kill kind king knew know lady lake land language large last late lately latency later laugh law lay
    laziest lazy lead learn least leave led left legal legally legs length less lesson let letter level library
    licence license licenses lie life light like likely line lines link list listen little live lived local long
    look looked lose loss lost lot lots loud love low lower luck lunch machine made mail main major make many
    map mark market marketed match material matter maybe mean meant measure meat medical meet meeting member men
    mention merge merged message messages method middle might mile milk mind mine minute miss mobility modern
    moment money month moon morale more morning most mother mountain mouth move moved movie much music must name
    nation nature near nearly necessary need never new news next nice night nine noise none noon nor north nose
    note nothing notice noun now nowhere number object ocean off offer office often oil old once one only open
    operate operation opinion opposite orange order original other ought outside over own page paid pain paint
    pair paper parent park part particular party pass past path pattern pay people performance perhaps period
    person phone photo phrase pick picture piece place plain plan plane planet plant plate plates platforms play
    please plenty plural poem point police policy poor popular position possible post pound power practice
    prepare present press pretty price print privacy private problem process produce product productive
    productivity profit programmer project promote promotion proper protect prove provide public pull push put
    quality quarter queen question quick quiet quite race radio rain rainy raise raises ran range rate rather
    rating ratings reach read ready real reason receive record red region regional release releases remain
    remember repeat reply report require rest result retention return revenue review reviewed reviewing reviews
    rich ride right ring rise risk river road roadmap rock roll room root rope rose round row rule run safe
    safety said sail salaries salary salesman salt same sand sat satisfaction save saw say scale school science
    score sea search season seat seats second section security see seed seem select self sell send sense sent
    sentence separate serve service set settle seven several shape share sharp she sheet shell shine ship shirt
    shoe shop shore short should shoulder shout show side sight sign silent silver similar simple since sing
    single sister sit six size skill skin sky sleep slip slow small smell smile snow social soft soil soldier
    solution solve some son song soon sort sound south space speak special speech speed spell spend spends spoke
    spot spread spring sprint square staff stage stand star start state station stay steam steel step stick
    still stock stone stood stop store stories story straight strange stream street stretch string strong
    student study subject success such sudden sugar suggest suit summer sun sunny supply support supported
    supporting suppose sure surface surprise sweet swim symbol system table tail take talk tall taste teach team
    teams tell ten term test than thank that the their them then there these they thick thin thing think third
    this those though thought thousand thread threads three threw through throw thus ticket tickets tie time
    tiny tire title today together told tomorrow tone took tool top total touch toward town track trade train
    training travel tree triangle trip trouble truck true trust try turn twelve twenty two type under unit until
    upon uptime use usual vacation valley value various vendor verb very view village visit voice vote vowel
    wait walk wall want war warm wash watch water wave way wear weather week weight welcome well went were west
    what wheel when where whether which while white who whole whose why wide wife wild will win wind window wing
    winter wire wish with within without woman women wonder wood word work world worry worse worth would write
    written wrong wrote yard year yellow yes yesterday yet you young your zero
    """
)
