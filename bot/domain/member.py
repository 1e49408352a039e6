"""What somebody is to a channel, and what that lets them do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """An account and a channel, as the platform tells now; `name` is what others see.

    `here`: in the channel. `guest`: of this organisation, with less than a full account.
    `outsider`: of another one. `gone`: deactivated, or never a person.
    """

    name: str = ""
    here: bool = True
    guest: bool = False
    outsider: bool = False
    gone: bool = False

    @property
    def reads(self) -> bool:
        """Whether the channel's figures are theirs to see."""
        return self.here and not self.outsider and not self.gone

    @property
    def full(self) -> bool:
        """Whether they may do what a chair may."""
        return self.reads and not self.guest
