"""Whatever a head has, it is read as it was written, or refused in words."""

from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from archive.ground.errors import ArchiveDamaged
from archive.ground.urls import without_dot_segments
from archive.warc.record_head import parse_head

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True).filter(
    lambda name: name.lower() != "content-length"
)
VALUES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), max_size=40)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12), st.binary(max_size=40))
def test_named_fields_come_back_in_their_order(pairs, block):
    lines = "".join(f"{name}: {value}\r\n" for name, value in pairs)
    data = f"WARC/1.1\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block

    head = parse_head(data)
    assert data[head.start : head.end] == block
    read = [(name.lower(), value) for name, value in head.pairs]
    assert read == [(name.lower(), value) for name, value in pairs] + [
        ("content-length", str(len(block)))
    ]


@given(st.binary(max_size=200))
@example(b"WARC/1.1\r\nContent-Length: \xb2\r\n\r\n")
@example(b"WARC/1.1\r\n\r\n")
def test_bytes_that_are_no_head_are_refused_in_words(data):
    for begun in (data, b"WARC/1.1\r\n" + data):
        with suppress(ArchiveDamaged):
            head = parse_head(begun)
            assert 0 <= head.start <= head.end


@given(st.lists(st.sampled_from(["a", "b", "", ".", "..", "c.d", "..."]), max_size=10))
def test_a_path_keeps_no_dot_segments_and_stays_as_it_is_then(segments):
    plain = without_dot_segments("/" + "/".join(segments))
    assert plain.startswith("/")
    assert not {".", ".."} & set(plain.split("/"))
    assert without_dot_segments(plain) == plain
