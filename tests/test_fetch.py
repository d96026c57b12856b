"""Fetching sources from a real server: what is asked, what is stored, and every way to fail."""

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

import corpus.web
from corpus import References, load_references
from corpus.__main__ import main
from corpus.blocks import SourceError
from corpus.fetch import fetch_all
from corpus.licences import allowing
from corpus.polite import NAME, PoliteClient
from corpus.sources import load_records, load_sources
from corpus.store import add_source
from settings import Settings
from tests.corpus_folder import edit, write, write_corpus
from tests.loopback import Host, Reply, running_host
from tests.source_documents import ARTICLE, ARTICLE_DOI, ARTICLE_TITLE, PAGE, PAGE_TITLE, REUSE

XML = "application/xml;charset=UTF-8"
JSON = "application/json;charset=utf-8"
HIT = {"pmcid": "PMC77", "doi": "10.5555/TILES.7", "isOpenAccess": "Y", "title": ARTICLE_TITLE}
OTHER_HIT = HIT | {"doi": "10.5555/tiles.70", "pmcid": "PMC1"}
OWN_COPY = (
    'ask the publisher, then add your own copy: python -m corpus add {} FILE --permission "who'
)


def found(*hits: object) -> Reply:
    return Reply(json.dumps({"resultList": {"result": hits}}), JSON)


@pytest.fixture
def host() -> Iterator[Host]:
    """Serves the page of reference 1, with its rights elsewhere, and the article of reference 3."""
    with running_host() as host:
        host.answer("/robots.txt", Reply(status=404))
        host.answer("/stone", Reply(PAGE))
        host.answer("/reuse", Reply(REUSE))
        host.answer("/rest/search", found(OTHER_HIT, HIT))
        host.answer("/rest/PMC77/fullTextXML", Reply(ARTICLE, XML))
        yield host


@pytest.fixture
def settings(tmp_path: Path, host: Host) -> Settings:
    content = write_corpus(tmp_path / "content")
    listed = content / "references.toml"
    edit(
        listed,
        'url = "https://example.org/stone"\n',
        f'url = "{host.address}/stone"\ntitle = "{PAGE_TITLE}"\nfetch = "html"\n'
        f'licence_page = "{host.address}/reuse"\n',
    )
    edit(
        listed,
        'url = "https://example.org/genes"\n',
        f'url = "https://example.org/genes"\ntitle = "{ARTICLE_TITLE}"\nfetch = "europepmc"\n'
        f'doi = "{ARTICLE_DOI}"\n',
    )
    return Settings(
        root=tmp_path,
        corpus=content,
        var=tmp_path / "var",
        europe_pmc=f"{host.address}/rest/",
        fetch_wait=0.0,
    )


@pytest.fixture
def references(settings: Settings) -> References:
    return load_references(settings.corpus / "references.toml")


@pytest.fixture
def run(settings: Settings) -> Callable[..., tuple[tuple[int, int], str]]:
    """Fetches; gives how many were stored and failed, and all that was said."""

    def run(*numbers: int, again: bool = False, **knobs: object) -> tuple[tuple[int, int], str]:
        said: list[str] = []
        references = load_references(settings.corpus / "references.toml")
        used = replace(settings, **knobs)  # type: ignore[arg-type]
        with httpx.Client(timeout=5, trust_env=False) as client:
            counts = fetch_all(used, references, numbers, again, client, said.append)
        return counts, "\n".join(said)

    return run


Run = Callable[..., tuple[tuple[int, int], str]]


def texts(settings: Settings, references: References) -> dict[str, str]:
    documents, faults = load_sources(settings.sources, references)
    assert faults == ()
    return {one.name: one.text for one in documents}


# What goes well.


