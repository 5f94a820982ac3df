# The public names, listed once: what is heavy is imported when it is first used.
from .assessment.assess import assess as assess
from .assessment.assessment import Assessment as Assessment
from .assessment.check import (
    Verdict as Verdict,
    Verdicts as Verdicts,
    check as check,
)
from .assessment.explanation import Explanation as Explanation
from .assessment.outlook import (
    Outlook as Outlook,
    outlook as outlook,
)
from .assessment.recurring import Missed as Missed
from .assessment.truth import truth as truth
from .engines.available import connect as connect
from .engines.polars.measure import measure_each as measure_each
from .engines.sql.reading import read_with as read_with
from .errors import (
    AirplanError as AirplanError,
    ConfigError as ConfigError,
    FactsError as FactsError,
    PluginError as PluginError,
    Problem as Problem,
    RulebookError as RulebookError,
    RuleError as RuleError,
    Said as Said,
    UnitError as UnitError,
    nearest as nearest,
)
from .facts.facts import (
    CONVERTER as CONVERTER,
    Facts as Facts,
    table_schema as table_schema,
)
from .facts.reading import read_facts as read_facts
from .facts.sheet import Sheet as Sheet
from .model.aggregate import Aggregate as Aggregate
from .model.amid import amid as amid
from .model.attested import (
    attestation as attestation,
    done as done,
    done_on as done_on,
)
from .model.clause import (
    Clause as Clause,
    Plan as Plan,
    Task as Task,
)
from .model.command import Command as Command, Listing as Listing, Option as Option
from .model.dated import Event as Event, Moment as Moment, event as event, moment as moment
from .model.duty import (
    Duty as Duty,
    duties as duties,
)
from .model.entity import (
    Demand as Demand,
    Derivation as Derivation,
    Entity as Entity,
    Keyed as Keyed,
    Reference as Reference,
    ledger_of as ledger_of,
    reference as reference,
)
from .model.example import (
    Example as Example,
    on as on,
)
from .model.expected import (
    named as named,
    named_each as named_each,
    one_each as one_each,
)
from .model.fields import (
    Band as Band,
    Counted as Counted,
    Flag as Flag,
    Measured as Measured,
    Ranked as Ranked,
    Stated as Stated,
    Text as Text,
    counted as counted,
    flag as flag,
    measured as measured,
    ranked as ranked,
    stated as stated,
    text as text,
)
from .model.interpretation import Interpretation as Interpretation
from .model.kinds import (
    Change as Change,
    Count as Count,
    Extreme as Extreme,
    Mean as Mean,
    Percentile as Percentile,
    Priced as Priced,
    Prices as Prices,
    Share as Share,
    Substitution as Substitution,
    Sum as Sum,
    WeightedMean as WeightedMean,
)
from .model.ledgers import (
    Attestation as Attestation,
    County as County,
    Exemption as Exemption,
    Reported as Reported,
)
from .model.metric import (
    Metric as Metric,
    Statistic as Statistic,
    in_a_row as in_a_row,
)
from .model.nth import occurrence as occurrence
from .model.outcome import Outcome as Outcome
from .model.period import (
    Completeness as Completeness,
    Period as Period,
    Term as Term,
    by as by,
    during as during,
    every as every,
    yearly as yearly,
)
from .model.printed import (
    Claim as Claim,
    Head as Head,
    Inconsistency as Inconsistency,
    PlanTable as PlanTable,
    head as head,
)
from .model.rule import (
    Exempt as Exempt,
    Rule as Rule,
)
from .model.strength import (
    Strength as Strength,
    strength_of as strength_of,
)
from .model.times import hours as hours, season as season, until as until
from .model.tree import ALWAYS as ALWAYS, Condition as Condition, whole as whole
from .model.unsaid import Gauge as Gauge
from .model.waiver import Waiver as Waiver
from .quantities.dates import (
    NEVER as NEVER,
    to_day as to_day,
    to_hour as to_hour,
    to_minute as to_minute,
)
from .quantities.millionths import ratio as ratio
from .quantities.units import (
    MAX_DECIMALS as MAX_DECIMALS,
    Quantity as Quantity,
    Unit as Unit,
    unit as unit,
)
from .rulebook.building import (
    build_rulebook as build_rulebook,
    load_rulebook as load_rulebook,
)
from .rulebook.campaign import Campaign as Campaign
from .rulebook.config import (
    Config as Config,
    read_config as read_config,
)
from .rulebook.hooks import hookimpl as hookimpl
from .rulebook.plugins import contribution as contribution
from .rulebook.rulebook import Rulebook as Rulebook

__version__: str
