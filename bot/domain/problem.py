"""What went wrong, as codes and values; surfaces make sentences of them, in one's language."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field


class Problem(Exception):
    """Something could not be done.

    `code` is a key below `problems` in prompts/texts; `values` fill its placeholders.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Mistake:
    """Something in config or prompts that can't be right, and where it stands.

    `code` is a key below `mistakes` in prompts/texts; `line` counts from 1; 0: none. `path` are the
    keys and indexes of the value, None where the mistake is in no value.
    """

    file: str
    line: int
    key: str
    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    path: tuple[Hashable, ...] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.code} {dict(self.values)}"


class Mistakes(Exception):
    """All mistakes found in config or prompts, so that they can be mended in one go."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line)))
        super().__init__(*map(str, self.mistakes))
