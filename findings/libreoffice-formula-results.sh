#!/usr/bin/env bash
# One would guess: LibreOffice calculates a workbook anew when it opens it if the file asks for it
# (`fullCalcOnLoad="1"` in an .xlsx), and otherwise shows the results that the file has.
# Behaviour: with the usual settings, (1) an .xlsx that says it is of Excel shows its kept results
# whatever `fullCalcOnLoad` says, but a formula without a <v> is calculated; (2) in OpenDocument a
# formula with `office:string-value` shows that value, and one without it is calculated, although
# its <text:p> has a text.
# Version: LibreOffice 7.4.7.2 (Debian 12).
# For a translator of files: texts that formulas took from cells stay in the old language, in print
# and in PDFs, unless each kept result is translated as well, or is left out so that it is made.
set -euo pipefail
command -v soffice >/dev/null || { echo 'This needs LibreOffice Calc (soffice).' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$work" <<'PY'
import sys, zipfile
from pathlib import Path

work = Path(sys.argv[1])
office = "http://schemas.openxmlformats.org/officeDocument/2006"
package = "http://schemas.openxmlformats.org/package/2006"
sheet_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
kind = "application/vnd.openxmlformats-officedocument"
rows = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>new</t></is></c>'
    '<c r="B1" t="str"><f>A1</f><v>old</v></c><c r="C1" t="str"><f>A1</f></c></row>'
)
parts = {
    "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/w.xml" ContentType="{kind}.spreadsheetml.sheet.main+xml"/>'
    f'<Override PartName="/s.xml" ContentType="{kind}.spreadsheetml.worksheet+xml"/>'
    f'<Override PartName="/a.xml" ContentType="{kind}.extended-properties+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
    f'Type="{office}/relationships/officeDocument" Target="w.xml"/><Relationship Id="r2" '
    f'Type="{office}/relationships/extended-properties" Target="a.xml"/></Relationships>',
    "_rels/w.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
    f'Type="{office}/relationships/worksheet" Target="s.xml"/></Relationships>',
    "a.xml": f'<Properties xmlns="{office}/extended-properties"><Application>Microsoft Excel'
    "</Application><AppVersion>16.0300</AppVersion></Properties>",
    "w.xml": f'<workbook xmlns="{sheet_ns}" xmlns:r="{office}/relationships"><sheets><sheet '
    'name="S" sheetId="1" r:id="r1"/></sheets><calcPr calcId="191029" fullCalcOnLoad="1"/>'
    "</workbook>",
    "s.xml": f'<worksheet xmlns="{sheet_ns}"><sheetData>{rows}</sheetData></worksheet>',
}
with zipfile.ZipFile(work / "excel.xlsx", "w") as made:
    for name, xml in parts.items():
        made.writestr(name, xml)
space = "urn:oasis:names:tc:opendocument:xmlns"
names = " ".join(f'xmlns:{n}="{space}:{n}:{v}"' for n, v in
                 {"office": "1.0", "table": "1.0", "text": "1.0", "of": "1.2"}.items())
formula = '<table:table-cell table:formula="of:=[.A1]" office:value-type="string"{}>' \
    "<text:p>old</text:p></table:table-cell>"
(work / "open.fods").write_text(
    f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {names} office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
    '<office:spreadsheet><table:table table:name="S"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>new</text:p></table:table-cell>'
    + formula.format(' office:string-value="old"') + formula.format("")
    + "</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
)
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to csv --outdir "$work" \
    "$work/excel.xlsx" "$work/open.fods" >/dev/null 2>&1
head "$work"/*.csv
for file in excel open; do [[ $(<"$work/$file.csv") == new,old,new ]]; done
