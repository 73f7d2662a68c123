"""What the sections of a scenario are made of: a frozen part, and the kinds of values it holds.

Shares and weights are parts per million (ppm), money is fen, times of day are "HH:MM".
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from crmsim.engine.words import Bilingual


class Part(BaseModel):
    """A section of a scenario: frozen, refusing keys it does not know, its tables in the order of their keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, arbitrary_types_allowed=True, defer_build=True
    )  # a section is read as a part of its scenario: nobody needs a validator of its own

    @model_validator(mode="before")
    @classmethod
    def _in_order(cls, data: Any) -> Any:
        # Draws by weight walk a table in its order, so a scenario read back from its sorted text must be the same.
        if not isinstance(data, dict):
            return data
        return {key: dict(sorted(value.items())) if _is_table(value) else value for key, value in data.items()}


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _bilingual(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"en", "zh"} and all(isinstance(each, str) for each in value.values()):
        return Bilingual(value["en"], value["zh"])
    if isinstance(value, str | Bilingual):
        return value
    raise ValueError('expected a text or {en = "...", zh = "..."}')


def _both(value: Any) -> Any:
    return {"en": value.en, "zh": value.zh} if isinstance(value, Bilingual) else value


Named = Annotated[
    Any,
    BeforeValidator(_bilingual),
    PlainSerializer(_both, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
                    "required": ["en", "zh"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
Fen = Annotated[int, Field(ge=0, le=1_000_000_000_000, strict=True)]
Ppm = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
Count = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]
Days = Annotated[int, Field(ge=0, le=1000, strict=True)]
Some = Annotated[int, Field(ge=1, le=10_000_000, strict=True)]  # a count by which something is divided
Shift = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000, strict=True)]  # for better or worse
TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
