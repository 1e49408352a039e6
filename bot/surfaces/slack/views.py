"""Everything people see in Slack, in one place: what is to be shown in, Block Kit out."""

from bot.surfaces.slack.agenda_blocks import agenda
from bot.surfaces.slack.agenda_form import (
    agenda_form,
    agenda_of,
    day_of,
    item_form,
    preview,
    title_form,
    title_of,
)
from bot.surfaces.slack.answer_form import (
    answer_form,
    answers_of,
    change_form,
    changes_of,
    reason_form,
    reason_of,
)
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.carry_over_pieces import carries
from bot.surfaces.slack.closing_form import closing_form, observed_of, take_away_of
from bot.surfaces.slack.closing_message import closing
from bot.surfaces.slack.figures_details import figures_details
from bot.surfaces.slack.figures_message import figures, figures_are_shared, shared_figures, week
from bot.surfaces.slack.home_forms import help_form, stored_form
from bot.surfaces.slack.home_tab import home, home_of_outsider, home_unseen, language_of
from bot.surfaces.slack.items_form import (
    items_form,
    new_item_form,
    new_item_of,
    rename_form,
    withdraw_form,
)
from bot.surfaces.slack.managers_message import (
    managers_digest_message,
    subscription_ended,
    subscription_made,
)
from bot.surfaces.slack.meetings_message import Listed, meetings
from bot.surfaces.slack.next_week_message import next_week, next_week_stopped
from bot.surfaces.slack.note_form import new_note_form, note_form, note_of
from bot.surfaces.slack.notices import (
    error,
    expects,
    help_,
    introduction,
    not_applicable,
    noted_before,
    reason_noted,
    reasons,
    refused,
    source_lost,
    told,
    undone,
    unexpected,
)
from bot.surfaces.slack.outside_message import outside_of, outside_question
from bot.surfaces.slack.question_form import question_form, question_of
from bot.surfaces.slack.quiet_message import (
    digest_goes_on,
    digest_left,
    digest_stopped,
    quiet,
    quiet_gone,
    refuses_stop,
    stop_refused,
)
from bot.surfaces.slack.read_form import read_form
from bot.surfaces.slack.settings_form import (
    Settings,
    customer_of,
    set_up_form,
    settings_form,
    settings_of,
)
from bot.surfaces.slack.settings_message import settings_changed
from bot.surfaces.slack.subscription_form import subscription_form, wish_of

__all__ = [
    "Listed",
    "Message",
    "Settings",
    "agenda",
    "agenda_form",
    "agenda_of",
    "answer_form",
    "answers_of",
    "carries",
    "change_form",
    "changes_of",
    "closing",
    "closing_form",
    "customer_of",
    "day_of",
    "digest_goes_on",
    "digest_left",
    "digest_stopped",
    "error",
    "expects",
    "figures",
    "figures_are_shared",
    "figures_details",
    "help_",
    "help_form",
    "home",
    "home_of_outsider",
    "home_unseen",
    "introduction",
    "item_form",
    "items_form",
    "language_of",
    "managers_digest_message",
    "meetings",
    "new_item_form",
    "new_item_of",
    "new_note_form",
    "next_week",
    "next_week_stopped",
    "not_applicable",
    "note_form",
    "note_of",
    "noted_before",
    "observed_of",
    "outside_of",
    "outside_question",
    "preview",
    "question_form",
    "question_of",
    "quiet",
    "quiet_gone",
    "read_form",
    "reason_form",
    "reason_noted",
    "reason_of",
    "reasons",
    "refused",
    "refuses_stop",
    "rename_form",
    "set_up_form",
    "settings_changed",
    "settings_form",
    "settings_of",
    "shared_figures",
    "source_lost",
    "stop_refused",
    "stored_form",
    "subscription_ended",
    "subscription_form",
    "subscription_made",
    "take_away_of",
    "title_form",
    "title_of",
    "told",
    "undone",
    "unexpected",
    "week",
    "wish_of",
    "withdraw_form",
]
