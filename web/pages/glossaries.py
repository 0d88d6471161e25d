"""Glossaries on the page: their list, one with its settings, import and export.

Each form is answered with a redirect, so all of this works with and without JavaScript. A form that
is refused comes back with what was typed or pasted into it.
"""

import asyncio
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.dependencies import CallerDep, GlossariesDep
from web.errors import BadRequestError, NotFoundError, TooLargeError
from web.glossary.files import FILE_KINDS
from web.glossary.terms import Glossary, GlossaryError, Term
from web.http import body
from web.http.multipart import Multipart
from web.http.uploads import attachment
from web.messages import N_
from web.pages.glossary_view import show_glossary, show_list

router = APIRouter(default_response_class=HTMLResponse)

MOST_FORM_BYTES = 20_000
# A file with MOST_TERMS terms, each as long as can be, would be larger; no glossary is.
MOST_IMPORT_BYTES = 20_000_000
GLOSSARY = "/glossaries/{glossary_id:id}"


@router.get("/glossaries")
async def glossary_list(request: Request) -> Response:
    """The glossaries that the caller may use, and the form for a new one."""
    return await show_list(request)


@router.post("/glossaries/new")
async def create_glossary(
    request: Request, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """Make a glossary, and show it."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    source, _, target = fields.get("pair", "").partition(" ")
    try:
        glossary = await glossaries.create(
            caller.name,
            fields.get("name", ""),
            source,
            target,
            shared=bool(fields.get("shared")),
            default=bool(fields.get("default")),
        )
    except GlossaryError as error:
        return await show_list(request, error, fields)
    return RedirectResponse(f"/glossaries/{glossary.id}", 303)


@router.get(GLOSSARY)
async def one_glossary(
    glossary_id: int, request: Request, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """A glossary with its terms, or those that a search finds. Raises UnknownGlossaryError."""
    return await show_glossary(request, await glossaries.get(caller.name, glossary_id))


@router.post(f"{GLOSSARY}/change")
async def change_glossary(
    glossary_id: int, request: Request, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """Rename a glossary, make it the default of its pair or not, share it or not.

    Raises UnknownGlossaryError, ForbiddenError.
    """
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    try:
        await glossaries.change(
            caller.name,
            glossary_id,
            name=fields.get("name", ""),
            shared=bool(fields.get("shared")),
            default=bool(fields.get("default")),
        )
    except GlossaryError as error:
        return await show_glossary(request, await glossaries.get(caller.name, glossary_id), error)
    return RedirectResponse(f"/glossaries/{glossary_id}", 303)


@router.post(f"{GLOSSARY}/delete")
async def delete_glossary(
    glossary_id: int, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """Delete a glossary; for a day it can be brought back.

    Raises UnknownGlossaryError, ForbiddenError.
    """
    await glossaries.delete(caller.name, glossary_id)
    return RedirectResponse(f"/glossaries?deleted={glossary_id}", 303)


@router.post(f"{GLOSSARY}/restore")
async def restore_glossary(
    glossary_id: int, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """Bring a deleted glossary back. Raises UnknownGlossaryError when it is too late."""
    await glossaries.restore(caller.name, glossary_id)
    return RedirectResponse("/glossaries", 303)


@router.post(f"{GLOSSARY}/import")
async def import_terms(
    glossary_id: int, request: Request, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """Take in the terms of a file, or of lines that were pasted; all of them, or none.

    Raises UnknownGlossaryError, ForbiddenError, BadRequestError, TooLargeError.
    """
    glossary = await glossaries.get(caller.name, glossary_id)
    sent = _Sent()
    try:
        await sent.read(request)
        terms = await asyncio.to_thread(_terms_of, sent.name, bytes(sent.content), glossary)
        take = glossaries.replace if sent.how == "replace" else glossaries.merge
        await take(caller.name, glossary_id, terms)
    except (GlossaryError, BadRequestError, TooLargeError) as error:
        return await show_glossary(
            request, glossary, error, how=sent.how, pasted=sent.pasted, importing=True
        )
    return RedirectResponse(f"/glossaries/{glossary_id}?imported=1", 303)


@dataclass(slots=True)
class _Sent:
    """Import as its form was sent: lines, or a file that has a name."""

    how: str = "merge"
    name: str = ""
    content: bytearray = field(default_factory=bytearray)

    @property
    def pasted(self) -> str:
        """The lines, to be shown again."""
        return "" if self.name else self.content.decode("utf-8", "replace")

    async def read(self, request: Request) -> None:
        """Read the form; what has arrived is kept when it is refused.

        Raises BadRequestError, TooLargeError.
        """
        if body.media_type(request) != body.MULTIPART:
            raise BadRequestError(N_("Send the terms as multipart/form-data. Nothing was stored."))
        form = Multipart(request)
        await form.start()
        self.how = form.fields.get("how", self.how)
        async for part in form.content():
            self.name = form.file_name if form.text_from == "file" else ""
            self.content += part
            if len(self.content) > MOST_IMPORT_BYTES:
                self.content.clear()
                raise TooLargeError(
                    N_("The terms are over {most} bytes. Nothing was stored."),
                    most=MOST_IMPORT_BYTES,
                )
        self.how = form.fields.get("how", self.how)
        if not self.name:  # as forms have line breaks
            self.content = self.content.replace(b"\r\n", b"\n")


def _terms_of(name: str, content: bytes, glossary: Glossary) -> list[Term]:
    """The terms of a file of this name, or without one of lines. Raises GlossaryError."""
    if not content.strip():
        raise GlossaryError(N_("Paste some lines, or choose a file. Nothing was stored."))
    ending = name.lower().rpartition(".")[2]
    if ending not in FILE_KINDS:
        begins = content.lstrip(b"\xef\xbb\xbf \r\n")
        tabs = b"\t" in begins.partition(b"\n")[0]
        ending = "tbx" if begins.startswith(b"<") else "tsv" if tabs else "csv"
    return FILE_KINDS[ending].read(content, glossary.source, glossary.target)


@router.get(f"{GLOSSARY}.{{ending}}")
async def export_terms(
    glossary_id: int, ending: str, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """All terms as a file: .csv, .tsv or .tbx. Raises UnknownGlossaryError, NotFoundError."""
    kind = FILE_KINDS.get(ending)
    if kind is None:
        raise NotFoundError(N_("Not found: there is nothing at this address."))
    glossary = await glossaries.get(caller.name, glossary_id)
    terms = await glossaries.all_terms(caller.name, glossary_id)
    content = await asyncio.to_thread(kind.write, terms, glossary.source, glossary.target)
    return attachment(f"{glossary.name}.{ending}", kind.media_type, content)
