"""Random sentences, and rows of which any field may be blank."""

import datetime as dt

from hypothesis import strategies as st

from airplan_core import Strength, by, during, yearly
from tests.meaning import said
from tests.meaning.ledgers import EVENTS, MINUTES, VALUES, Thing
from tests.meaning.said import DAY, NEVER, NEVER_AT
from tests.meaning.sentences import MINUTE, Due, Sentence

MOMENTS = ("2024-02-29", "2024-06-30", "2024-12-31", "2025-03-01", "2025-05-31")
LIMITS = st.sampled_from(["1 吨", "2 吨"])
SIDES = st.sampled_from(["at_least", "at_most", "more_than", "less_than"])
OPS = SIDES | st.just("equal_to")
EVENT = st.sampled_from([Thing.closed_on, Thing.rebuilt_on])
AT = st.just(Thing.ended_at)
WORD = st.sampled_from(["happened_by", "happened_from", "happened_after"])
AMOUNT = st.sampled_from([Thing.capacity, Thing.output])

atoms = st.one_of(
    st.builds(said.number, AMOUNT, OPS, LIMITS),
    st.builds(said.number, st.just(Thing.burners), OPS, st.sampled_from(["1 台", "2 台"])),
    st.builds(said.numbers, st.just(Thing.output), OPS, st.just(Thing.capacity)),
    st.builds(
        said.numbers, st.just(Thing.output), SIDES, st.just(Thing.capacity), st.just("1.1")
    ),
    st.builds(said.total, st.just(Thing.output), st.just(Thing.capacity), SIDES, LIMITS),
    st.builds(
        said.ratio, st.just(Thing.output), st.just(Thing.capacity), SIDES,
        st.sampled_from(["0.3 吨/吨", "1 吨/吨"]),
    ),
    st.builds(said.flag, st.sampled_from([Thing.standby, Thing.hooded, Thing.owner.large])),
    st.builds(said.among, st.just(Thing.fuel), st.sampled_from(["煤", "气"])),
    st.builds(said.among, st.just(Thing.owner.sector), st.just("钢铁"), st.just("水泥")),
    st.builds(
        said.ranked, st.just(Thing.stage), st.sampled_from(["at_least", "at_most"]),
        st.sampled_from(["国四", "国五"]),
    ),
    st.builds(said.given, st.sampled_from([Thing.note, Thing.planned_on])),
    st.builds(said.happened, EVENT),
    st.builds(said.happened, EVENT, by=st.sampled_from(MOMENTS)),
    st.builds(said.happened, EVENT, by=st.just(Thing.planned_on)),
    st.builds(said.happened, EVENT, after=st.sampled_from(MOMENTS)),
    st.builds(
        said.ago, EVENT, st.sampled_from(["at_least", "more_than"]), st.sampled_from([1, 5]),
        st.just(0),
    ),
    st.builds(said.ago, EVENT, st.sampled_from(["at_least", "more_than"]), st.just(0),
              st.just(30)),
    st.builds(said.happened, AT, by=st.none() | st.sampled_from(MOMENTS)),
    st.builds(said.beside, AT, WORD, st.sampled_from([Thing.begun_at, Thing.planned_on])),
    st.builds(said.beside, AT, WORD, st.just(Thing.begun_at), minutes=st.sampled_from([-30, 30])),
    st.builds(said.beside, AT, WORD, st.just(Thing.begun_at), hours=st.sampled_from([-2, 2])),
    st.builds(said.beside, EVENT | AT, WORD, st.just(Thing.begun_at),
              days=st.sampled_from([-3, 0, 3])),
    st.builds(said.beside, EVENT, WORD, st.just(Thing.planned_on),
              working_days=st.sampled_from([-2, 5])),
    st.builds(said.of_day, AT, st.just("10:00"), st.just("16:00")),
    st.builds(said.of_day, AT, st.just("22:00"), st.just("06:00")),
)  # fmt: skip
#: An allowance that ends stands beside something that outlasts it.
allowances = st.builds(said.any_of, atoms, st.builds(said.until, st.sampled_from(MOMENTS)))

