"""Settings read from the environment. Nothing else reads environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


class SettingMissing(Exception):
    """A setting without which the application must not start."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Typed access to environment variables; a wrong value stops the start instead of being guessed."""

    values: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def required(self, name: str, why: str) -> str:
        value = self.text(name)
        if not value:
            raise SettingMissing(f"{name} is not set: {why}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name).lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        if value:
            raise SettingMissing(f"{name}={value!r} is not a yes or a no: write 1 or 0")
        return default

    def number(self, name: str, default: int, *, at_most: int) -> int:
        """A whole number from 0 to `at_most`."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdecimal() and int(value) <= at_most):
            raise SettingMissing(f"{name}={value!r} is not a whole number from 0 to {at_most}")
        return int(value)

    def words(self, name: str, default: str = "") -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]


def read_environment() -> Environment:
    return Environment(os.environ)