def test_what_may_be_fetched_is_stored_with_where_it_is_from(
    run: Run, host: Host, settings: Settings, references: References
) -> None:
    assert run()[0] == (2, 0)
    stored = texts(settings, references)
    assert stored["ref-1"].startswith(f"# {PAGE_TITLE}\n\nWhen lichen comes back")
    assert stored["ref-3"].startswith(f"# {ARTICLE_TITLE}\n\n## Simple Summary\n\nLichen may")
    page, article = load_records(settings.sources, references).values()
    assert (page.origin, page.media_type) == (f"{host.address}/stone", "text/html")
    assert page.licence == (
        "Unless otherwise indicated, all text of the museum is free of copyright and may be reused"
        f" without our permission. ({host.address}/reuse)"
    )
    assert article.origin == f"{host.address}/rest/PMC77/fullTextXML"
    assert article.licence.startswith("http://creativecommons.org/licenses/by/4.0/ This is an open")
    assert (page.permission, article.permission) == ("", "")


def test_the_server_is_told_who_asks_and_asked_for_no_more_than_needed(
    run: Run, host: Host
) -> None:
    run()
    assert [path.partition("?")[0] for path in host.asked] == [
        *("/robots.txt", "/stone", "/reuse"),
        *("/rest/search", "/rest/PMC77/fullTextXML"),
    ]
    query = dict(httpx.QueryParams(host.asked[3].partition("?")[2]))
    assert query["query"] == f'DOI:"{ARTICLE_DOI}"'
    [agent] = host.agents
    assert agent.startswith(f"{NAME}/")


def test_a_second_run_skips_what_is_stored(run: Run, host: Host) -> None:
    run()
    host.asked.clear()
    counts, said = run()
    assert counts == (0, 0)
    assert said.count("; --again fetches it anew") == 2
    assert host.asked == []


def test_an_interrupted_run_goes_on_where_it_stopped(run: Run, host: Host) -> None:
    host.answer("/rest/search", Reply(status=404))
    assert run()[0] == (1, 1)
    host.answer("/rest/search", found(HIT))
    host.asked.clear()
    assert run()[0] == (1, 0)
    assert "/stone" not in host.asked


def test_again_fetches_what_is_stored(
    run: Run, host: Host, settings: Settings, references: References
) -> None:
    run(1)
    host.answer("/stone", Reply(PAGE.replace("Nobody is to blame", "The rain is to blame")))
    assert run(1, again=True)[0] == (1, 0)
    assert "The rain is to blame" in texts(settings, references)["ref-1"]


def test_a_spoiled_text_is_fetched_anew(
    run: Run, settings: Settings, references: References
) -> None:
    run(1)
    edit(settings.sources / "ref-1" / "text.txt", "Nobody", "Somebody")
    assert run(1)[0] == (1, 0)
    assert "Nobody" in texts(settings, references)["ref-1"]


def test_one_that_fails_does_not_keep_the_others(run: Run, host: Host) -> None:
    host.answer("/stone", Reply(status=404))
    assert run()[0] == (1, 1)


def test_a_licence_on_the_page_itself_needs_no_other_page(
    run: Run, host: Host, settings: Settings, references: References
) -> None:
    link = '<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"></head>'
    host.answer("/stone", Reply(PAGE.replace("</head>", link)))
    assert run(1)[0] == (1, 0)
    assert "/reuse" not in host.asked
    licence = load_records(settings.sources, references)[1].licence
    assert licence == "https://creativecommons.org/licenses/by-sa/4.0/"


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("/stone/", id="a slash at its end"),
        pytest.param("{address}/stone/", id="with the host"),
    ],
)
def test_a_redirect_to_the_same_place_is_followed(
    run: Run, host: Host, settings: Settings, references: References, location: str
) -> None:
    to = {"Location": location.format(address=host.address)}
    host.answer("/stone", Reply(status=301, headers=to))
    host.answer("/stone/", Reply(PAGE))
    assert run(1)[0] == (1, 0)
    assert load_records(settings.sources, references)[1].origin == f"{host.address}/stone/"


def test_a_redirect_to_https_is_followed() -> None:
    assert corpus.web.followed("http://a.org/x", "https://a.org/x") == "https://a.org/x"


