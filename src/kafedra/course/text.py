"""Text in two languages: `title = "MNIST"` for both, or `title = { ru = "Дропаут", en = "Dropout" }`."""

from typing import Literal, Self

from pydantic import Field, model_validator

from kafedra.course.fields import FileModel, not_allowed

Language = Literal["ru", "en"]


class Localized(FileModel):
    """The same words in Russian and in English; neither is empty."""

    ru: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _one_text_for_both(cls, value: object) -> object:
        if isinstance(value, str) and value:
            return {"ru": value, "en": value}
        if isinstance(value, dict | Localized):
            return value
        raise not_allowed('must be text in quotes, or both languages: { ru = "…", en = "…" }')

    @classmethod
    def same(cls, text: str) -> Self:
        """`text` in either language: a name that is not translated."""
        return cls(ru=text, en=text)

    def in_(self, language: str) -> str:
        """The text in `language` ("ru" or "en"); any other language gets the English one."""
        return self.ru if language == "ru" else self.en

    def __str__(self) -> str:
        return self.ru if self.ru == self.en else f"{self.ru} / {self.en}"
