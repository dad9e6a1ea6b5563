"""What a server proved itself with is kept, said, and no reason to refuse."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path

import pytest

from archive.history.citation import cite
from crawler.transport.encryption import registered_name
from portal_visitor import series
from support.crawling import Crawled, crawl_in_process, home_in
from support.hdnd import run_hdnd
from support.tls import REACHED, Issued, SecurePortal, issue
from support.warcs import faults, records

ARTICLES = series(2)


def crawl(folder: Path, portal: SecurePortal, description: str = "") -> Crawled:
    home = home_in(folder / "home")
    file = home.sites / "thanh-giang.toml"
    file.write_text(description + file.read_text(encoding="utf-8"), encoding="utf-8")
    with portal:
        return crawl_in_process(home, None, prelude=REACHED.format(host=portal.host))


@pytest.fixture(scope="module")
def alone() -> Issued:
    return issue("localhost")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, alone: Issued) -> Crawled:
    folder = tmp_path_factory.mktemp("tls")
    return crawl(folder, SecurePortal(ARTICLES, alone.file_with_key(folder)))


def test_every_exchange_has_the_digest_of_the_certificate_in_der(
    crawled: Crawled, alone: Issued
) -> None:
    told = [r for r in records(crawled.home.warc) if r.type == "metadata" and "role" in r.values]
    assert len(told) > 4
    assert {r.values["certificate-sha256"] for r in told} == {hashlib.sha256(alone.der).hexdigest()}


def test_the_response_says_by_which_protocols_it_came(crawled: Crawled) -> None:
    for record in records(crawled.home.warc):
        if record.type in ("response", "revisit"):
            assert record.fields["WARC-Protocol"] in ("http/1.1", "tls/1.3")
            assert record.fields["WARC-Cipher-Suite"].startswith("TLS_")


def test_the_chain_is_a_record_of_its_own_and_there_once(
    crawled: Crawled, alone: Issued, tmp_path: Path
) -> None:
    (record,) = [r for r in records(crawled.home.warc) if r.type == "resource"]
    assert record.url == f"urn:hdnd:certificate:{hashlib.sha256(alone.der).hexdigest()}"
    assert record.block == alone.pem
    assert not faults(crawled.home.warc)


def test_the_archive_is_sound_and_a_rebuild_gives_the_same(crawled: Crawled) -> None:
    assert run_hdnd("verify", home=crawled.home.path).status == 0
    before = run_hdnd("status", "--json", home=crawled.home.path).json
    assert run_hdnd("rebuild", "--quiet", home=crawled.home.path).status == 0
    after = run_hdnd("status", "--json", home=crawled.home.path).json
    assert before["untrusted_certificates"] == after["untrusted_certificates"]


def test_a_certificate_that_nobody_vouches_for_is_said_so(crawled: Crawled, alone: Issued) -> None:
    status = run_hdnd("status", home=crawled.home.path).out
    assert "No browser would trust the certificate of thanh-giang: " in status
    cited = run_hdnd("cite", f"thanh-giang-{ARTICLES[0].asset_id}", home=crawled.home.path).out
    assert f"Certificate SHA-256 {hashlib.sha256(alone.der).hexdigest()}" in cited
    assert "no browser would trust it: " in cited


@pytest.mark.parametrize(
    ("name", "sent", "trouble"),
    [("localhost", True, None), ("localhost", False, "issuer"), ("khac.example", True, "not for")],
)
def test_a_chain_is_judged_as_a_browser_would(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    sent: bool,
    trouble: str | None,
) -> None:
    root = issue("goc.example", authority=True)
    between = issue("giua.example", root, authority=True)
    server = issue(name, between)
    (tmp_path / "roots.pem").write_bytes(root.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "roots.pem"))
    files = server.file_with_key(tmp_path, *([between] if sent else []))
    done = crawl(tmp_path, SecurePortal(ARTICLES, files))
    with done.reader() as reader:
        cited = cite(reader, f"thanh-giang-{ARTICLES[0].asset_id}")
    assert cited.certificate == hashlib.sha256(server.der).hexdigest()
    assert (cited.certificate_trouble is None) is (trouble is None)
    assert (trouble or "") in (cited.certificate_trouble or "")


OLD = ssl.TLSVersion.TLSv1


def test_a_server_of_old_tls_is_asked_if_its_description_says_so(
    tmp_path: Path, alone: Issued
) -> None:
    allowed = 'tls_min_version = "1.0"\n'
    done = crawl(tmp_path, SecurePortal(ARTICLES, alone.file_with_key(tmp_path), OLD), allowed)
    assert not done.message
    assert done.summary["articles"] == 2
    kept = [r for r in records(done.home.warc) if r.type == "metadata" and "role" in r.values]
    assert {r.values["tls-protocol"] for r in kept} == {"tls/1.0"}


def test_a_server_of_old_tls_is_said_to_be_one(tmp_path: Path, alone: Issued) -> None:
    done = crawl(tmp_path, SecurePortal(ARTICLES, alone.file_with_key(tmp_path), OLD))
    assert done.error == "SiteUnreachable"
    assert "`tls_min_version`" in done.message


@pytest.mark.parametrize(
    ("openssl", "iana"),
    [
        ("TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"),
        ("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        ("ECDHE-RSA-AES256-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
        ("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
        ("DHE-RSA-AES256-SHA", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
        ("AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"),
        ("AES128-GCM-SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256"),
        ("DES-CBC3-SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
        ("ECDHE-ECDSA-AES128-CCM", "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"),
        ("CAMELLIA256-SHA", "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"),
    ],
)
def test_cipher_suites_have_the_names_of_the_registry(openssl: str, iana: str) -> None:
    assert registered_name(openssl) == iana