# Patience.


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Reply(status=503), id="503"),
        pytest.param(Reply(status=429, headers={"Retry-After": "0"}), id="429"),
        pytest.param(Reply(status=500, headers={"Retry-After": "soon"}), id="500"),
        pytest.param(Reply(status=0), id="hanging up"),
    ],
)
def test_what_may_get_better_is_tried_again(run: Run, host: Host, fault: Reply) -> None:
    host.answer("/stone", fault, fault, Reply(PAGE))
    counts, said = run(1)
    assert counts == (1, 0)
    assert host.asked.count("/stone") == 3
    assert said.count("; trying again in 0 seconds") == 2


@pytest.mark.parametrize("status", [403, 404, 410, 418])
def test_what_will_not_get_better_is_asked_once(run: Run, host: Host, status: int) -> None:
    host.answer("/stone", Reply(status=status))
    assert run(1)[0] == (0, 1)
    assert host.asked.count("/stone") == 1


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def polite(slept: list[float]) -> Iterator[PoliteClient]:
    """A client that waits two seconds between requests, without the waiting."""
    with httpx.Client(timeout=5, trust_env=False) as client:
        yield PoliteClient(client, 2.0, sleep=slept.append)


def test_requests_to_a_host_wait_for_each_other(
    polite: PoliteClient, slept: list[float], host: Host
) -> None:
    polite.get(f"{host.address}/stone", ["text/html"])
    assert slept == []
    polite.get(f"{host.address}/reuse", ["text/html"])
    assert slept == [pytest.approx(2, abs=0.5)]


def test_a_longer_delay_in_robots_txt_is_kept(
    polite: PoliteClient, slept: list[float], host: Host
) -> None:
    host.answer("/robots.txt", Reply("User-agent: *\nCrawl-delay: 7", "text/plain"))
    polite.get(f"{host.address}/stone", ["text/html"], robots=True)
    assert slept == [pytest.approx(7, abs=0.5)]


@pytest.mark.parametrize(
    ("headers", "waits"),
    [
        pytest.param({}, [2, 4, 8], id="twice as long each time"),
        pytest.param({"Retry-After": "5"}, [5, 5, 8], id="longer when the server asks"),
        pytest.param({"Retry-After": "3600"}, [], id="an hour is not waited for"),
        pytest.param({"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}, [], id="nor until a day"),
        pytest.param({"Retry-After": "Fri, 01 Jan 2010 00:00:00 GMT"}, [2, 4, 8], id="a past day"),
    ],
)
def test_pauses_grow_and_end(
    polite: PoliteClient,
    slept: list[float],
    host: Host,
    headers: dict[str, str],
    waits: list[float],
) -> None:
    host.answer("/stone", Reply(status=503, headers=headers))
    with pytest.raises(SourceError, match=r"/stone is busy \(it answers 503.*\); try again later"):
        polite.get(f"{host.address}/stone", ["text/html"])
    # Between pauses stands the wait of the next turn, less than two seconds of it.
    assert [seconds for seconds in slept if seconds >= 2] == waits


# robots.txt.


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        pytest.param(Reply(status=404), True, id="there is none"),
        pytest.param(Reply("", "text/plain"), True, id="it is empty"),
        pytest.param(Reply("User-agent: *\nDisallow: /private", "text/plain"), True, id="another"),
        pytest.param(Reply("User-agent: *\nDisallow: /", "text/plain"), False, id="all forbidden"),
        pytest.param(Reply("User-agent: *\nDisallow: /*one$", "text/plain"), False, id="wildcard"),
        pytest.param(Reply(f"User-agent: {NAME}\nDisallow: /", "text/plain"), False, id="just us"),
        pytest.param(Reply(status=403), False, id="it is kept from us"),
    ],
)
def test_robots_txt_is_obeyed(run: Run, host: Host, robots: Reply, allowed: bool) -> None:
    host.answer("/robots.txt", robots)
    counts, said = run(1)
    assert counts == ((1, 0) if allowed else (0, 1))
    assert ("/stone" in host.asked) is allowed
    told = f"/robots.txt asks programs not to fetch {host.address}/stone; save the page by hand"
    assert (told in said) is not allowed


