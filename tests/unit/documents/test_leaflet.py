"""The printed leaflet: what stands on it, where, in which order; and what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.unit.documents.leaflets import EIGHT, FOUR, OFFICE, RARE, every_kind, item, leaflet, recommendations
from visitapp.documents.fonts import MISSING, printable
from visitapp.documents.leaflet import Edition, Leaflet, page_count, render_leaflet
from visitapp.documents.leaflet.heads import content_bottom
from visitapp.documents.marks import qr_cells, qr_side
from visitapp.documents.pen import Pen, text_width
from visitapp.documents.tokens import LEFT, MM, MONO, PAGE_HEIGHT, REGULAR, RIGHT, Style
from visitapp.errors import VisitappError
from visitapp.i18n import in_language
from visitapp.i18n.catalogue import error_texts
from visitapp.programmes import Facts, load_catalogue

KINDS = every_kind()
BOTTOM_EDGE = 8.5


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(printed: Leaflet) -> str:
    """The extracted text without blanks and line ends."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in read(render_leaflet(printed)).pages))


def foot_rule(printed: Leaflet) -> float:
    """Where the rule above the footer lies, mm."""
    with in_language(printed.edition.language):
        return content_bottom(printed) - 0.6


@dataclass(frozen=True)
class Drawn:
    """One line of text on paper: its box in mm."""

    page: int
    text: str
    style: Style
    left: float
    right: float
    top: float
    bottom: float


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Drawn]]:
    """Everything written while a leaflet is made."""
    found: list[Drawn] = []
    plain = Pen.text_on

    def watched(pen: Pen, x: float, base: float, text: str, style: Style, ink: str = "") -> float:
        end = plain(pen, x, base, text, style, ink)
        if text.strip():
            page = pen._canvas.getPageNumber()
            found.append(Drawn(page, text, style, x, end, base - 0.80 * style.size / MM, base + 0.08 * style.size / MM))
        return end

    cells = Pen.cells

    def watched_code(pen: Pen, x: float, top: float, size: float, dark: list[list[bool]]) -> None:
        cells(pen, x, top, size, dark)
        page = pen._canvas.getPageNumber()
        found.append(Drawn(page, "QR", Style(REGULAR, 12, 16), x, x + size, top, top + size))

    monkeypatch.setattr(Pen, "text_on", watched)
    monkeypatch.setattr(Pen, "cells", watched_code)
    yield found


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_leaves_its_page_or_lies_on_another(kind: str, drawn: list[Drawn]) -> None:
    render_leaflet(KINDS[kind])
    for each in drawn:
        assert each.left >= LEFT - 0.01, each
        assert each.right <= RIGHT + 0.01, each
        assert each.top >= 8.5, each
        assert each.bottom <= PAGE_HEIGHT - BOTTOM_EDGE, each
    for number, one in enumerate(drawn):
        for other in drawn[number + 1 :]:
            apart = (
                one.page != other.page
                or one.right <= other.left + 0.05
                or other.right <= one.left + 0.05
                or one.bottom <= other.top + 0.05
                or other.bottom <= one.top + 0.05
            )
            assert apart, (one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_no_type_is_below_the_floor(kind: str, drawn: list[Drawn]) -> None:
    """9 pt for all an owner must read, 8.5 in the footer only; in large print 12 (badges 9)."""
    render_leaflet(KINDS[kind])
    large, foot = KINDS[kind].edition.large, foot_rule(KINDS[kind])
    for each in drawn:
        badge = each.text in ("区", "都", "国", "機構", "その他")
        floor = (9 if badge else 12) if large else (8.5 if each.top > foot else 9)
        assert each.style.size >= floor, each
        if not badge:
            assert each.style.leading >= (1.24 if each.style.size <= 16 else 1.12) * each.style.size, each


@pytest.mark.parametrize("kind", KINDS)
def test_content_ends_above_the_footer(kind: str, drawn: list[Drawn]) -> None:
    render_leaflet(KINDS[kind])
    rule = foot_rule(KINDS[kind])
    assert not [each for each in drawn if each.top < rule < each.bottom]


@pytest.mark.parametrize(
    ("kind", "pages"),
    [("none", 1), ("one", 1), ("one-shared", 1), ("two", 1), ("three", 1), ("four", 1), ("four-entered", 1),
     ("eight", 2), ("eight-entered", 2), ("twelve", 2), ("mailed", 2), ("mono", 2), ("large", 2), ("large-one", 1)],
)  # fmt: skip
def test_page_counts(kind: str, pages: int) -> None:
    assert len(read(render_leaflet(KINDS[kind])).pages) == pages == page_count(KINDS[kind])


@pytest.mark.parametrize("count", range(2, 15))
def test_up_to_fourteen_programmes_stay_on_one_sheet(count: int) -> None:
    printed = leaflet(*list(recommendations())[:count])
    assert page_count(printed) == (1 if count <= 4 else 2)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith(("large", "english"))])
