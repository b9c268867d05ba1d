"""Leaflets of every kind, from the shipped catalogue, for the tests of this folder and the benchmark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from visitapp.documents.leaflet import Edition, Item, Leaflet, Office
from visitapp.programmes import CompanyFacts, Reason, Recommendation, assess, load_catalogue

ANSWERS = {
    "V10": frozenset({
        "販路開拓に関する支援（展示会助成、商談会等）",
        "人材育成に関する支援（講師派遣、講習会等）",
        "知的財産権の取得・活用への支援",
    }),
    "V4-4": frozenset({"販売力（営業力）", "製品開発力・企画力", "生産設備（老朽化等）"}),
    "V4-weakness": frozenset({"人材確保", "製造・加工技術力"}),
}  # fmt: skip
MAKER = CompanyFacts(frozenset({"製造業"}), founded_year=1960, employees=12, reference_year=2016)
FOUR = ("kokunai-tenjikai", "catalyst", "kosha-newmarket", "monozukuri-meister")
EIGHT = (*FOUR, "shinseihin", "chizai-shutoku", "ritchi-keizoku", "internship")
TWELVE = (*EIGHT, "sangi-kosen", "kaigai-tenjikai", "gijutsusha", "kosha-kanosei")
OFFICE = Office(
    ward="見本区",
    section="商業・ものづくり課",
    phone="03-0000-0000",
    hours="平日 9時～17時",
    person="商工相談員 見本 花子",
)
WISHES = (
    Reason("期待する支援策", "問10", "その他（計測器の校正への助成）", 1),
    Reason("弱み", "問4(2)", "流通・物流", 1),
)
ENTERED = {
    "period": "6月1日（水）～9月30日（金）",
    "procedure": "申請書（第1号様式）、見積書の写し",
    "contact": "見本区 見本係",
    "phone": "03-0000-0001",
    "address": "https://www.example.jp/sangyo/josei",
}


def recommendations() -> dict[str, Recommendation]:
    """Every programme that may be offered, by its short id, best fit first."""
    found = assess(load_catalogue(), ANSWERS, frozenset(), MAKER)
    return {each.facts.id.removeprefix("2016/"): each for each in found}


def item(programme: str, **facts: object) -> Item:
    """A ticked programme, with facts an office entered."""
    found = recommendations()[programme]
    open_points = found.open_points if found.eligibility in ("ask", "unknown") else ()
    return Item(replace(found.facts, **facts), found.reasons, open_points)  # type: ignore[arg-type]


def leaflet(*programmes: str, entered: bool = False, edition: Edition | None = None, **more: object) -> Leaflet:
    """A leaflet of a visit on 14 June 2016."""
    facts: dict[str, object] = dict(ENTERED) if entered else {}
    plain: dict[str, object] = {
        "company": "株式会社みほん精密",
        "printed_on": date(2016, 6, 14),
        "visited_on": date(2016, 6, 14),
        "number": "A-0412-01",
        "office": OFFICE,
        "fiscal_year": 2016,
        "items": tuple(item(each, **facts) for each in programmes),
        "edition": edition or Edition(),
    }
    return Leaflet(**{**plain, **more})  # type: ignore[arg-type]


LONG = "特定非営利活動法人みほん城南地域ものづくり企業連携推進協議会附属精密加工技術研究センター"
RARE = "有限会社髙﨑𠮷濵製作所　ＡＢＣ"


def every_kind() -> dict[str, Leaflet]:
    """One of each layout and edition."""
    found = list(recommendations())
    promising = replace(OFFICE, later="あらためてご案内します。", afterwards="資料にします。")
    large, mono, mailed, english = (
        Edition(large=True), Edition(mono=True), Edition(omit_missing=True), Edition(language="en"),
    )  # fmt: skip
    return {
        "none": leaflet(wishes=WISHES, office=promising),
        "none-bare": leaflet(),
        "one": leaflet("shinseihin", entered=True, word="申請書は一緒に書けますので、ご連絡ください。"),
        "one-shared": leaflet("ritchi-keizoku"),
        "one-without-money": leaflet("catalyst"),
        "two": leaflet("kokunai-tenjikai", "smrj-hanro"),
        "three": leaflet("shinseihin", "tcci-sangaku", "shodankai"),
        "four": leaflet(*FOUR),
        "four-entered": leaflet(*FOUR, entered=True),
        "eight": leaflet(*EIGHT, word="まずは1番と2番をご覧ください。"),
        "eight-entered": leaflet(*EIGHT, entered=True),
        "twelve": leaflet(*TWELVE, company=LONG),
        "seventeen": leaflet(*found[:17]),
        "everything": leaflet(*found),
        "large": leaflet(*FOUR, edition=large),
        "large-entered": leaflet(*EIGHT, entered=True, edition=large),
        "large-one": leaflet("shinseihin", edition=large),
        "large-twelve": leaflet(*TWELVE, edition=large),
        "large-none": leaflet(wishes=WISHES, edition=large),
        "mono": leaflet(*EIGHT, edition=mono),
        "mailed": leaflet(*EIGHT, visited_on=None, edition=mailed),
        "mailed-one": leaflet("kosha-newmarket", visited_on=None, edition=mailed),
        "rare": leaflet(*FOUR, company=RARE),
        "english": leaflet(*TWELVE, edition=english),
        "english-one": leaflet("kokunai-tenjikai", entered=True, edition=english),
        "bare": leaflet("yushi-assen", "koyo-chosei", "ship-kakudai", "koryu", "catalyst"),
    }
