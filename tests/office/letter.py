"""Opens the letter of `qingdan query` with python-docx, and with LibreOffice where it is installed.

Run by tests/run: /usr/bin/python3 tests/office/letter.py PATH-TO-QINGDAN
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LIST = "shifan/yishi/migrant-children/2027"
TODAY = "2027-06-10"


def letter(qingdan, folder, *more):
    """Writes the letter about a list of the demonstration and returns its path."""
    path = folder / "letter.docx"
    subprocess.run([qingdan, "init", "--demo", "demo"], cwd=folder, check=True, capture_output=True)
    words = [qingdan, "query", LIST, "demo", "-o", path, "--today", TODAY, "--lang", "zh", *more]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return path


def near(length, millimetres):
    return abs(length - Mm(millimetres)) < Mm(0.1)


def style(document, name):
    return next(known for known in document.styles if known.name == name)


def font(known):
    """The Chinese font of a style, its own or that of all."""
    for properties in (known.element.rPr, known.element.getparent().find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")):
        fonts = properties.find(qn("w:rFonts")) if properties is not None else None
        if fonts is not None:
            return fonts.get(qn("w:eastAsia"))
    return None


def check_form(document):
    """A4, margins, fonts, lines and page numbers as GB/T 9704-2012 has them."""
    section = document.sections[0]
    assert near(section.page_width, 210) and near(section.page_height, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(near(have, want) for have, want in zip(margins, (37, 35, 28, 26))), margins
    assert font(style(document, "Title")) == "方正小标宋_GBK" and style(document, "Title").font.size == Pt(22)
    assert font(style(document, "Body Text")) == "仿宋_GB2312"
    assert font(style(document, "Heading 1")) == "黑体" and font(style(document, "Heading 2")) == "楷体_GB2312"
    default = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:sz')}")
    assert default.get(qn("w:val")) == "32"
    lines = style(document, "Normal").paragraph_format
    assert lines.line_spacing == Pt(28) and lines.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    indent = style(document, "Body Text").element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert section.different_first_page_header_footer and document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        text = footer.paragraphs[0]
        assert text.text.startswith("— ") and text.text.endswith(" —") and " PAGE " in text._p.xml
    assert section.first_page_footer.paragraphs[0].text == ""


def check_text(document):
    texts = [paragraph.text for paragraph in document.paragraphs]
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:4] == ["Sender", "Document number", "Title", "Recipient"], styles[:4]
    assert texts[0] == "示范省民政厅" and "〔　　　　〕" in texts[1] and texts[3] == "乙市民政局："
    assert "一、请核实的条款" in texts and "二、怎样答复" in texts
    assert any("允许向居住地公办学校申请学位" in text for text in texts)
    at = styles.index("Signature")
    assert texts[at : at + 2] == ["示范省民政厅", "2027年6月10日"]
    [table] = document.tables
    assert len(table.rows) == 16 and [cell.text for cell in table.rows[0].cells][0] == "序号"
    assert all(row.cells[4].text == "" for row in table.rows[1:]), "the answer is blank"


def check_pages(path):
    """LibreOffice makes pages of it, whatever fonts there are: lines of some 28 characters, no number on the first."""
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        return "not converted: no LibreOffice"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    words = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", path.parent, path]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    text = subprocess.run(["pdftotext", path.with_suffix(".pdf"), "-"], check=True, capture_output=True, text=True).stdout
    pages = text.replace(" ", "").split("\f")
    assert "示范省民政厅" in pages[0] and "—1—" not in pages[0] and "—2—" in pages[1], pages[:2]
    longest = max(len(line) for line in pages[1].splitlines())
    assert 26 <= longest <= 31, longest
    return f"{len(pages) - 1} pages"


def main():
    qingdan = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        path = letter(qingdan, Path(folder), "--record")
        document = docx.Document(str(path))
        check_form(document)
        check_text(document)
        print(f"the letter opens and has the form of GB/T 9704: {check_pages(path)}")


if __name__ == "__main__":
    main()
