"""Every error airplan raises: what was read, where, what was expected, what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Self

import attrs

from airplan_core.visible import visible


class AirplanError(Exception):
    """The base of every error airplan raises on purpose.

    `str()` of it is for developers, in English; `text` is in the reader's language as far as it
    was said in it.
    """

    def __init__(self, en: str = "", zh: str | None = None) -> None:
        super().__init__(en)
        self.zh = zh

    def text(self, lang: str = "zh") -> str:
        """The message in Chinese (`zh`), or in English."""
        return self.zh if lang == "zh" and self.zh is not None else str(self)


class UnitError(AirplanError, ValueError):
    """A quantity that cannot be read, or whose dimension is not the one expected."""


class RuleError(AirplanError, ValueError):
    """A rule, entity, metric or clause that does not say one clear thing."""


class ConfigError(AirplanError, ValueError):
    """A mistake in `airplan.toml`."""


class PluginError(AirplanError):
    """A plugin that cannot be found, fails to load, or clashes with another one."""

    def text(self, lang: str = "zh") -> str:
        """The message; where it is only for whoever writes plugins, that is said in Chinese."""
        return _for_authors(self, lang) or super().text(lang)


class RulebookError(AirplanError, ValueError):
    """What the plugins yield does not hold together as a whole."""

    def text(self, lang: str = "zh") -> str:
        """The message; where it is only for whoever writes plugins, that is said in Chinese."""
        return _for_authors(self, lang) or super().text(lang)


def _for_authors(error: AirplanError, lang: str) -> str | None:
    if lang != "zh" or error.zh is not None:
        return None
    return f"规则插件有误，请告诉写插件的人：{error}"


class Said(str):
    """A text in English that knows its Chinese."""

    zh: str

    def __new__(cls, zh: str, en: str) -> Self:
        """The text `en`, which is `zh` in Chinese."""
        text = super().__new__(cls, en)
        text.zh = zh
        return text

    def text(self, lang: str = "zh") -> str:
        """In Chinese (`zh`), or in English."""
        return self.zh if lang == "zh" else str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Said, (self.zh, str(self))


def said(text: str) -> Said:
    """A text as it is said in both languages, where it is the same in both."""
    return text if isinstance(text, Said) else Said(text, text)


def why(error: BaseException) -> Said:
    """What an error says, in both languages as far as it was said in both."""
    if isinstance(error, AirplanError):
        return Said(error.text("zh"), str(error))
    if isinstance(error, OSError):
        return _of_system(error)
    first = error.args[0] if error.args else None
    return first if isinstance(first, Said) else said(str(error))


#: What a file system refuses, in Chinese, by the names of `errno`.
_REFUSED = {
    "ENOENT": "没有这个文件或文件夹", "EACCES": "没有权限", "EPERM": "没有权限",
    "EISDIR": "这是文件夹，不是文件", "ENOTDIR": "路径中有一段不是文件夹", "ENOSPC": "磁盘已满",
    "EROFS": "磁盘只能读，不能写", "EEXIST": "已经存在", "ENAMETOOLONG": "名称太长",
    "ELOOP": "链接绕成了圈", "EMFILE": "打开的文件太多", "EDQUOT": "磁盘配额已满",
    "EIO": "磁盘读写出错", "EPIPE": "读取的一方已关闭", "EBADF": "没有打开", "EBUSY": "正被占用",
    "ETXTBSY": "正被占用", "EFBIG": "文件太大",
}  # fmt: skip


def _of_system(error: OSError) -> Said:
    """What a file system refused, and of which file."""
    import errno

    name = None if error.filename is None else str(error.filename)
    plain = error.strerror or str(error)
    zh = _REFUSED.get(errno.errorcode.get(error.errno or 0, ""), plain)
    return Said(zh, plain) if name is None else Said(f"{name}：{zh}", f"{name}: {plain}")


def _said_if(text: str | None) -> Said | None:
    return None if text is None else said(text)


@attrs.frozen(kw_only=True)
class Problem:
    """One thing wrong with the input, with its place.

    Attributes:
        file: its name, or a ledger's and an id; `sheet` is that of a workbook of several.
        row: counted as a spreadsheet does, from 1; a problem of a whole file or column has none.
        column: what its header says.
        read: what stands there.
        expected: what should, and `hint` what to write instead.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    read: str | None = None
    expected: Said = attrs.field(converter=said)
    hint: Said | None = attrs.field(default=None, converter=_said_if)

    @property
    def place(self) -> str:
        """Where it stands and what stands there, in few signs: `boiler.csv:3 燃料“煤”`."""
        sheet = "" if self.sheet is None else f"/{self.sheet}"
        row = "" if self.row is None else f":{self.row}"
        column = "" if self.column is None else f" {self.column}"
        return f"{self.file}{sheet}{row}{column}" + ("" if self.read is None else f"“{self.read}”")

    def text(self, lang: str = "zh") -> str:
        """The problem as one line, in Chinese (`zh`) or in English."""
        return _zh(self) if lang == "zh" else str(self)

    def __str__(self) -> str:
        place = visible(self.file)
        if self.sheet is not None:
            place += f", sheet {self.sheet!r}"
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {str(self.column)!r}"
        read = "" if self.read is None else f"read {self.read!r}, "
        hint = "" if self.hint is None else f"; {self.hint}"
        return visible(f"{place}: {read}expected {self.expected}{hint}")


def _zh(problem: Problem) -> str:
    place = said(problem.file).zh
    if problem.sheet is not None:
        place += f"，工作表“{problem.sheet}”"
    if problem.row is not None:
        place += f"，第 {problem.row} 行"
    if problem.column is not None:
        place += f"，“{said(problem.column).zh}”列"
    hint = "" if problem.hint is None else f"；{problem.hint.zh}"
    return visible(f"{place}：{_read(problem)}应为{problem.expected.zh}{hint}")


def _read(problem: Problem) -> str:
    if problem.read is None:
        return ""
    return f"读到“{problem.read}”，" if problem.read else "是空白，"


class FactsError(AirplanError, ValueError):
    """Ledgers that cannot be read as a whole; `problems` holds every one of them.

    `files` has what could be read all the same, as `Facts.files`, and `notes` what a reader should
    know of it.
    """

    def __init__(
        self, problems: Iterable[Problem], *, files: Iterable[Any] = (), notes: Iterable[Said] = ()
    ) -> None:
        self.problems = tuple(problems)
        self.files, self.notes = tuple(files), tuple(notes)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def text(self, lang: str = "zh") -> str:
        """Every problem on a line of its own."""
        return "\n".join(problem.text(lang) for problem in self.problems)


#: More options than this are not compared one by one.
MANY = 5000


def nearest(name: str, options: Iterable[str]) -> Said:
    """Say which of `options` is nearest to `name`, or list them when none is near.

    Returns a clause to end a sentence with, such as ``did you mean 'capacity'?``.
    """
    known = sorted(set(options))
    if len(known) > MANY:
        # of a large ledger's ids only those that begin or end alike are worth comparing
        known = [o for o in known if o[:2] == name[:2] or o[-2:] == name[-2:]][:MANY] or known[:1]
    lowered = {option.lower(): option for option in known}
    match = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.5)
    if match:
        return Said(f"是不是“{lowered[match[0]]}”？", f"did you mean {lowered[match[0]]!r}?")
    if not known:
        return Said("没有可选的", "there is none to choose from")
    many = len(known) > 12
    zh = "可用的有：" + "、".join(known[:12]) + ("……" if many else "")
    return Said(zh, "known: " + ", ".join(known[:12]) + (", …" if many else ""))