conditions = st.recursive(
    atoms | atoms | atoms | allowances,
    lambda part: st.one_of(
        st.builds(said.all_of, part, part),
        st.builds(said.any_of, part, part),
        st.builds(said.no, part.filter(lambda one: "until" not in one.text)),
    ),
    max_leaves=3,
)


@st.composite
def dues(draw):
    """The due days of a sentence, as airplan is told them and as they are meant."""
    kind = draw(st.sampled_from(["none", "by", "during", "yearly"]))
    years = draw(st.sampled_from([(2024,), (2025,), (2024, 2025)]))
    match kind:
        case "by":
            days = sorted(draw(st.sets(st.sampled_from(MOMENTS), min_size=1, max_size=2)))
            return by(*days), tuple(Due(dt.date.fromisoformat(day)) for day in days)
        case "during":
            return during(*years), tuple(Due.of_year(12, 31, year) for year in years)
        case "yearly":
            return yearly(5, 31, *years), tuple(Due.of_year(5, 31, year) for year in years)
    return (), ()


@st.composite
def sentences(draw):
    """A sentence of any shape."""
    terms, due = draw(dues())
    asks = conditions
    if terms:
        limits = {str(one.day): f"{n + 1} 吨" for n, one in enumerate(due)}
        asks |= st.builds(said.number, AMOUNT, SIDES, st.just(limits))
    return Sentence(
        subject=Thing,
        applies=draw(st.just(said.ALWAYS) | conditions),
        asks=draw(asks),
        bans=draw(st.sampled_from([False, False, False, True])),
        excuses=tuple(draw(st.lists(conditions, max_size=2))),
        due=due,
        terms=terms,
        strength=draw(st.sampled_from([Strength.MUST, Strength.STRIVE, Strength.ENCOURAGE])),
    )


@st.composite
def days(draw):
    """A day of assessment: around what is due, and where a year ends."""
    day = draw(st.sampled_from([*MOMENTS, "2025-12-31", "2026-02-01"]))
    return dt.date.fromisoformat(day) + draw(st.sampled_from([0, 1, -1])) * DAY


def turning(sentences, day):
    """The days around which sentences turn on a day of assessment."""
    found = {day, *(near for one in sentences for part in one.said for near in part.near(day))}
    return sorted(found | {last for one in sentences for due in one.due for last in due.ends})


#: Minutes around the spans of which sentences speak, and times of the day.
SPANS = (0, 1, 29, 30, 31, 119, 120, 121)
CLOCK = st.sampled_from([dt.time(0), dt.time(10), dt.time(16), dt.time(22), dt.time(6)])


@st.composite
def rows(draw, near, blanks=3):
    """A row of which a few fields are blank; its events lie around some days, or never were."""
    row = {name: draw(st.sampled_from(values)) for name, values in VALUES.items()}
    shifts = st.sampled_from([0, 0, -1, 1])
    for name in EVENTS:
        others = [row[other] for other in EVENTS if row.get(other, NEVER) != NEVER]
        around = draw(st.sampled_from([NEVER, *near, *others, *others]))
        row[name] = around if around == NEVER else around + draw(shifts) * DAY
    for name in MINUTES:
        others = [row[other] for other in MINUTES if row.get(other, NEVER_AT) != NEVER_AT]
        days_ = [row[other] for other in EVENTS if row[other] != NEVER]
        around = draw(st.sampled_from([NEVER, *near, *days_, *others, *others]))
        if isinstance(around, dt.datetime):
            row[name] = (
                around + draw(st.sampled_from([0, *SPANS, *(-span for span in SPANS)])) * MINUTE
            )
        elif around == NEVER:
            row[name] = NEVER_AT
        else:
            row[name] = dt.datetime.combine(around, draw(CLOCK)) + draw(shifts) * MINUTE
    for name in draw(st.sets(st.sampled_from(list(row)), max_size=blanks)):
        row[name] = None
    return row
