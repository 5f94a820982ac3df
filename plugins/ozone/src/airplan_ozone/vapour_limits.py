"""What depots, tank trucks and stations are held to, as GB 20950, 20951 and 20952-2020 print it.

The sentence says 确保达标排放 and no number: each one stands here, once, with its standard. All of
them are in force from the first day of the plan on (`IN_FORCE`).
"""

import datetime as dt
from decimal import Decimal

#: GB 20950-2020, depots: what leaves the treatment, and how much of it is recovered.
DEPOT_OUTLET = "25 g/m³"
DEPOT_RECOVERY = "95 %"
DEPOT_BOUNDARY = "4 mg/m³"
#: What spills where a bottom-loading joint is undone, the mean of three; the system's pressure.
DEPOT_SPILL = "10 mL"
DEPOT_PRESSURE = "6 kPa"

#: GB 20950, 20951 and 20952-2020 alike: a seal that reads more is a leak.
LEAK = "500 µmol/mol"

#: GB 20951-2020, tank trucks: from so many litres on, the pressure changes by so many kPa at most.
TIGHTNESS = (
    (Decimal(9_500), Decimal("0.25")),
    (Decimal(5_500), Decimal("0.38")),
    (Decimal(3_800), Decimal("0.50")),
    (Decimal(0), Decimal("0.65")),
)
#: The same of the vapour valve, of any tank.
VALVE = "1.3 kPa"

#: GB 20951-2020, 6.1: a truck's own tests of tightness are more than so many months apart.
MONTHS_APART = 3

#: GB 20952-2020, stations: what leaves the treatment, what is in the air at the boundary.
STATION_OUTLET = "25 g/m³"
STATION_BOUNDARY = "4 mg/m³"
#: Liquid resistance at 18, 28 and 38 L/min is less than so many Pa.
RESISTANCE = ("40 Pa", "90 Pa", "155 Pa")
#: Litres of vapour to a litre of petrol, both ends in.
RATIO = (Decimal("1.0"), Decimal("1.2"))
#: Up to so many nozzles in all, so many are tested (None: all), and so many that fail are too many.
#: A province may be stricter.
NOZZLES: tuple[tuple[int | None, int | None, int], ...] = (
    (6, None, 1),
    (10, 6, 1),
    (15, 8, 2),
    (20, 10, 2),
    (None, 12, 3),
)

#: GB 20952-2020, E.3.3, on line: a filling of so many litres counts; a day of so many fillings is
#: judged, with those of the days before it that were not. A warning is that more than such a part
#: of them lies outside; so many days of it are an alarm.
EFFECTIVE_LITRES = 15
ENOUGH_FILLINGS = 5
ONLINE_RATIO = (Decimal("0.9"), Decimal("1.3"))
ONLINE_PART = Decimal("0.25")
ALARM_DAYS = 7

#: GB 17930-2016, GB 18351-2017 (unverified): the vapour pressure of petrol in summer.
VAPOUR_PRESSURE = "65 kPa"

#: From when on each holds of what existed before, which is later than of what is new: depots,
#: tank trucks, stations. On quays depots had until the plan's first day.
IN_FORCE = (dt.date(2023, 1, 1), dt.date(2021, 4, 1), dt.date(2022, 1, 1))
IN_FORCE_ON_QUAYS = dt.date(2024, 1, 1)
