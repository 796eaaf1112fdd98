"""What answers about different subjects have in common."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from kiv.localized import LANGUAGES


class Answer(BaseModel):
    """A field that is not described is a mistake of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Answer):
    """One text in the languages of the product; null where it is missing."""

    nl: str | None = Field(description="Dutch.")
    fr: str | None = Field(description="French.")
    de: str | None = Field(description="German.")
    en: str | None = Field(description="English.")

    @classmethod
    def of(cls, text: Mapping[str, str], fallback: str | None = None) -> "Text":
        """`fallback`: what stands for a language without a text of its own."""
        return cls(**{language: text.get(language) or fallback for language in LANGUAGES})


class Page(Answer):
    """Some of the results, and where the others are."""

    total: int = Field(description="How many results there are in all.")
    limit: int = Field(description="How many results a page has at most.")
    offset: int = Field(description="How many results come before this page.")
    next: str | None = Field(description="Address of the next page; null on the last one.")
