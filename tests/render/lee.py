"""Blocks of a brief on Lee County, Florida, for tests of the drawing. The hashes are invented."""

from __future__ import annotations

import hashlib

from reportkit.brief.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Chart,
    Document,
    Evidence,
    EvidenceList,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
)
from reportkit.brief.charts import Bar, locator_map, timeline, to_outlines

DOCUMENT = Document(
    title="287(g) in Lee County, Florida",
    place="Lee County, Florida",
    as_of="2026-05-18",
    lang="en",
    report_id="7c1f0a9b42de",
)

LIST = "https://www.ice.gov/identify-and-arrest/287g"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def claim(name: str, text: str, *cites: int, **more: object) -> Span:
    return Span(text, claim=name, cites=cites, **more)  # type: ignore[arg-type]


def text(words: str, **more: object) -> Spans:
    return (Span(words, **more),)  # type: ignore[arg-type]


def features() -> list[dict[str, object]]:
    """Six square counties, two by three, wound clockwise."""
    squares = []
    for index in range(6):
        x, y = -82.0 + index % 2, 26.0 + index // 2
        ring = [[x, y], [x, y + 1], [x + 1, y + 1], [x + 1, y], [x, y]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        squares.append({"type": "Feature", "id": f"1207{index}", "geometry": geometry})
    return squares


def map_svg() -> str:
    models = {"12070": "none", "12071": "TFM", "12072": "JEM", "12073": "WSO", "12074": "none"}
    key = {
        "TFM": "Task Force: 1 county",
        "JEM": "Jail Enforcement, no Task Force: 1 county",
        "WSO": "Warrant Service Officer only: 1 county",
        "none": "No county-wide agreement on the list: 2 counties",
    }
    return locator_map(to_outlines(features()), models, "12071", "Lee County", key)  # type: ignore[arg-type]


BARS = (
    Bar("Sheriff", "TFM", "2025-02-24", None, "Sheriff’s Office · Task Force · 24 February 2025"),
    Bar("Sheriff", "JEM", "2025-02-24", None, "Sheriff’s Office · Jail Enforcement · 2025"),
    Bar("Sheriff", "WSO", "2020-01-15", "2025-06-11", "Sheriff’s Office · Warrant Service · 2020"),
)
COUNTS = (("2021-01-15", 46), ("2025-02-26", 70), ("2025-07-08", 290), ("2026-05-18", 345))


def timeline_svg() -> str:
    return timeline(BARS, COUNTS, "2026-05-18", "Agreements in Florida on each list")


STATUS = Table(
    caption="Agreements of agencies in Lee County on the list of 18 May 2026",
    head=("Agency", "Model", "Signed", "Days on the list", "Memorandum"),
    rows=(
        (
            text("Lee County Sheriff’s Office"),
            text("Task Force", model="TFM"),
            (claim("signed.sheriff.tfm", "24 February 2025", 1),),
            text("448"),
            text("page 1 of 12", href="https://www.ice.gov/doclib/287g/lee-tfm.pdf"),
        ),
        (
            text("Lee County Sheriff’s Office"),
            text("Jail Enforcement", model="JEM"),
            (claim("signed.sheriff.jem", "24 February 2025", 2),),
            text("448"),
            text("not on hand"),
        ),
        (
            text("Lee County Sheriff’s Office"),
            text("Warrant Service Officer", model="WSO"),
            (claim("signed.sheriff.wso", "24 February 2025", 3),),
            text("448"),
            text("not on hand"),
        ),
        (
            text("Lee County Port Authority Police"),
            text("Task Force", model="TFM"),
            (claim("signed.port", "date not on hand", 4),),
            text("n/a"),
            text("not on hand"),
        ),
    ),
    align=("left", "left", "left", "right", "left"),
)

MATRIX = Table(
    caption="What the agreements let deputies do",
    head=("Power", "Task Force", "Jail Enforcement", "Warrant Service"),
    rows=(
        (
            text("Question people about immigration status"),
            text("in place", state="in_place"),
            text("in the jail", state="partly"),
            text("absent", state="absent"),
        ),
        (
            text("Arrest in the community over immigration status"),
            text("in place", state="in_place"),
            text("absent", state="absent"),
            text("absent", state="absent"),
        ),
        (
            text("Serve administrative warrants"),
            text("in place", state="in_place"),
            text("in place", state="in_place"),
            text("in the jail", state="partly"),
        ),
        (
            text("Prepare charging documents"),
            text("in place", state="in_place"),
            text("in place", state="in_place"),
            text("not known", state="unknown"),
        ),
    ),
    align=("left", "left", "left", "left"),
)

GAPS = Table(
    caption="Safeguards of the rubric that this agreement lacks",
    head=("Safeguard", "Finding", "Why it matters"),
    rows=(
        (
            text("Public figures"),
            (
                Span("absent. ", state="absent"),
                claim(
                    "gap.figures",
                    "The agreement asks the county to keep figures and give them to ICE on "
                    "request; it does not ask either side to publish them.",
                    5,
                ),
            ),
            (
                claim(
                    "gap.figures.why",
                    "The Government Accountability Office found in 2021 that ICE had no measures "
                    "of the program’s performance.",
                    6,
                ),
            ),
        ),
        (
            text("Steering committee"),
            text("not known: the page could not be read", state="unknown"),
            text("A committee is where the public can ask."),
        ),
    ),
    align=("left", "left", "left"),
    widths=(1, 2, 2),
)

FIGURES = Table(
    caption="Agreements in Florida on the lists",
    head=("List", "Agreements"),
    rows=tuple((text(day), text(str(count))) for day, count in COUNTS),
    align=("left", "right"),
    in_pdf=False,
)


def evidence() -> EvidenceList:
    titles = (
        ("Participating agencies, list of 18 May 2026", "row 412", LIST),
        ("Participating agencies, list of 18 May 2026", "row 413", LIST),
        ("Participating agencies, list of 18 May 2026", "row 414", LIST),
        ("Participating agencies, list of 18 May 2026", "row 431", LIST),
        (
            "Memorandum of agreement, Lee County Sheriff’s Office, Task Force model",
            "section XII, page 6",
            "https://www.ice.gov/doclib/287g/lee-tfm.pdf",
        ),
        (
            "Immigration Enforcement: ICE Can Further Enhance Its Planning and Oversight of "
            "State and Local Agreements",
            "GAO-21-186",
            "https://www.gao.gov/products/gao-21-186",
        ),
    )
    return EvidenceList(
        tuple(
            Evidence(
                number,
                title,
                "Government Accountability Office"
                if "gao" in url
                else "U.S. Immigration and Customs Enforcement",
                url,
                locator,
                digest(title),
                "2026-05-19",
            )
            for number, (title, locator, url) in enumerate(titles, 1)
        )
    )


HEAD: tuple[Block, ...] = (
    Heading("287(g) in Lee County, Florida", 1, "title"),
    AnswerBox(
        place="Lee County, Florida",
        answer="participating",
        sentence=(
            claim(
                "answer",
                "Yes: the Lee County Sheriff’s Office holds three agreements with ICE, one of each "
                "model, and its Task Force deputies may arrest people over immigration status in "
                "the community.",
                1,
                2,
                3,
            ),
        ),
        facts=(
            ("As of", "18 May 2026"),
            ("Age of the newest list", "188 days"),
            ("Report", "7c1f0a9b42de"),
        ),
        figures=(
            Figure("6", "agencies in the county", (1, 4), "count.agencies"),
            Figure("8", "agreements", (1, 2, 3, 4), "count.agreements"),
            Figure("24 Feb 2025", "first signed", (1,), "first.signed"),
        ),
    ),
    Paragraph(
        text(
            "This brief rests on lists and memoranda that ICE publishes. It cannot tell what "
            "deputies do in practice, nor whether agencies cooperate without an agreement."
        ),
        role="note",
    ),
    Heading("Bottom line", 2, "bottom-line"),
    Paragraph(
        (
            claim(
                "bottom.models",
                "The Lee County Sheriff’s Office holds three agreements with ICE, one of each "
                "model; the ",
                1,
                2,
                3,
            ),
            claim("bottom.models", "Task Force agreement", model="TFM"),
            claim(
                "bottom.models",
                ", signed 24 February 2025, lets trained deputies question and arrest people over "
                "immigration status in the community, not only in the jail. ",
                5,
            ),
            claim(
                "bottom.others",
                "Police of the port authority, three cities and a university in the county have "
                "also signed.",
                4,
            ),
            claim(
                "bottom.state",
                "So have a dozen state agencies that act statewide, and the state attorney whose "
                "circuit takes in the county.",
                4,
            ),
        ),
    ),
)

BODY: tuple[Block, ...] = (
    Heading("Status", 2, "status"),
    Paragraph(
        (
            claim("status.listed", "Eight agreements of six agencies cover the county. ", 1, 4),
            Span("An agreement is one agency and one model; "),
            Span("covering", style="em"),
            Span(" means that the agency’s jurisdiction takes in the county. See "),
            Span("the evidence", href="#evidence"),
            Span(" for each row."),
        ),
    ),
    STATUS,
    Chart(
        title="Lee County is one of Florida’s counties whose sheriff may act in the community",
        svg=map_svg(),
        alt="Map of Florida’s counties. Lee County, on the southwest coast, is outlined and filled "
        "as Task Force, the most far-reaching model.",
        source=(Span("ICE, list of 18 May 2026; boundaries of 2017", cites=(1,)),),
        table=Table(
            caption="Counties by model",
            head=("Model", "Counties"),
            rows=((text("Task Force", model="TFM"), text("1")),),
            align=("left", "right"),
            in_pdf=False,
        ),
    ),
    Chart(
        title="The sheriff signed again in 2025, when the state’s agreements multiplied",
        svg=timeline_svg(),
        alt="Timeline: two open agreements of the sheriff from February 2025 and one from 2020 "
        "that ended in June 2025. The state’s agreements rose from 46 in 2021 to 345 in May 2026.",
        source=(Span("ICE, lists of January 2021 to May 2026", cites=(1,)),),
        table=FIGURES,
    ),
    Heading("What the agreements permit", 2, "powers"),
    Paragraph(
        text(
            "We do not hold two of the agreements. What follows for them is the standard text of "
            "their model at the time, which the signed agreement may change."
        ),
    ),
    MATRIX,
    Heading("Oversight gaps", 2, "gaps"),
    GAPS,
    Heading("What is not known", 2, "unknown"),
    Bullets(
        (
            (claim("unknown.signature", "The page with the signatures is a scan.", 5),),
            text("Whether the county has published any figures."),
        )
    ),
    Heading("A records request that asks for it", 3, "request"),
    Quote(
        (
            text(
                "Under chapter 119 of the Florida Statutes I ask for a copy of each agreement "
                "between your office and U.S. Immigration and Customs Enforcement in force on "
                "18 May 2026."
            ),
            text("If any part is withheld, please name the exemption."),
        ),
        source=text("To the records custodian, Lee County Sheriff’s Office"),
    ),
    Heading("Evidence", 2, "evidence"),
    evidence(),
)

HOSTILE: tuple[Block, ...] = (
    Heading('<script>alert(1)</script> {{ 7*7 }} #eval("1+1")', 2, "hostile"),
    Paragraph(
        (
            claim("hostile.name", '<script>alert(2)</script> {{ 7*7 }} #eval("1+1") $x$ *b* _i_'),
            Span(" click", href="javascript:alert(3)"),
            Span(" data", href="data:text/html,<b>x</b>"),
            Span(" quote", href='https://example.org/"onmouseover="alert(4)'),
            Span(" @label <label> \\u{41} // comment /* */ `raw`"),
        )
    ),
    Table(
        caption="<b>caption</b> {% raw %}",
        head=("<i>h</i>", "#sys.version"),
        rows=((text("'\"><img src=x onerror=alert(5)>"), text("]#panic()[")),),
        align=("left", "left"),
    ),
    Paragraph(text("x" * 300 + " https://example.org/" + "a" * 200 + " " + "0123456789abcdef" * 8)),
)