def test_front_carries_four_cards_at_most(kind: str, drawn: list[Drawn]) -> None:
    render_leaflet(KINDS[kind])
    fronts = [each.text for each in drawn if each.page == 1 and each.style.size == 15 and each.text.isdigit()]
    expected = len(KINDS[kind].items) if 2 <= len(KINDS[kind].items) < 4 else 4
    assert fronts == [str(number) for number in range(1, expected + 1)] or len(KINDS[kind].items) < 2


@pytest.mark.parametrize("kind", KINDS)
def test_same_leaflet_same_bytes(kind: str) -> None:
    assert render_leaflet(KINDS[kind]) == render_leaflet(KINDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_all_fonts_are_embedded(kind: str) -> None:
    names = set()
    for page in read(render_leaflet(KINDS[kind])).pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"]
        assert isinstance(fonts, DictionaryObject)
        for font in fonts.values():
            found = font.get_object()
            names.add(found["/BaseFont"])
            assert "/FontFile2" in found["/FontDescriptor"], found["/BaseFont"]
    assert all("NotoSansJP" in name for name in names)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].items])
def test_every_ticked_programme_is_there_in_order(kind: str) -> None:
    printed = KINDS[kind]
    text = text_of(printed)
    place = 0
    cards_first = sorted(printed.items, key=lambda each: _bare_after_two(printed, each.facts))
    for each in cards_first:
        name = re.sub(r"\s", "", each.facts.name)
        assert name in text[place:], name
        place = text.index(name, place)


def _bare_after_two(printed: Leaflet, facts: Facts) -> bool:
    bare = [each.facts for each in printed.items if not (each.facts.what or each.facts.target or each.facts.caps)]
    return facts in bare[2:]


def test_reading_order_of_a_card() -> None:
    text = text_of(leaflet("kokunai-tenjikai", "catalyst", entered=True))
    words = [
        "見本区", "商業・ものづくり課", "平成28年6月14日", "A-0412-01", "株式会社みほん精密御中", "支援施策のご案内",
        "商工相談員見本花子", "03-0000-0000", "平日9時～17時", "6月14日の訪問でうかがった", "2件",
        "国内展示会出展費助成", "助成金", "小間料の一部を助成", "対象", "区内企業", "時期", "6月1日（水）",
        "手続・書類", "第1号様式", "窓口", "見本区見本係", "計算例", "助成2/3", "自己負担1/3", "上限20万円",
        "対象経費：小間料", "くわしくは", "選んだ理由", "期待する支援策（問10）に「販路開拓に関する支援",
        "選ばれたため", "ビジネスカタリスト派遣", "専門家の派遣", "メモ", "平成28年度", "1／1",
    ]  # fmt: skip
    place = 0
    for word in words:
        assert word in text[place:], word
        place = text.index(word, place) + len(word)


def test_guesses_do_not_reach_paper() -> None:
    text = text_of(leaflet("software", "ritchi-keizoku"))
    assert "情報通信業者" not in text
    assert "1件あたり" not in text


def test_by_mail_nothing_is_asked_for() -> None:
    by_hand, mailed = KINDS["eight"], KINDS["mailed"]
    assert "要確認" in text_of(by_hand)
    assert "要確認" not in text_of(mailed)
    assert "台帳に記載のない" not in text_of(mailed)
    assert "お寄せいただいた回答から" in text_of(mailed)


def test_footer_explains_the_chip_only_where_it_occurs() -> None:
    full = leaflet("kokunai-tenjikai", entered=True)
    assert "台帳に記載のない" not in text_of(full)
    assert "台帳に記載のない" in text_of(leaflet("kokunai-tenjikai"))


def test_nothing_fits_is_said_plainly_with_the_wishes() -> None:
    text = text_of(KINDS["none"])
    expected = ["見つかりませんでした", "期待する支援策（問10）", "「その他（計測器の校正への助成）」", "合う施策なし"]
    for words in (*expected, "このあとのこと"):
        assert words in text
    assert "このあとのこと" not in text_of(KINDS["none-bare"])


def test_rare_characters_are_found_again() -> None:
    assert RARE.replace("　", "") in text_of(KINDS["rare"])


def test_variation_selectors_and_missing_characters() -> None:
    assert printable("葛\U000e0100飾") == "葛飾"
    assert printable("社名\U0002a6d0") == f"社名{MISSING}"
    assert printable("一行目\n二行目") == "一行目 二行目"
    assert printable("株式会社　みほん") == "株式会社　みほん"


def test_phone_stands_on_every_page() -> None:
    for page in read(render_leaflet(KINDS["everything"])).pages:
        assert OFFICE.phone in page.extract_text()


def test_company_and_addressee_stay_together(drawn: list[Drawn]) -> None:
    for length in range(1, 70):
        drawn.clear()
        render_leaflet(leaflet(company="株式会社" + "み" * length))
        last = next(each.text for each in drawn if each.text.endswith("御中"))
        assert last.endswith("み　御中") or length == 1
        assert len(last) >= 5
        name = "".join(each.text for each in drawn if each.page == 1 and ("み" * 2 in each.text or "御中" in each.text))
        assert name.count("み") >= length


