//! `zoutong score`: how well guides are read off saved pages whose truth a person wrote down.

use std::fmt::Write as _;

use super::super::arguments::ScoreArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::{Screen, column};
use crate::audit::{self, Count, Misread, PageScore, Score};
use crate::model::Catalogue;
use crate::text::{fit, printable};

/// Columns of a page's name.
const PAGE: usize = 36;
/// Columns of four counts.
const COUNTS: usize = 21;

pub(in super::super) fn run(arguments: &ScoreArguments, screen: &Screen) -> Result<Code, Failure> {
    let score = audit::score_folder(&arguments.folder)?;
    screen.line(&if arguments.json { json(&score) } else { readable(&score, screen) });
    let perfect = score.pages.iter().all(|page| page.misreads.is_empty());
    Ok(if perfect { Code::Nothing } else { Code::Problems })
}

/// The contract of `score --json`, version 1: `elements`, `materials` (counts and `f1`) and `pages` with their `misreads`.
fn json(score: &Score) -> String {
    let whole = serde_json::json!({
        "elements": counted(score.elements),
        "materials": counted(score.materials),
        "pages": score.pages,
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

fn counted(count: Count) -> serde_json::Value {
    serde_json::json!({
        "right": count.right,
        "wrong": count.wrong,
        "missed": count.missed,
        "invented": count.invented,
        "f1": count.f1(),
    })
}

fn readable(score: &Score, screen: &Screen) -> String {
    let mut text = head(screen);
    for page in &score.pages {
        text.push_str(&row(&page.page, page.elements, page.materials));
    }
    text.push_str(&screen.strong(&row("合计", score.elements, score.materials)));
    for page in score.pages.iter().filter(|page| !page.misreads.is_empty()) {
        text.push_str(&misreads(page, screen));
    }
    let _ = write!(
        text,
        "\n读准率（F1）：要素 {:.4}，申请材料 {:.4}（{} 个网页）",
        score.elements.f1(),
        score.materials.f1(),
        score.pages.len()
    );
    text
}

fn head(screen: &Screen) -> String {
    let counts = column("读对 读错 漏读 多读", COUNTS);
    let names = format!("{} {} {}\n", column("", PAGE), column("要素", COUNTS + 7), "申请材料");
    let columns = format!("{} {counts} 读准率 {counts} 读准率\n", column("网页", PAGE));
    names + &screen.strong(&columns)
}

fn row(name: &str, elements: Count, materials: Count) -> String {
    let cells = |count: Count| {
        let Count { right, wrong, missed, invented } = count;
        format!("{right:>4} {wrong:>4} {missed:>4} {invented:>4}  {:>6.3}", count.f1())
    };
    format!("{} {} {}\n", column(&printable(name), PAGE), cells(elements), cells(materials))
}

fn misreads(page: &PageScore, screen: &Screen) -> String {
    let mut text = screen.strong(&format!("\n{}\n", printable(&page.page)));
    for misread in &page.misreads {
        let _ = writeln!(text, "  {}", what(misread));
        for (word, said) in [("应为", &misread.expected), ("读成", &misread.read)] {
            let said = said.as_ref().map_or("（没有）".to_owned(), |said| quoted(said));
            let _ = writeln!(text, "    {word} {}", fit(&said, screen.width.saturating_sub(9)).trim_end());
        }
    }
    text
}

fn what(misread: &Misread) -> String {
    let catalogue = Catalogue::embedded();
    if let Some((name, field)) = &misread.row {
        let known = catalogue.material_fields.iter().find(|known| known.id == *field);
        return format!("材料“{}”的{}", printable(name), known.map_or(field.as_str(), |known| &known.name));
    }
    let known = catalogue.elements.iter().find(|known| known.id == misread.element);
    known.map_or(&misread.element, |known| &known.name).clone()
}

fn quoted(said: &str) -> String {
    let line = printable(&said.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.is_empty() { "（空白）".to_owned() } else { format!("“{line}”") }
}
