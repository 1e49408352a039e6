"""The words reading an agenda needs, in every language at once; filled from prompts/reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True)
class TellingWords:
    """The words of one language that tell something, by the name of what they tell.

    `telling` words do at once, `general` ones where nothing clearer does; `plain` words tell
    nothing, and so keep what they are part of from being taken for something else.
    """

    telling: Mapping[str, Words]
    general: Mapping[str, Words]
    plain: Words


@dataclass(frozen=True, eq=False)  # one object per catalogue; hashed by identity for caches
class Vocabulary:
    """Lower-case words and phrases, languages merged; what each is for stands in prompts/reading.

    `months` maps a name to 1–12; `durations` a unit to its minutes; `half_days` a word to the
    hours it adds; `common_words` a language ("nl", "en") to words that give that language away.
    `topics` and `cues`, by language too, tell what an item is about and which question it asks
    for; they come from prompts/topics and prompts/questions.
    """

    agenda_titles: Words
    agenda_words: Words
    later_words: Words
    agenda_qualifiers: Words
    group_titles: Words
    session_words: Words
    header_titles: Words
    minutes_titles: Words
    trailer_titles: Words
    label_titles: Words
    title_labels: Words
    day_labels: Words
    time_labels: Words
    place_labels: Words
    meeting_words: Words
    title_words: Words
    outcome_labels: Words
    buttons: Words
    conference: Words
    greetings: Words
    closings: Words
    announcements: Words
    filler_words: Words
    added_words: Words
    clause_words: Words
    list_joiners: Words
    sentence_words: Words
    and_words: Words
    articles: Words
    stop_words: Words
    opening_words: Words
    core_words: Words
    core_phrases: Words
    decisive_phrases: Words
    frame_words: Words
    minutes_words: Words
    itself_words: Words
    pointing_words: Words
    item_words: Words
    columns_subject: Words
    columns_time: Words
    columns_minutes: Words
    columns_who: Words
    columns_other: Words
    from_words: Words
    until_words: Words
    hour_words: Words
    by_words: Words
    with_words: Words
    presenter_words: Words
    first_names: Words
    name_particles: Words
    not_names: Words
    noun_endings: Words
    weekdays: Words
    ordinal_endings: Words
    date_joiners: Words
    months: Mapping[str, int]
    durations: Mapping[str, int]
    half_days: Mapping[str, int]
    common_words: Mapping[str, Words]
    topics: Mapping[str, TellingWords]
    cues: Mapping[str, TellingWords]
