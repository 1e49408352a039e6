"""What may stand in config.yaml: its keys with their descriptions, and their JSON schema."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bot.domain.customer import MOST_QUESTIONS
from bot.domain.release import LEAST
from bot.readers.config_values import (
    Accounts,
    FridayMoment,
    FridayOrNever,
    ManagersDigest,
    MomentOrNever,
    Said,
    Served,
    StrictOrEmpty,
    Words,
    Zone,
)

Theme = Literal["knowledge", "wishes", "full_answer", "complaints", "satisfaction", "clarity"]


class Settings(StrictOrEmpty):
    """What a channel may set; what it leaves out comes from `defaults`, then from us."""

    language: Literal["nl", "en"] | None = Field(
        None, description="Language of questions and messages; left out: that of the agenda."
    )
    sector: Words | None = Field(
        None, description="Gives the customer its word; a file name in prompts/customers."
    )
    customer: Served | None = Field(
        None,
        description='Your own word for one customer, with its article: "de huurder". For two'
        " languages: {nl: de huurder, en: the tenant}.",
    )
    promise: Said | None = Field(
        None,
        description="What you promise customers, in a few words. Two languages: {nl: …, en: …}.",
    )
    questions: int | None = Field(
        None, ge=1, le=MOST_QUESTIONS, description="How many questions a substantive item gets."
    )
    theme: Theme | None = Field(
        None, description="The theme of the period: its questions come more often."
    )
    accounts: Accounts | None = Field(
        None, description="Names of customers, by which it is heard that a customer comes up."
    )
    digest: MomentOrNever | None = Field(
        None,
        description="When a channel gets its figures of the week before; or never. Default: Monday"
        " 09:00.",
    )


class FileFloors(StrictOrEmpty):
    """As much must stand behind a figure that is shown outside its channel; never less than 5."""

    people: int = Field(
        LEAST, ge=LEAST, description="Members of the channel, or of the largest. Default: 5."
    )
    meetings: int = Field(
        LEAST, ge=LEAST, description="Meetings with something to count. Default: 5."
    )


class File(StrictOrEmpty):
    """The configuration of klantvraag. Everything may be left out or left empty."""

    database: Words | None = Field(
        None, description="The SQLite file, relative to this file. Default: klantvraag.db."
    )
    prompts_dir: Words | None = Field(
        None, description="Your own folder over klantvraag's prompts, relative to this file."
    )
    timezone: Zone = Field(
        "Europe/Amsterdam",
        description="The time zone of days and weeks. Default: Europe/Amsterdam.",
    )
    close_after_hours: int = Field(
        3,
        ge=1,
        le=168,
        description="A meeting that people forgot to close is closed so many hours after its end."
        " Default: 3.",
    )
    next_week: FridayOrNever = Field(
        FridayMoment(),
        description="When whoever posted a series' last agenda is told, in private, that for next"
        " week none is prepared; or never. Default: Friday 14:00.",
    )
    floors: FileFloors = Field(
        FileFloors(),
        description="As much must stand behind a figure that is shown outside its channel. Can be"
        " raised, not lowered.",
    )
    defaults: Settings = Field(Settings(), description="Settings for every channel.")
    channels: dict[Words, Settings] = Field(
        {}, description="Settings of a channel by its name; what is left out comes from defaults."
    )
    digests: dict[Words, ManagersDigest] = Field(
        {},
        description="Figures of several channels together that come by themselves in Slack, each"
        " under a name of your own.",
    )


def json_schema() -> dict[str, Any]:
    """The JSON schema of config.yaml, for editors; a value may be left empty there as well."""
    schema = File.model_json_schema()
    for model in (schema, *schema["$defs"].values()):
        model["properties"] = {k: _for_editors(v) for k, v in model["properties"].items()}
    channels = schema["properties"]["channels"]["anyOf"][0]
    channels["additionalProperties"] = _for_editors(channels["additionalProperties"])
    start = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return start | schema | {"title": "klantvraag: config.yaml"}


def _for_editors(value: dict[str, Any]) -> dict[str, Any]:
    """A value's schema that accepts nothing too; description first, no title made of the key."""
    shown = {key: value[key] for key in ("description",) if key in value}
    bare = {k: v for k, v in value.items() if k not in {"title", "default", "description"}}
    choices = bare.get("anyOf") or [bare, {"type": "null"}]
    return shown | {"anyOf": choices}