@pytest.mark.parametrize(
    ("robots", "error"),
    [
        pytest.param(
            Reply(status=503), "/robots.txt is busy (it answers 503); try again later", id="busy"
        ),
        pytest.param(Reply(status=0), "/robots.txt cannot be reached (", id="unreachable"),
        pytest.param(
            Reply("User-agent: *\nCrawl-delay: 86400", "text/plain"),
            "/robots.txt asks for 86400 seconds between requests; save the page by hand",
            id="a day between requests",
        ),
    ],
)
def test_without_an_answer_about_robots_nothing_is_fetched(
    run: Run, host: Host, robots: Reply, error: str
) -> None:
    host.answer("/robots.txt", robots)
    counts, said = run(1)
    assert counts == (0, 1)
    assert error in said
    assert "/stone" not in host.asked


# Failures. Each leaves what was there.


def article(old: str, new: str) -> Reply:
    assert old in ARTICLE
    return Reply(ARTICLE.replace(old, new), XML)


def page(old: str, new: str) -> Reply:
    assert old in PAGE
    return Reply(PAGE.replace(old, new))


BOMB = gzip.compress(bytes(50_000_000))
FAILURES = [
    pytest.param(1, "/stone", Reply(status=403), "/stone refuses programs (403); save", id="403"),
    pytest.param(1, "/stone", Reply(status=404), "/stone is not there any more (404);", id="404"),
    pytest.param(1, "/stone", Reply(status=418), "/stone answers 418; open it in a", id="418"),
    pytest.param(
        1,
        "/stone",
        Reply(status=301, headers={"Location": "/new"}),
        "/new; open that, and if it is the same document put its address into references.toml",
        id="moved",
    ),
    pytest.param(
        1,
        "/stone",
        Reply(status=302, headers={"Location": "https://example.org/stone"}),
        "/stone has moved to https://example.org/stone; open that",
        id="moved to another host",
    ),
    pytest.param(
        1,
        "/stone",
        Reply(status=302, headers={"Location": "http://moss:tile/"}),
        "/stone cannot be reached (Invalid URL in location header",
        id="moved to nowhere",
    ),
    pytest.param(
        1,
        "/stone",
        Reply(status=302, headers={"Location": "/stone"}),
        "/stone leads round in a circle; open it",
        id="moved in a circle",
    ),
    pytest.param(
        1,
        "/stone",
        page("<h1>Living", "<h1>Dead"),
        f"is titled 'Dead Stone: When Lichen Comes Back', not '{PAGE_TITLE}'; read it, and if",
        id="changed title",
    ),
    pytest.param(1, "/stone", Reply(""), "/stone: it holds no text; give", id="empty"),
    pytest.param(
        1,
        "/stone",
        Reply("<html><body><nav><a href='/'>Home</a></nav></body></html>"),
        "/stone: it holds no text; give",
        id="without text",
    ),
    pytest.param(
        1, "/stone", Reply(PAGE, "application/json"), "is application/json, not te", id="media type"
    ),
    pytest.param(1, "/stone", Reply(PAGE, ""), "/stone is of no media type, not", id="no type"),
    pytest.param(
        1, "/stone", Reply(b"PK\x03\x04"), "is said to be HTML but is a zip archive", id="a zip"
    ),
    pytest.param(
        1,
        "/stone",
        Reply(b"<p>\xff\xfe\xfd</p>"),
        "/stone: its text is not utf-8, as it is said or taken to be",
        id="wrong encoding",
    ),
    pytest.param(
        1,
        "/stone",
        Reply(megabytes=50),
        "/stone has more than 20,000,000 bytes; this is not the page of a document",
        id="50 MB",
    ),
    pytest.param(
        1,
        "/stone",
        Reply(PAGE, headers={"Content-Length": "50000000"}),
        "/stone has more than 20,000,000 bytes",
        id="50 MB, as it says",
    ),
    pytest.param(
        1,
        "/stone",
        Reply(BOMB, headers={"Content-Encoding": "gzip"}),
        "/stone has more than 20,000,000 bytes",
        id="50 MB once it is unpacked",
    ),
    pytest.param(
        1,
        "/stone",
        Reply(b"moss", headers={"Content-Encoding": "gzip"}),
        "/stone cannot be reached (",
        id="broken packing",
    ),
    pytest.param(1, "/stone", Reply(PAGE, status=503), "/stone is busy (it answers 503)", id="503"),
    pytest.param(1, "/stone", Reply(status=0), "/stone cannot be reached (", id="hanging up"),
    pytest.param(
        1,
        "/reuse",
        Reply(REUSE.replace("free of copyright", "very fine")),
        "the document states no licence; " + OWN_COPY.format(1),
        id="no licence stated",
    ),
    pytest.param(
        1,
        "/stone",
        page("</footer>", "<p>© 2020 Moss. All rights reserved.</p></footer>"),
        "its licence reserves all rights (All rights reserved.); " + OWN_COPY.format(1),
        id="all rights reserved",
    ),
    pytest.param(1, "/reuse", Reply(status=404), "/reuse is not there any", id="no licence page"),
    pytest.param(
        3,
        "/rest/search",
        found(OTHER_HIT, "moss"),
        f"Europe PMC does not know {ARTICLE_DOI}; mend the doi in references.toml, or ask the publ",
        id="not in Europe PMC",
    ),
    pytest.param(
        3,
        "/rest/search",
        found(HIT | {"isOpenAccess": "N"}),
        f"Europe PMC has no open-access text of {ARTICLE_DOI}; " + OWN_COPY.format(3),
        id="not open access",
    ),
    pytest.param(
        3,
        "/rest/search",
        found(HIT | {"pmcid": None}),
        "Europe PMC has no open-access text of",
        id="no full text there",
    ),
    pytest.param(
        3,
        "/rest/search",
        Reply("{", JSON),
        "does not answer in the form that Europe PMC describes; try again later",
        id="not JSON",
    ),
    pytest.param(
        3,
        "/rest/search",
        Reply("[1]", JSON),
        "does not answer in the form that Europe PMC describes; try again later",
        id="another JSON",
    ),
    pytest.param(
        3,
        "/rest/PMC77/fullTextXML",
        article("</body>", ""),
        "/fullTextXML: the XML is broken (",
        id="broken XML",
    ),
    pytest.param(
        3,
        "/rest/PMC77/fullTextXML",
        article(ARTICLE_DOI, "10.5555/tiles.8"),
        f"has the DOI '10.5555/tiles.8', not '{ARTICLE_DOI}'; mend the doi in references.toml",
        id="another DOI",
    ),
    pytest.param(
        3,
        "/rest/PMC77/fullTextXML",
        article("Small</italic> Things", "Big</italic> Things"),
        f"is titled 'Genes of Big Things', not '{ARTICLE_TITLE}'; read it",
        id="changed title of an article",
    ),
    pytest.param(
        3,
        "/rest/PMC77/fullTextXML",
        article("licenses/by/4.0", "licenses/by-nc-nd/4.0"),
        "its licence forbids commercial use (http://creativecommons.org/licenses/by-nc-nd/4.0/",
        id="refused licence",
    ),
    pytest.param(
        3, "/rest/PMC77/fullTextXML", Reply(PAGE), "is text/html; charset=utf-8, not", id="no XML"
    ),
]


