"""The page of a digest as a file in its thread: put there once, where we may put files.

A file is uploaded first, which nobody sees, and then put in the thread. Only the second can happen
without our knowing; after that the thread is searched for its name, which no other file has.
"""

from __future__ import annotations

from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.surfaces.slack.pages import pages
from bot.surfaces.slack.posted_before import PAGE, place
from bot.surfaces.slack.refusals import GONE, code_of, meaning, was_never_sent
from bot.usecases import deliver
from bot.usecases.delivery import Delivery, Ended, Later, Outcome, Unknown
from bot.usecases.tell_managers import PageView
from bot.usecases.toolbox import Toolbox
from bot.wording import digest_page, managers_digest
from bot.wording.texts import Texts

TIMEOUT = 10  # seconds
PART, VERSION = 1, 1  # it is one file, and never changes
NO_SCOPE = "missing_scope"


def bring(
    toolbox: Toolbox, client: WebClient, delivery: Delivery, view: PageView
) -> Outcome | None:
    """Put it below its digest; what hindered it. Where we may put no files there is none."""
    if delivery.parts:
        deliver.up_to_date(toolbox, delivery)
        return None
    if delivery.thread is None:
        return Ended(deliver.DELETED)
    putting = _Putting(toolbox, client, delivery, view, delivery.thread)
    try:
        reference = putting.reference()
    except SlackApiError as error:
        return putting.refused(error)
    except (OSError, HTTPException) as error:
        return Later(putting.looking or (putting.posting and not was_never_sent(error)))
    if reference:
        deliver.posted(toolbox, delivery, PART, reference, VERSION, more=False)
    return None


class _Putting:
    """One try. `looking`: for what an earlier one put there; `posting`: it may be there now."""

    def __init__(
        self, toolbox: Toolbox, client: WebClient, delivery: Delivery, view: PageView, thread: str
    ) -> None:
        self._toolbox = toolbox
        self._client = client
        self._delivery = delivery
        self._view = view
        self._thread = place(thread)
        self.looking = delivery.job.uncertain
        self.posting = False

    def reference(self) -> str | None:
        """Where it is; None where our time was over before it was put there."""
        if self.looking and (found := self._find()):
            return found
        self.looking = False
        file = self._upload()
        if not deliver.still_ours(self._toolbox, self._delivery):
            return None
        self.posting = True
        self._client.files_completeUploadExternal(
            files=[file], channel_id=self._thread["channel"], thread_ts=self._thread["ts"]
        )
        return self._named(str(file["id"]))

    def refused(self, error: SlackApiError) -> Outcome | None:
        """What it means that Slack refused something."""
        if code_of(error) in GONE:  # people deleted the digest
            return Ended(deliver.DELETED)
        if code_of(error) != NO_SCOPE:
            return meaning(error, posting=self.posting, in_doubt=self.looking)
        if self.looking:
            return Unknown(NO_SCOPE)
        deliver.up_to_date(self._toolbox, self._delivery)
        return None

    def _find(self) -> str | None:
        """Where an earlier try put it, if it did."""
        found = pages(self._client.conversations_replies, **self._thread, limit=PAGE)
        files = (f for page in found for m in page["messages"] for f in m.get("files") or ())
        return next((self._named(it["id"]) for it in files if it["name"] == self._view.name), None)

    def _upload(self) -> dict[str, str | None]:
        """Its id and title, once Slack has what is in it."""
        texts = self._texts()
        content = digest_page.digest(self._view.digest, texts).encode()
        given: Any = self._client.files_getUploadURLExternal(
            filename=self._view.name, length=len(content)
        )
        request = Request(given["upload_url"], content)  # noqa: S310  Slack gave it
        request.add_header("Content-Type", "application/octet-stream")
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310
            return {
                "id": str(given["file_id"]),
                "title": managers_digest.heading(self._view.digest, texts),
            }

    def _texts(self) -> Texts:
        language = self._view.language
        return Texts(language, self._toolbox.prompts.texts[language])

    def _named(self, file_id: str) -> str:
        return f"{self._thread['channel']}/{file_id}"
