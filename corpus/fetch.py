"""Fetching the sources that may be fetched: a web page, or an article's XML from Europe PMC.

A document is stored only if it is the one that the list of references means and if it states a
licence that allows it. Whatever goes wrong is a `SourceError`, and what was stored stays.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx

from corpus.blocks import Extracted, SourceError
from corpus.cards import normalised
from corpus.extract import extract
from corpus.licences import allowing, own_copy
from corpus.polite import PoliteClient
from corpus.references import Reference, References
from corpus.sources import SourceRecord, load_records
from corpus.store import listed, store
from corpus.web import Page
from settings import Settings

HTML = ("text/html", "application/xhtml+xml")
XML = ("application/xml", "text/xml")
JSON = ("application/json",)


def fetch_all(
    settings: Settings,
    references: References,
    numbers: Iterable[int],
    again: bool,
    client: httpx.Client,
    say: Callable[[str], None],
) -> tuple[int, int]:
    """Fetches the references of those numbers, or all that may be; how many it stored and failed.

    Those already stored are skipped, except `again`; one that fails does not keep the others.
    Says how each went. Raises `SourceError`, before anything is fetched, for an unknown number.
    """
    asked = [listed(references, number) for number in dict.fromkeys(numbers)]
    polite = PoliteClient(client, settings.fetch_wait, say)
    there = load_records(settings.sources, references)
    stored = failed = 0
    for reference in asked or [one for one in references.entries if one.fetch]:
        number = reference.number
        old = there.get(number)
        if old and not again:
            say(f"reference {number}: stored on {old.date}; --again fetches it anew")
            continue
        try:
            _check_fetchable(reference, old)
            say(f"reference {number}: fetching {reference.title!r}")
            record = fetch(reference, settings, polite)
        except SourceError as error:
            failed += 1
            say(f"reference {number}: {error}")
        else:
            stored += 1
            say(f"reference {number}: stored, from {record.origin}")
    return stored, failed


def fetch(reference: Reference, settings: Settings, polite: PoliteClient) -> SourceRecord:
    """Fetches the text of `reference` in its way and stores it; raises `SourceError` if it cannot.

    Nothing is stored unless title, DOI and licence are what they must be.
    """
    if reference.fetch == "html":
        page = polite.get(reference.url, HTML, robots=True)
    else:
        page = _from_europe_pmc(reference, settings.europe_pmc.rstrip("/"), polite)
    told = _extracted(page)
    _check_identity(told, reference, page)
    licence = told.licence
    if reference.licence_page and not licence:
        licence = _licence_of_publisher(reference, polite)
    allowing(licence, reference.number)
    told = Extracted(told.title, licence, told.doi, told.blocks)
    media_type = page.media_type.partition(";")[0].strip()
    return store(settings.sources, reference, told, page.address, media_type)


def _check_fetchable(reference: Reference, old: SourceRecord | None) -> None:
    """Raises `SourceError` for a text that may not be fetched, and for one the operator added."""
    if not reference.fetch:
        fault = f"its text is not to be fetched ({reference.licence}): there are notes and a link"
        raise SourceError(f"{fault}; {own_copy(reference.number)}")
    if old and old.permission:
        fault = f"its text was added from {old.origin} by permission of {old.permission}"
        raise SourceError(f"{fault}; to fetch it instead: python -m corpus remove {old.number}")


def _extracted(page: Page) -> Extracted:
    try:
        return extract(page.content, page.media_type)
    except SourceError as error:
        raise SourceError(f"{page.address}: {error}") from error


def _check_identity(told: Extracted, reference: Reference, page: Page) -> None:
    """Raises `SourceError` unless this is the document that the list means."""
    if normalised(told.title) != normalised(reference.title):
        fault = f"{page.address} is titled {told.title!r}, not {reference.title!r}"
        raise SourceError(
            f"{fault}; read it, and if it is the same document mend the title in references.toml"
        )
    if reference.fetch == "europepmc" and told.doi.casefold() != reference.doi.casefold():
        fault = f"{page.address} has the DOI {told.doi!r}, not {reference.doi!r}"
        raise SourceError(f"{fault}; mend the doi in references.toml")


def _licence_of_publisher(reference: Reference, polite: PoliteClient) -> str:
    """What the publisher's page about rights states, and where."""
    page = polite.get(reference.licence_page, HTML, robots=True)
    licence = _extracted(page).licence
    return f"{licence} ({page.address})" if licence else ""


def _from_europe_pmc(reference: Reference, service: str, polite: PoliteClient) -> Page:
    """The article's XML, looked up by its DOI."""
    query = httpx.QueryParams(
        query=f'DOI:"{reference.doi}"', format="json", resultType="core", pageSize="25"
    )
    page = polite.get(f"{service}/search?{query}", JSON)
    for hit in _hits(page):
        if str(hit.get("doi", "")).casefold() == reference.doi.casefold():
            if not hit.get("pmcid") or hit.get("isOpenAccess") != "Y":
                fault = f"Europe PMC has no open-access text of {reference.doi}"
                raise SourceError(f"{fault}; {own_copy(reference.number)}")
            return polite.get(f"{service}/{hit['pmcid']}/fullTextXML", XML)
    fault = f"Europe PMC does not know {reference.doi}"
    raise SourceError(f"{fault}; mend the doi in references.toml, or {own_copy(reference.number)}")


def _hits(page: Page) -> list[dict[str, Any]]:
    """What was found. Raises `SourceError` when the answer is not in the service's form."""
    try:
        found = json.loads(page.content)["resultList"]["result"]
        return [hit for hit in found if isinstance(hit, dict)]
    except (ValueError, LookupError, TypeError) as error:
        fault = f"{page.address} does not answer in the form that Europe PMC describes"
        raise SourceError(
            f"{fault}; try again later, or see whether the service changed"
        ) from error