@pytest.mark.parametrize(("number", "path", "reply", "error"), FAILURES)
def test_a_failure_says_what_to_do_and_leaves_what_was_there(
    run: Run,
    host: Host,
    settings: Settings,
    references: References,
    number: int,
    path: str,
    reply: Reply,
    error: str,
) -> None:
    run(number)
    before = texts(settings, references)
    assert before
    host.answer(path, reply)
    counts, said = run(number, again=True)
    assert counts == (0, 1)
    last = said.splitlines()[-1]
    assert last.startswith(f"reference {number}: ")
    assert error in last
    assert texts(settings, references) == before


def test_a_server_that_does_not_answer_is_given_up(
    host: Host, settings: Settings, references: References
) -> None:
    host.answer("/stone", Reply(PAGE, seconds=0.4))
    said: list[str] = []
    with httpx.Client(timeout=0.1, trust_env=False) as client:
        fetch_all(settings, references, [1], False, client, said.append)
    assert said[-1].endswith("/stone does not answer in time; try again later")
    assert host.asked.count("/stone") == 1


def test_a_body_that_trickles_is_given_up(
    run: Run, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus.web, "MOST_SECONDS", -1.0)
    host.answer("/robots.txt", Reply(status=404))
    assert "/stone sends too slowly; try again later" in run(1)[1]


