"""PDFs of other programs, made for tests: each of them writes the same small report its way."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.support import needs

# Seconds that a program may take on a busy machine.
SECONDS: Final = 180
ADDRESS: Final = "https://example.org/garten"
TITLE: Final = "Der Bericht über den Garten"
SENTENCES: Final = (
    "Im Sommer war es heiß und trocken, und die Menschen gingen an den See, um dort zu baden.",
    "Der Apfelbaum blüht.",
    "Die Rosen werden gegossen.",
)
_WORDS: Final = (
    "Am Abend wurde gegrillt, und alle Nachbarn kamen zu Besuch und sprachen über das Wetter, "
    "über die Ernte und über die Pläne für den Herbst, der bald kommen sollte."
)
_HTML: Final = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{TITLE}</title>
<style>div{{columns:2}} td{{border:1px solid}}</style></head><body><h1>{TITLE}</h1>
<p>{SENTENCES[0]}</p><div><p>{_WORDS}</p><p>{_WORDS}</p></div>
<ul><li>{SENTENCES[1]}</li><li>{SENTENCES[2]}</li></ul>
<p>Mehr steht <a href="{ADDRESS}">auf unserer Seite</a> im Netz.</p>
<table border="1"><tr><th>Monat</th><th>Regen</th></tr><tr><td>Juni</td><td>12</td></tr></table>
</body></html>"""
_TEX: Final = rf"""\documentclass[twocolumn]{{article}}\usepackage[utf8]{{inputenc}}
\usepackage{{hyperref}}\usepackage{{fancyhdr}}\pagestyle{{fancy}}
\lhead{{Gartenverein}}\begin{{document}}\section*{{{TITLE}}}
{SENTENCES[0]}

{_WORDS}

{_WORDS}
\begin{{itemize}}\item {SENTENCES[1]}\item {SENTENCES[2]}\end{{itemize}}
Mehr steht \href{{{ADDRESS}}}{{auf unserer Seite}} im Netz.

\begin{{center}}
\begin{{tabular}}{{|l|r|}}\hline Monat & Regen\\\hline Juni & 12\\\hline\end{{tabular}}
\end{{center}}
\end{{document}}"""
# Pandoc's own template needs the fonts of lmodern.
_TEMPLATE: Final = r"""\documentclass{article}\usepackage[utf8]{inputenc}
\usepackage{hyperref,longtable,array,calc}
\newcommand{\toprule}{\hline}\newcommand{\midrule}{\hline}\newcommand{\bottomrule}{\hline}
\newcommand{\tightlist}{}\setcounter{secnumdepth}{0}
\begin{document}$body$\end{document}"""
_ARCHIVE: Final = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'


def _made(folder: Path, *command: str) -> bytes:
    environment = {
        **os.environ,
        "HOME": str(folder),
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
    }
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, timeout=SECONDS, env=environment
    )
    return (folder / "report.pdf").read_bytes()


def _page(folder: Path) -> str:
    (folder / "report.html").write_text(_HTML, encoding="utf-8")
    return "report.html"


def libreoffice(folder: Path) -> bytes:
    """A PDF/A-2 of LibreOffice."""
    program = needs.program("soffice", "libreoffice-writer")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    options = (profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", _ARCHIVE)
    return _made(folder, program, *options, _page(folder))


def latex(folder: Path) -> bytes:
    """A PDF of pdfTeX, in two columns."""
    program = needs.program("pdflatex", "texlive-latex-recommended ")
    (folder / "report.tex").write_text(_TEX, encoding="utf-8")
    return _made(folder, program, "-interaction=batchmode", "report.tex")


def chromium(folder: Path) -> bytes:
    """A page that Chromium printed."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    address = (folder / _page(folder)).as_uri()
    return _made(folder, needs.chromium(), *options, "--print-to-pdf=report.pdf", address)


def pandoc(folder: Path) -> bytes:
    """A PDF of pandoc, which has LaTeX set it."""
    program = needs.program("pandoc", "pandoc")
    needs.program("pdflatex", "texlive-latex-recommended")
    template = folder / "plain.tex"
    template.write_text(_TEMPLATE, encoding="utf-8")
    return _made(folder, program, _page(folder), "--template", str(template), "-o", "report.pdf")


def calibre(folder: Path) -> bytes:
    """A PDF of calibre."""
    program = needs.program("ebook-convert", "calibre")
    return _made(folder, program, _page(folder), "report.pdf")


PRODUCERS: Final[tuple[Callable[[Path], bytes], ...]] = (
    libreoffice,
    latex,
    chromium,
    pandoc,
    calibre,
)
