//! What a portal wrote into its guides never runs: not in the pages that we make, not in the workbooks, not on the terminal.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use chrono::{DateTime, FixedOffset};
use scraper::{Html, Selector};
use zoutong::audit::{self, PageReading};
use zoutong::browser::Browser;
use zoutong::browser::fake::FakeBrowser;
use zoutong::check;
use zoutong::report::{self, GuideReport, Material, NoEvidence};

/// Values as a page shows them that a browser, a spreadsheet or a terminal would run.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'-alert(1)-'",
    "</textarea></style></title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=HYPERLINK(\"http://evil.example/\",\"点我\")",
    "＝1+1",
    "\u{1b}[2J\u{1b}]0;x\u{7}",
    "\u{202e}gnp.exe",
    "]]></failure><x/>",
];

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T02:00:00+08:00").unwrap()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A guide whose name, values, materials and links are payloads, shifted so that two pages differ everywhere.
fn page(shift: usize) -> String {
    let payload = |at: usize| escaped(PAYLOADS[(at + shift) % PAYLOADS.len()]);
    let labels = [
        "实施主体",
        "受理条件",
        "承诺办结时限",
        "法定办结时限",
        "办理流程",
        "办理地点",
        "办理时间",
        "咨询方式",
        "设定依据",
        "常见问题",
        "是否收费",
        "审批结果名称",
    ];
    let rows: Vec<String> = labels
        .iter()
        .enumerate()
        .map(|(at, label)| format!("<tr><th>{label}</th><td>{}</td></tr>", payload(at)))
        .collect();
    let materials: Vec<String> = (0..PAYLOADS.len())
        .map(|at| {
            format!(
                "<tr><td>{}</td><td>{}</td><td><a href=\"javascript:alert(1)\">{}</a></td><td><a href=\"data:text/html,<script>alert(1)</script>\">{}</a></td></tr>",
                payload(at), payload(at + 1), payload(at + 2), payload(at + 3)
            )
        })
        .collect();
    let (rows, materials) = (rows.concat(), materials.concat());
    format!(
        "<html><head><meta charset=utf-8><title>{0}</title></head><body><h1>{0}</h1><table><tr><th>事项名称</th><td>{0}</td></tr>{rows}</table>\
         <h3>申请材料</h3><table><tr><th>材料名称</th><th>材料形式</th><th>空白表格</th><th>示例样表</th></tr>{materials}</table>\
         <h3>办理流程图</h3><p><img src=\"x\" alt=\"{1}\" onerror=\"alert(1)\"></p></body></html>",
        payload(0),
        payload(1).replace('"', "&quot;"),
    )
}

struct Pages {
    folder: tempfile::TempDir,
}

impl Pages {
    fn new() -> Self {
        let pages = Self { folder: tempfile::tempdir().unwrap() };
        for shift in [0, 3] {
            std::fs::write(pages.path(shift), page(shift)).unwrap();
        }
        pages
    }

    fn path(&self, shift: usize) -> String {
        self.folder.path().join(format!("page{shift}.html")).display().to_string()
    }

    fn read(&self) -> PageReading {
        audit::read_file(self.path(0).as_ref()).unwrap()
    }
}

fn assert_harmless_page(text: &str) {
    let document = Html::parse_document(text);
    let all = |selector: &str| document.select(&Selector::parse(selector).unwrap()).count();
    assert!(all("script") <= 1, "only our own script");
    assert_eq!(all("iframe, object, embed, link, form, base, svg[onload]"), 0);
    for element in document.select(&Selector::parse("*").unwrap()) {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}={value}");
            let start = value.trim_start().to_ascii_lowercase();
            assert!(!start.starts_with("javascript:") && !start.starts_with("data:text"), "{name}={value}");
        }
    }
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    assert!(text.contains("&lt;script&gt;"), "the payloads are shown as words");
}

fn assert_harmless_workbook(bytes: Vec<u8>) {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut shown = 0;
    for name in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0, "{name}");
        for (_, _, cell) in book.worksheet_range(&name).unwrap().used_cells() {
            let Data::String(text) = cell else { continue };
            shown += usize::from(text.contains("alert(1)"));
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
        }
    }
    assert!(shown > 0, "the payloads are shown as words");
}

#[test]
fn a_read_page_runs_nothing() {
    let page = Pages::new().read();
    assert!(page.guide.elements.len() >= 10 && page.guide.materials.len() >= 10);
    let findings = check::inspect(&page.guide, &[]);
    let shown = GuideReport {
        source: &page.source,
        seen_as: page.seen_as,
        at: now(),
        guide: &page.guide,
        findings: &findings,
        notes: &page.snapshot.notes,
    };
    assert_harmless_page(&report::guide_page(&shown).unwrap());
    assert_harmless_workbook(report::guide_workbook(&shown).unwrap());
    let words = report::guide_terminal(&shown, 100, false);
    assert!(!words.contains(['\u{1b}', '\u{7}', '\u{202e}', '\t']), "{words}");
}

#[tokio::test]
async fn a_comparison_runs_nothing() {
    let pages = Pages::new();
    let browser: Arc<dyn Browser> = Arc::new(FakeBrowser::default());
    let compared =
        audit::compare(&browser, &[pages.path(0), pages.path(3)], audit::Measure::default(), now())
            .await
            .unwrap();
    let outcome = compared.outcome(now());
    assert!(!outcome.issues.is_empty());
    let material = Material { outcome: &outcome, evidence: &NoEvidence };
    assert_harmless_page(&report::comparison_page(&material).unwrap());
    assert_harmless_page(&report::html(&material).unwrap());
    assert_harmless_workbook(report::comparison_workbook(&outcome).unwrap());
    assert_harmless_workbook(report::xlsx(&material).unwrap());
    let junit = report::junit(&material).unwrap();
    assert!(!junit.contains("<script>") && !junit.contains("<x/>") && !junit.contains('\u{1b}'));
    assert!(!report::terminal(&outcome, 100, false).contains(['\u{1b}', '\u{202e}']));
}