def test_without_a_network_it_says_so(run: Run) -> None:
    counts, said = run(3, europe_pmc="http://127.0.0.1:9/rest")
    assert counts == (0, 1)
    assert "cannot be reached (" in said
    assert said.endswith("; check the network, then try again")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "moss", "http://moss:tile/"])
def test_what_is_no_address_of_the_web_is_not_fetched(
    run: Run, settings: Settings, host: Host, address: str
) -> None:
    edit(settings.corpus / "references.toml", f"{host.address}/stone", address)
    assert f"reference 1: {address!r} is no web address; mend it" in run(1)[1]


def test_an_unknown_number_is_an_error_before_anything_is_fetched(run: Run, host: Host) -> None:
    with pytest.raises(SourceError, match=r"^there is no reference 9; use one of 1, 2, 3$"):
        run(1, 9)
    assert host.asked == []


def test_what_may_not_be_fetched_says_so_when_asked_for(run: Run, host: Host) -> None:
    counts, said = run(2)
    assert counts == (0, 1)
    assert said.startswith(
        "reference 2: its text is not to be fetched (all rights reserved): there are notes and a"
        " link; " + OWN_COPY.format(2)
    )
    assert host.asked == []


def test_a_text_that_was_added_is_not_replaced(
    run: Run, host: Host, settings: Settings, references: References, tmp_path: Path
) -> None:
    write(tmp_path / "own.txt", "Moss.")
    add_source(settings, references, 1, tmp_path / "own.txt", "Ada Moss, 2024")
    counts, said = run(1, again=True)
    assert counts == (0, 1)
    assert "added from own.txt by permission of Ada Moss, 2024; to fetch it instead: pyth" in said
    assert host.asked == []


# Licences.


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("Dedicated to the public as CC0.", "CC0"),
        ("http://creativecommons.org/licenses/by/3.0/", "CC BY"),
        ("Licensed under CC BY 4.0.", "CC BY"),
        ("Licensed under CC-BY.", "CC BY"),
        ("the Creative Commons Attribution 4.0 International License", "CC BY"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA"),
        ("Creative Commons Attribution-ShareAlike 3.0", "CC BY-SA"),
        ("CC BY-SA", "CC BY-SA"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "public domain"),
        ("This is a work of the U.S. Government.", "public domain"),
        ("The text is in the public domain.", "public domain"),
        ("They are not subject to copyright restrictions.", "public domain"),
        ("All text is free of copyright.", "public domain"),
    ],
)
def test_a_licence_that_allows_it(statement: str, name: str) -> None:
    assert allowing(statement, 1) == name


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("", "the document states no licence"),
        ("This is an open access article.", "the document says nothing that allows it (This is"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "forbids commercial use"),
        ("Creative Commons Attribution–NonCommercial 4.0", "forbids commercial use"),
        ("Creative Commons Attribution-Non Commercial-No Derivatives", "forbids commercial use"),
        ("CC BY-NC-SA 4.0", "forbids commercial use"),
        ("(CCBY-NC-ND)", "forbids commercial use"),
        ("https://creativecommons.org/licenses/by-nd/4.0/", "forbids changed versions"),
        ("Creative Commons Attribution-NoDerivs", "forbids changed versions"),
        ("CC BY-ND 4.0", "forbids changed versions"),
        ("CC BY 4.0. © Moss. All rights reserved.", "reserves all rights"),
        ("The text is not in the public domain.", "says that it is not free"),
        ("It isn’t free of copyright.", "says that it is not free"),
        ("All of it is subject to copyright.", "says that it is not free"),
        ("x" * 500, "x ...); ask the publisher, then add your own copy"),
    ],
)
def test_a_licence_that_does_not_allow_it(statement: str, why: str) -> None:
    with pytest.raises(SourceError) as caught:
        allowing(statement, 7)
    assert why in str(caught.value)
    assert str(caught.value).endswith(OWN_COPY.format(7) + ', when"')


