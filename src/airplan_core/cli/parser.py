"""What the command understands: its verbs, their options, and errors that name the nearest word."""

from __future__ import annotations

import argparse
import difflib
import itertools
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from airplan_core.cli.ask import ask
from airplan_core.cli.assess import assess
from airplan_core.cli.check import check
from airplan_core.cli.output import tell
from airplan_core.cli.verbs import (
    BAD_INPUT,
    clauses,
    explain,
    outlook,
    pages,
    rules,
    schema,
    sql,
    template,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from airplan_core.model.command import Command

#: What argparse says, and the same in Chinese.
_SAID = (
    (r"the following arguments are required: (.*)", "缺少 {}"),
    (r"unrecognized arguments: (.*)", "不认识 {}"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", "{} 没有“{}”；可用的有 {}"),
    (r"argument (.*?): expected one argument", "{} 后面要写一个值"),
    (r"argument (.*?): ignored explicit argument '?(.*?)'?", "{} 后面不写值，读到“{}”"),
    (r"argument (.*?): not allowed with argument (.*)", "{} 不能与 {} 同时使用"),
    (r"argument (.*?): (.*)", "{}：{}"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors name the nearest right word, in the reader's language."""

    def __init__(self, *, lang: str = "zh", **how: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **how)
        self.lang = lang
        self._positionals.title = {"zh": "参数", "en": "arguments"}[lang]
        self._optionals.title = {"zh": "选项", "en": "options"}[lang]
        self.add_argument(
            "-h", "--help", action="help", help={"zh": "显示本说明", "en": "show this"}[lang]
        )

    def error(self, message: str) -> NoReturn:
        # the word that was not understood stands in quotes, or behind "unrecognized arguments:"
        wrong = message.split("'")[1:2] or message.partition("arguments: ")[2].split()
        said = message if self.lang == "en" else _chinese(message)
        for word in wrong[:1]:
            near = difflib.get_close_matches(word.partition("=")[0], _words(self), n=1)
            if near and near[0] != word:
                said += {"zh": f"；是不是“{near[0]}”？", "en": f"; did you mean {near[0]!r}?"}[
                    self.lang
                ]
        tell(said)
        raise SystemExit(BAD_INPUT)

    def format_usage(self) -> str:
        return self._chinese_usage(super().format_usage())

    def format_help(self) -> str:
        return self._chinese_usage(super().format_help())

    def _chinese_usage(self, text: str) -> str:
        return text.replace("usage: ", "用法：", 1) if self.lang == "zh" else text


def _chinese(message: str) -> str:
    """What argparse says, in Chinese."""
    for pattern, zh in _SAID:
        found = re.fullmatch(pattern, message, re.S)
        if found:
            return zh.format(*found.groups())
    return message


def _words(parser: argparse.ArgumentParser) -> list[str]:
    """Every option and choice that a parser or one of its commands understands."""
    found = list(parser._option_string_actions)
    for action in parser._actions:
        found += map(str, action.choices or ())
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                found += _words(command)
    return found


def lang_of(words: Sequence[str]) -> str:
    """The language that a command line asks for, as far as it can be told before it is parsed."""
    lang = "zh"
    for word, following in itertools.zip_longest(words, words[1:], fillvalue=""):
        if word == "--":
            break
        if word == "--lang=en" or (word == "--lang" and following == "en"):
            lang = "en"
        elif word in ("--lang=zh", "--lang"):
            lang = "zh"
    return lang


def verb_of(words: Sequence[str]) -> str | None:
    """The verb that a command line names, as far as it can be told before it is parsed."""
    passed = False
    for word in words:
        if passed or word.startswith("-"):
            passed = word == "--lang"
            continue
        return word
    return None


def _number(lang: str, least: int, written: str) -> int:
    if not (written.isascii() and written.isdecimal() and int(written[:9]) >= least):
        raise argparse.ArgumentTypeError(
            {
                "zh": f"“{written}”不是整数；写 {least} 或更大的数",
                "en": f"{written!r} is no number of entries; write {least} or more",
            }[lang]
        )
    return int(written[:9])


def parser(
    lang: str = "zh",
    more: Mapping[str, Command] | None = None,
    named: Mapping[str, str] | None = None,
) -> _Parser:
    """The parser of the command line, which speaks Chinese (`zh`) or English.

    Args:
        lang: the language.
        more: the commands of plugins, where the line names no verb of its own.
        named: the commands that plugins are known to have, and the distribution of each.
    """

    def _(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    made: Any = partial(_Parser, lang=lang)
    parser: _Parser = made(
        prog="airplan",
        description=_(
            "把县市的各类台账逐行对照空气质量行动方案的每一句话。",
            "Hold a county's ledgers against every sentence of its air-quality plan.",
        ),
        epilog=_(
            "退出码：0 没有未达要求的，1 有未达要求的，2 输入有误，3 airplan 或插件自身出错，"
            "130 中断。",
            "Exit status: 0 clean, 1 something falls short, 2 bad input, 3 a fault of airplan's "
            "own, or a plugin's, 130 interrupted.",
        ),
    )
    from airplan_core import __version__

    parser.add_argument(
        "--version", action="version", version=f"airplan {__version__}",
        help=_("显示版本", "show the version"),
    )  # fmt: skip
    _lang(parser, "zh", lang)
    commands = parser.add_subparsers(
        title=_("命令", "commands"), metavar=_("命令", "COMMAND"), required=True, parser_class=made
    )
    folder, day = _("台账文件夹", "FACTS"), _("日期", "DATE")
    file, rule = _("文件", "FILE"), _("规则", "RULE")

    def command(name: str, run: Any, zh: str, en: str) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = commands.add_parser(
            name, help=_(zh, en), description=_(zh, en)
        )
        found.set_defaults(run=run)
        found.add_argument(
            "--config", metavar="TOML", help=_("本县的 airplan.toml", "a county's airplan.toml")
        )
        _lang(found, argparse.SUPPRESS, lang)  # it may stand before the command, too
        return found

    def facts(one: argparse.ArgumentParser, *, dated: bool = True) -> None:
        one.add_argument("facts", metavar=folder, help=_("放台账的文件夹", "a folder of ledgers"))
        if dated:
            as_of(one)

    def as_of(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "--as-of", metavar=day,
            help=_("评估日期，默认今天", "the day of assessment; today by default"),
        )  # fmt: skip

    def out(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "--out", metavar=file,
            help=_(
                "写到文件，而不显示；后缀决定格式",
                "write there instead of printing; its ending says how",
            ),
        )  # fmt: skip

    def every(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "--all", action="store_true",
            help=_("列出每一个单元格，不按类合并", "each problem on a line, not one a kind"),
        )  # fmt: skip

    number: Callable[[int], Any] = lambda least: partial(_number, lang, least)  # noqa: E731

    one = command(
        "check", check, "检查台账文件夹是否齐整", "say whether a folder of ledgers is in order"
    )
    facts(one, dated=False)
    one.add_argument("--format", choices=("text", "json", "csv"))
    out(one)
    every(one)
    _engines(one, lang)

    one = command(
        "assess", assess, "按某日评估每个对象", "hold every row against every sentence on a date"
    )
    facts(one)
    one.add_argument(
        "--format", choices=("text", "json", "csv", "parquet", "outcomes"),
        help=_(
            "outcomes：每个对象的结论，由所用引擎写成 Parquet，放在 --out 所指的新文件夹",
            "outcomes: who stands how, as Parquet that the engine itself writes into --out DIR",
        ),
    )  # fmt: skip
    out(one)
    one.add_argument(
        "--for", dest="readers", choices=("people", "machines"), default="people",
        help=_("CSV 给人看（默认），或给程序用", "whom a CSV is for; people by default"),
    )  # fmt: skip
    one.add_argument(
        "--outcome", action="append", metavar=_("结论", "NAME"),
        help=_("只要这些结论，如 违反", "only such verdicts"),
    )  # fmt: skip
    one.add_argument(
        "--department", metavar=_("部门", "NAME"),
        help=_("只要这个部门的，如 工信局", "only what is this department's"),
    )  # fmt: skip
    one.add_argument(
        "--all-metrics", action="store_true",
        help=_("没有规则引用的指标也列出", "also those that no rule reads, in the text"),
    )  # fmt: skip
    one.add_argument(
        "--by-department", action="store_true",
        help=_("按部门分列", "each department's list of what falls short"),
    )  # fmt: skip
    one.add_argument(
        "--limit", type=number(0), default=30, metavar="N",
        help=_("每个清单最多几项，默认 30", "entries in each list of the text; 30 by default"),
    )  # fmt: skip
    every(one)
    _engines(one, lang)
    one.add_argument(
        "--jobs", type=number(1), default=1, metavar="N",
        help=_("全省评估时，同时评估几个县", "counties of a province at one time"),
    )  # fmt: skip

    one = command(
        "explain", explain, "说明某一结论的理由", "say why a subject stands to a rule as it does"
    )
    one.add_argument(
        "rule", metavar=rule,
        help=_("规则，或条款如 2.1.3-3", "a rule, or the place of a sentence, 2.1.3-3"),
    )  # fmt: skip
    one.add_argument(
        "subject", metavar=_("对象", "SUBJECT"), help=_("对象的编号或名称", "its id, or its name")
    )
    facts(one)
    one.add_argument("--format", choices=("text", "json"), default="text")
    every(one)
    _engines(one, lang)

    one = command(
        "outlook", outlook, "年度目标在其余时段还须怎样",
        "say what the rest of a running period must bring"
    )  # fmt: skip
    facts(one)
    one.add_argument("--format", choices=("text", "json", "svg", "png"))
    out(one)
    every(one)
    _engines(one, lang)

    one = command(
        "sql", sql, "显示评估一条规则的查询语句",
        "print the query that holds a ledger against one rule"
    )  # fmt: skip
    one.add_argument("rule", metavar=rule)
    one.add_argument("--dialect", choices=("duckdb", "postgres", "spark"), default="duckdb")
    as_of(one)

    one = command("rules", rules, "列出生效的规则", "list the rules in force")
    one.add_argument(
        "--campaign", metavar="NAME",
        help=_("只要一个攻坚战的", "only the rules of one campaign"),
    )  # fmt: skip
    one.add_argument("--format", choices=("text", "json"), default="text")

    one = command(
        "clauses", clauses, "列出方案的每一句话及其落实方式",
        "list every sentence and how it is covered"
    )  # fmt: skip
    one.add_argument("--format", choices=("text", "json"), default="text")

    one = command(
        "pages", pages, "生成规则、台账、条款的网页文字（Markdown）",
        "write a page for every chapter, ledger and clause, as Markdown"
    )  # fmt: skip
    one.add_argument("folder", metavar=_("文件夹", "DIR"))

    one = command("schema", schema, "台账的 JSON Schema", "print the JSON Schema of all ledgers")
    out(one)

    one = command("template", template, "生成空白台账", "write empty ledgers to fill in")
    one.add_argument("folder", metavar=_("文件夹", "DIR"))
    one.add_argument("--format", choices=("csv", "xlsx"), default="xlsx")
    one.add_argument(
        "--ledger", action="append", metavar=_("台账", "NAME"),
        help=_("只要这个台账", "only this ledger"),
    )  # fmt: skip

    for name, dist in (named or {}).items():
        command(name, None, f"插件 {dist} 的命令", f"a command of the plugin {dist}")
    for plugins in (more or {}).values():
        one = command(plugins.name, partial(ask, plugins), plugins.zh, plugins.en)
        facts(one, dated=False)
        for option in plugins.options:
            one.add_argument(
                f"--{option.name}", dest=f"option {option.name}", required=option.required,
                default=None if option.required else option.default,
                type=partial(_parsed, option.parse, lang), metavar=option.name.upper(),
                help=_(option.zh, option.en).replace("%", "%%"),
            )  # fmt: skip
        one.add_argument("--format", choices=("text", "json", "csv", "xlsx"))
        one.add_argument(
            "--table", metavar=_("表", "NAME"),
            help=_("只要这一张表", "only this table of the answer"),
        )  # fmt: skip
        out(one)
        every(one)
    return parser


def _parsed(parse: Callable[[str], Any], lang: str, written: str) -> Any:
    """The value of a plugin's option; what is wrong with it is told in the language."""
    from airplan_core.errors import AirplanError, why

    try:
        return parse(written)
    except (AirplanError, ValueError) as error:
        said = why(error).text(lang)
        raise argparse.ArgumentTypeError(
            {"zh": f"读到“{written}”：{said}", "en": f"read {written!r}: {said}"}[lang]
        ) from None


def _lang(parser: argparse.ArgumentParser, default: str, lang: str) -> None:
    parser.add_argument(
        "--lang", choices=("zh", "en"), default=default,
        help={"zh": "语言，默认中文", "en": "zh by default"}[lang],
    )  # fmt: skip


def _engines(command: argparse.ArgumentParser, lang: str) -> None:
    """The options that say where the rules run."""

    def _(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    command.add_argument(
        "--engine", choices=("polars", "duckdb", "spark", "postgres"), default="polars",
        help=_(
            "规则在哪里运行：本进程，或大台账所在之处",
            "where the rules run: in this process, or where large ledgers stand",
        ),
    )  # fmt: skip
    command.add_argument(
        "--memory", metavar=_("大小", "SIZE"),
        help=_("DuckDB 和本机 Spark 的内存，如 1GiB", "of DuckDB and local Spark, such as 1GiB"),
    )  # fmt: skip
    command.add_argument(
        "--database", metavar="URL",
        help=_(
            "postgresql://主机/数据库，或 DuckDB 的文件",
            "postgresql://host/name, or a file of DuckDB's",
        ),
    )  # fmt: skip
