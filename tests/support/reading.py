"""Pages as a browser reads them: scripts, what could run, and what stands in the form."""

from html.parser import HTMLParser

# Addresses of these kinds are what pages here link to.
_SAFE = ("/", "?", "#", "data:image/", "http://127.0.0.1")


class Reading(HTMLParser):
    """A page, parsed.

    `scripts` are the sources of its scripts in order, `names` the elements that there are,
    `area` what the text area holds, and `dangers` what would run or lead elsewhere.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str | None] = []
        self.names: set[str] = set()
        self.dangers: list[str] = []
        self._area: list[str] = []
        self._in_area = False
        self._in_script = False
        self.feed(page)
        self.close()

    @property
    def area(self) -> str:
        """Content of the text area; its first line break is none (HTML says so)."""
        return "".join(self._area).removeprefix("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "script":
            self._in_script = True
            self.scripts.append(dict(attrs).get("src"))
        self._in_area = self._in_area or tag == "textarea"
        for name, value in attrs:
            address = name in {"href", "src", "action", "formaction"}
            if name.startswith("on") or (address and not (value or "").startswith(_SAFE)):
                self.dangers.append(f"{tag} {name}={value}")
        if tag in {"iframe", "object", "embed", "base", "math"}:
            self.dangers.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._in_area = False
        if tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_area:
            self._area.append(data)
        if self._in_script and data.strip():
            self.dangers.append("a script in the page")