def test_metadata_and_outline() -> None:
    pdf = read(render_leaflet(KINDS["twelve"]))
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"支援施策のご案内　{KINDS['twelve'].company}"
    assert (pdf.metadata.author, pdf.metadata.subject) == ("見本区 商業・ものづくり課", "A-0412-01")
    assert str(pdf.root_object["/Lang"]) == "ja-JP"
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    names = [each.facts.name for each in KINDS["twelve"].items]
    assert titles == [f"{number} {name}" for number, name in enumerate(names, start=1)]


def test_mono_edition_has_no_colour_and_the_same_geometry(drawn: list[Drawn]) -> None:
    render_leaflet(leaflet(*EIGHT))
    in_colour = [(each.text, each.left, each.top) for each in drawn]
    drawn.clear()
    pdf = render_leaflet(leaflet(*EIGHT, edition=Edition(mono=True)))
    assert [(each.text, each.left, each.top) for each in drawn] == in_colour
    assert all(value[1:3] == value[3:5] == value[5:7] for value in MONO.values())
    for page in read(pdf).pages:
        contents = page.get_contents()
        assert contents is not None
        for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)", contents.get_data()):
            assert red == green == blue


def test_catalogue_date_and_year() -> None:
    assert "施策台帳（6月1日現在）による" in text_of(leaflet(*FOUR, as_of=date(2016, 6, 1)))
    assert "施策台帳による" in text_of(leaflet(*FOUR))


def test_catalogue_of_another_year_is_set_in_bold(drawn: list[Drawn]) -> None:
    for printed, bold in ((date(2016, 6, 14), False), (date(2017, 3, 31), False), (date(2017, 4, 1), True)):
        drawn.clear()
        render_leaflet(leaflet(*FOUR, printed_on=printed, visited_on=printed))
        line = next(each for each in drawn if "施策台帳" in each.text)
        assert ("Bold" in line.style.font) == bold


def test_qr_codes_are_large_enough_and_only_where_there_is_an_address() -> None:
    for length in (1, 40, 80, 120, 200):
        address = "https://www.example.jp/" + "a" * length
        assert qr_side(address) / len(qr_cells(address)) >= 0.45
    assert "くわしくは" not in text_of(leaflet(*FOUR))
    assert text_of(leaflet(*FOUR, entered=True)).count("くわしくは") == 4


def test_logo_is_scaled_and_stands_before_the_ward(drawn: list[Drawn]) -> None:
    for size in ((10, 10), (900, 100), (50, 900)):
        file = io.BytesIO()
        Image.new("RGBA", size, (200, 0, 0, 100)).save(file, "PNG")
        drawn.clear()
        pdf = render_leaflet(leaflet(*FOUR, office=replace(OFFICE, logo=file.getvalue())))
        ward = next(each for each in drawn if each.text == "見本区")
        assert LEFT + 3 < ward.left <= LEFT + 33.01
        assert len(list(read(pdf).pages[0].images)) == 1


def test_english_names_stand_below_the_japanese_ones() -> None:
    pages = read(render_leaflet(KINDS["english-one"])).pages
    text = pages[0].extract_text()
    assert "国内展示会出展費助成" in text
    assert "Subsidy for exhibiting at trade fairs in Japan" in text
    assert "200,000" in text
    assert "14 June 2016" in text


def test_every_shipped_programme_can_be_printed_alone_and_in_large() -> None:
    for entry in load_catalogue().entries:
        if entry.facts.may_be_offered:
            programme = entry.facts.id.removeprefix("2016/")
            assert page_count(leaflet(programme)) == 1
            assert page_count(leaflet(programme, edition=Edition(large=True))) == 1


PROPOSAL = next(entry.facts for entry in load_catalogue().entries if entry.facts.status == "新規（提案）")
REFUSED = {
    "E-650": leaflet(*FOUR, office=replace(OFFICE, phone=" ")),
    "E-651": leaflet(*FOUR, office=replace(OFFICE, logo=b"GIF89a")),
    "E-652": leaflet(*FOUR, word="申請書は一緒に書けますので、ご連絡ください。" * 8),
    "E-653": leaflet(items=(replace(item("catalyst"), facts=PROPOSAL),)),
    "E-654": leaflet(items=(item("catalyst", what="専門家が助言します。" * 200), item("shinseihin"))),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_printed_is_refused_with_the_reason(code: str) -> None:
    with pytest.raises(VisitappError) as raised:
        render_leaflet(REFUSED[code])
    assert raised.value.code == code
    for text in error_texts()[code]:
        assert "{" not in text.format(**raised.value.values)


def test_a_long_word_of_two_lines_is_printed_whole() -> None:
    word = "お時間をいただき、ありがとうございました。試作のお話はたいへん参考になりました。申請書は一緒に書けます。"
    assert word in text_of(leaflet(*FOUR, word=word))


def test_lines_are_as_wide_as_they_say() -> None:
    style = Style("NotoSansJP-Regular", 10, 14)
    assert text_width("あいう", style) == pytest.approx(30 / MM)
