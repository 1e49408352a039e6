"""What values in files of prompts share: names, words, and that nothing else stands there."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Strict(BaseModel):
    """Keys and values just as they are declared, and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


def one_line(words: str) -> str:
    """Words that may have been typed over several lines."""
    return " ".join(words.split())
