"""The manifests of workers, as gathered, against themselves and against the home's own."""

from __future__ import annotations

from collections.abc import Iterator

from archive.fixity.check_manifest import Chain
from archive.fixity.damage import Damage, DamagedPart
from archive.ground.home import Home
from archive.ground.message import Message
from archive.warc import manifest, segment_names

_GATHER = Message("archive.gather-again")


def check_worker_manifests(home: Home, chain: Chain) -> Iterator[Damage]:
    """What is wrong with the chain of a worker, and with what of its segments is here."""
    if not home.manifests.is_dir():
        return
    told: set[str] = set()
    for path in sorted(home.manifests.iterdir()):
        name = f"{home.manifests.name}/{path.name}"
        with path.open("rb") as file:
            for line in manifest.lines_in(file):
                if line.entry is None or not line.follows:
                    code = "archive.line-not-of-the-chain"
                    what = Message(code, line=line.number)
                    yield Damage(DamagedPart.MANIFEST, name, what, _GATHER, line.offset)
                    continue
                told.add(line.entry.file)
                own = chain.entries.get(line.entry.file)
                if own is None and line.entry.file not in chain.replaced:
                    what = Message("archive.not-gathered", file=line.entry.file)
                    yield Damage(DamagedPart.MANIFEST, name, what, _GATHER, line.offset)
                elif own is not None and own.sha256 != line.entry.sha256:
                    what = Message("archive.digest-not-of-the-worker", file=line.entry.file)
                    yield Damage(DamagedPart.MANIFEST, name, what, _GATHER, line.offset)
    for file_name in sorted(chain.entries.keys() - told - chain.replaced):
        entry = chain.entries[file_name]
        if segment_names.is_held(file_name) and not entry.replaces:
            what = Message("archive.no-worker-tells-of", file=file_name)
            yield Damage(DamagedPart.MANIFEST, home.manifests.name, what, _GATHER)