# The commands.


@pytest.fixture
def command(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs `python -m corpus`; gives the exit code and standard error."""

    def command(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["corpus", *map(str, words)])
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        for name in ("corpus", "var", "europe_pmc", "fetch_wait"):
            monkeypatch.setenv(f"CHATBOT_{name.upper()}", str(getattr(settings, name)))
        try:
            code = main()
        except SystemExit as stopped:
            code = int(str(stopped.code))
        told = capsys.readouterr()
        assert told.out == ""
        return code, told.err

    return command


Command = Callable[..., tuple[int, str]]


def test_fetch_add_and_remove_say_what_they_did_and_what_is_next(
    command: Command, host: Host, tmp_path: Path
) -> None:
    write(tmp_path / "own.md", "# Own\n\nMoss.")
    after = "now run `python -m index build`\n"
    assert command("fetch", 1) == (
        0,
        f"reference 1: fetching '{PAGE_TITLE}'\n"
        f"reference 1: stored, from {host.address}/stone\n{after}",
    )
    assert command("add", 2, tmp_path / "own.md", "--permission", "Ada Moss, 2024") == (
        0,
        f"reference 2: stored own.md, titled 'Own'\n{after}",
    )
    assert command("remove", 2) == (0, f"reference 2: removed\n{after}")


def test_nothing_new_needs_no_build(command: Command) -> None:
    command("fetch")
    code, said = command("fetch")
    assert code == 0
    assert "index build" not in said


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        pytest.param(["fetch", 9], 2, "there is no reference 9; use one of 1, 2, 3", id="number"),
        pytest.param(["fetch", "x"], 2, "argument N: invalid int value: 'x'", id="no number"),
        pytest.param(["fetch", 2], 1, "reference 2: its text is not to be fetched", id="forbidden"),
        pytest.param(["add", 2, "no.txt"], 2, "are required: --permission", id="no permission"),
        pytest.param(
            ["add", 2, "no.txt", "--permission", "me"],
            1,
            "reference 2: no.txt: it is not there; name the file of the document",
            id="no file",
        ),
        pytest.param(["add", 9, "a", "--permission", "me"], 2, "is no reference 9", id="add 9"),
        pytest.param(["remove", 9], 2, "there is no reference 9", id="remove 9"),
        pytest.param(["remove", 1], 1, "reference 1: nothing is stored of ref", id="nothing there"),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(
    command: Command, words: list[object], code: int, error: str
) -> None:
    done, said = command(*words)
    assert done == code
    assert error in said
    assert "Traceback" not in said


def test_a_list_that_cannot_be_used_is_told(command: Command, settings: Settings) -> None:
    (settings.corpus / "references.toml").unlink()
    code, said = command("fetch")
    assert code == 2
    assert said.startswith("references.toml:1: cannot be read (")


def test_a_run_that_is_stopped_can_go_on(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus.store.store", stopped)
    monkeypatch.setattr("corpus.fetch.store", stopped)
    code, said = command("fetch")
    assert code == 130
    assert said.endswith("stopped; run the same command to go on, then `python -m index build`\n")
