"""Editing of a content stream: words taken out of it, others put in, the rest as it stood."""

from collections.abc import Iterator, Sequence

from web.formats.pdf.atoms import StyledSpan
from web.formats.pdf.drawing import DrawingState, Show
from web.formats.pdf.geometry import Matrix

# Spans that are taken away, by the index of their show.
Removed = dict[int, list[StyledSpan]]


def edited_content(
    content: bytes,
    shows: Sequence[Show],
    removed: Removed,
    inserted: dict[int, list[bytes]],
) -> bytes:
    """A content stream without the removed strings, and with what is inserted before a show.

    All that is shown later stands where it stood.
    """
    parts: list[bytes] = []
    position = 0
    for index in sorted({*removed, *inserted}):
        show = shows[index]
        parts.append(content[position : show.operation.start])
        parts.append(_replaced(show, removed.get(index, []), inserted.get(index, [])))
        position = show.operation.end
    return b"".join([*parts, content[position:]])


def _replaced(show: Show, removed: list[StyledSpan], inserted: list[bytes]) -> bytes:
    state, operation = show.state, show.operation
    parts: list[bytes] = []
    if operation.operator == b'"':
        parts.append(b"%.5g Tw %.5g Tc" % (state.word_space, state.char_space))
    if operation.operator in {b"'", b'"'}:
        parts.append(b"T*")
    for each in inserted:
        parts += [*_neutral(state), each, *_restored(state, show.line)]
    unit = state.size * state.stretch
    if inserted and show.before and unit:
        parts.append(b"[%.3f] TJ" % (-1000 * show.before / unit))
    parts.append(_without(show, removed))
    return b"\n" + b"\n".join(each for each in parts if each) + b"\n"


def _neutral(state: DrawingState) -> Iterator[bytes]:
    if state.char_space:
        yield b"0 Tc"
    if state.word_space:
        yield b"0 Tw"
    if state.stretch != 1:
        yield b"100 Tz"
    if state.rise:
        yield b"0 Ts"


def _restored(state: DrawingState, line: Matrix) -> Iterator[bytes]:
    if state.char_space:
        yield b"%.5g Tc" % state.char_space
    if state.word_space:
        yield b"%.5g Tw" % state.word_space
    yield b"%.5g Tz" % (100 * state.stretch)
    if state.rise:
        yield b"%.5g Ts" % state.rise
    yield b"%s %.6g Tf" % (state.font_name.encode("latin-1"), state.size)
    yield from (each for each in (state.colour_space, state.colour) if each)
    yield b"%.6g %.6g %.6g %.6g %.7g %.7g Tm" % line


def _without(  # noqa: C901, PLR0912 - one loop over all letters
    show: Show, removed: list[StyledSpan]
) -> bytes:
    """The operation without the removed strings, but as wide."""
    state = show.state
    font, size = state.font, state.size
    content = show.operation.operands[-1]
    elements = content if isinstance(content, list) else [content]
    if font is None or not size:
        removed = []
    if removed and sum(span.end - span.start for span in removed) >= show.inked:
        moved = (show.before - show.after) * 1000 / (size * state.stretch or size)
        return b"[%.3f] TJ" % moved if moved else b""
    spans = sorted((span.start, span.end) for span in removed)
    parts: list[bytes] = []
    moved = 0.0
    offset = number = 0
    shown = False
    for element in elements:
        if isinstance(element, float):
            moved += element
            continue
        if not isinstance(element, bytes):
            continue
        if font is None:
            parts.append(b"<" + element.hex().encode() + b">")
            continue
        kept = bytearray()
        for code, letters, width in font.codes(element):
            while number < len(spans) and spans[number][1] <= offset:
                number += 1
            offset += font.step
            if (number < len(spans) and spans[number][0] < offset) or (spans and letters.isspace()):
                if kept:
                    parts.append(b"<" + kept.hex().encode() + b">")
                    kept = bytearray()
                moved -= width * 1000 + state.char_space * 1000 / size
                if code == 32 and font.step == 1:
                    moved -= state.word_space * 1000 / size
            else:
                if moved:
                    parts.append(b"%.3f" % moved)
                    moved = 0.0
                kept += font.written(code)
                shown = True
        offset += len(element) % font.step
        if kept:
            parts.append(b"<" + kept.hex().encode() + b">")
    if moved:
        parts.append(b"%.3f" % moved)
    if not shown and len(parts) == 1 and abs(moved) < 0.001:
        return b""
    return (
        b"["
        + b"".join(each if each.startswith(b"<") else b" " + each + b" " for each in parts)
        + b"] TJ"
        if parts
        else b""
    )
