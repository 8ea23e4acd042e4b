//! The reading on the terminal: what the page says, where it was found, and what is wrong.

use std::fmt::Write as _;

use super::super::ink::{Ink, Pen};
use super::{GuideReport, material_columns};
use crate::model::{Catalogue, Element, Finding, Reading, Requirement, Sureness};
use crate::text::{printable, width, wrap};

/// Columns of an element's name, its star included.
const NAME: usize = 24;
/// Columns of where it was found and how sure that is.
const PLACE: usize = 24;
/// Lines of a value that are shown; `--json` has all of it.
const LINES: usize = 3;

/// The reading as lines of at most `columns` columns (at least 60 are assumed), with colours or without.
#[must_use]
pub fn guide_terminal(report: &GuideReport<'_>, columns: usize, color: bool) -> String {
    let pen = Pen { columns: columns.max(60), color };
    let mut text = String::new();
    head(&mut text, pen, report);
    elements(&mut text, pen, report);
    materials(&mut text, pen, report);
    problems(&mut text, pen, report.findings);
    unread(&mut text, pen, report);
    for remark in report.remarks() {
        paragraph(&mut text, pen, "说明：", remark);
    }
    text
}

fn head(text: &mut String, pen: Pen, report: &GuideReport<'_>) {
    let guide = report.guide;
    let _ = writeln!(text, "{}", pen.paint(&pen.fit(&printable(report.title())), Ink::Bold));
    let seen_as = if report.seen_as.is_empty() {
        String::new()
    } else {
        format!("（以{}的身份打开）", report.seen_as)
    };
    let _ = writeln!(
        text,
        "{}\n",
        pen.paint(&pen.fit(&format!("{}{seen_as}", printable(report.source))), Ink::Quiet)
    );
    let (said, keys) = report.key_classes();
    let key_ink = if said == keys { Ink::Good } else { Ink::Bad };
    let problem_ink = if report.findings.is_empty() { Ink::Good } else { Ink::Bad };
    let _ = writeln!(
        text,
        "要素 {}   八类关键要素 {}   申请材料 {} 份   问题 {} 处\n",
        pen.paint(&format!("{}/{}", guide.elements.len(), Catalogue::embedded().elements.len()), Ink::Bold),
        pen.paint(&format!("{said}/{keys}"), key_ink),
        pen.paint(&guide.materials.len().to_string(), Ink::Bold),
        pen.paint(&report.findings.len().to_string(), problem_ink),
    );
}

fn elements(text: &mut String, pen: Pen, report: &GuideReport<'_>) {
    for (element, reading) in report.read() {
        row(text, pen, element, reading);
    }
    let foot = "★ 八类关键要素   ＊ 要点开标签页或展开后才看得到   ？ 拿不准";
    let _ = writeln!(text, "{}", pen.paint(&pen.fit(foot), Ink::Quiet));
}

/// `★ 办理时间   周一至周五 …      表格 ＊`
fn row(text: &mut String, pen: Pen, element: &Element, reading: &Reading) {
    let star = if element.key { "★" } else { " " };
    let room = pen.columns.saturating_sub(NAME + PLACE + 2).max(20);
    let said = printable(&reading.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let (said, ink) = if said.is_empty() {
        ("（只有标签，内容空白）".to_owned(), Ink::Bad)
    } else {
        (said, Ink::Plain)
    };
    let place = format!(
        "{}{}{}",
        reading.place.name(),
        if reading.visible { "" } else { " ＊" },
        if reading.sure == Sureness::Doubtful { " ？" } else { "" }
    );
    for (at, line) in wrap(&said, room, LINES).iter().enumerate() {
        let name = if at == 0 { format!("{star} {}", element.name) } else { String::new() };
        let place = if at == 0 { place.as_str() } else { "" };
        let line = format!(
            "{}{}{}",
            pen.column(&name, NAME, Ink::Plain),
            pen.column(line, room + 2, ink),
            pen.paint(place, Ink::Quiet)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn materials(text: &mut String, pen: Pen, report: &GuideReport<'_>) {
    let guide = report.guide;
    if guide.materials.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", pen.paint(&format!("申请材料 {} 份", guide.materials.len()), Ink::Bold));
    let fields = material_columns(guide);
    for (number, material) in (1..).zip(&guide.materials) {
        let properties: Vec<String> = fields
            .iter()
            .filter(|(id, _)| *id != "name")
            .filter_map(|(id, name)| Some(format!("{name} {}", material.fields.get(*id)?)))
            .collect();
        paragraph(text, pen, &format!("{number:>3}. "), material.name());
        if !properties.is_empty() {
            for line in wrap(&printable(&properties.join(" · ")), pen.columns - 5, LINES) {
                let _ = writeln!(text, "     {}", pen.paint(&line, Ink::Quiet));
            }
        }
    }
}

fn problems(text: &mut String, pen: Pen, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", pen.paint(&format!("发现问题 {} 处", findings.len()), Ink::Bold));
    for (number, finding) in (1..).zip(findings) {
        let rule = finding.rule.as_deref().map(|rule| format!("（规则 {rule}）")).unwrap_or_default();
        let grade = pen.paint(&format!("[{}]", finding.severity.name()), Ink::of(finding.severity));
        let said = printable(&format!("{}{rule}", finding.message));
        let indent = format!("{number:>3}. ").len() + 1 + width(finding.severity.name()) + 2;
        for (at, line) in wrap(&said, pen.columns.saturating_sub(indent), 6).iter().enumerate() {
            let before = if at == 0 { format!("{number:>3}. {grade} ") } else { " ".repeat(indent) };
            let _ = writeln!(text, "{before}{line}");
        }
        if !finding.advice.is_empty() {
            let advice = format!("建议：{}", printable(&finding.advice));
            for line in wrap(&advice, pen.columns - 5, LINES) {
                let _ = writeln!(text, "     {}", pen.paint(&line, Ink::Quiet));
            }
        }
    }
}

fn unread(text: &mut String, pen: Pen, report: &GuideReport<'_>) {
    let names = |required: bool| -> String {
        let unread = report.unread().into_iter();
        let wanted = unread.filter(|element| (element.required == Requirement::Required) == required);
        wanted.map(|element| element.name.as_str()).collect::<Vec<_>>().join("、")
    };
    let (owed, others) = (names(true), names(false));
    if !owed.is_empty() {
        let _ = writeln!(text);
        paragraph(text, pen, "没有读到的必备要素：", &owed);
    }
    if !others.is_empty() {
        let _ = writeln!(text);
        paragraph(text, pen, "没有读到的其他要素（不一定要有）：", &others);
    }
}

/// A text behind a heading, wrapped under its own beginning.
fn paragraph(text: &mut String, pen: Pen, head: &str, said: &str) {
    let indent = width(head);
    let lines = wrap(&printable(said), pen.columns.saturating_sub(indent).max(20), 6);
    for (at, line) in lines.iter().enumerate() {
        let before = if at == 0 { head.to_owned() } else { " ".repeat(indent) };
        let _ = writeln!(text, "{before}{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn nothing_of_a_page_moves_the_cursor_and_every_line_fits() {
        for columns in [60, 100, 160] {
            let text = sample::with_report(|report| guide_terminal(report, columns, false));
            assert!(!text.contains(['\u{1b}', '\u{202e}']));
            for line in text.lines() {
                assert!(width(line) <= columns, "{} columns: {line}", width(line));
            }
        }
    }

    #[test]
    fn blanks_hidden_values_and_problems_are_told() {
        let text = sample::with_report(|report| guide_terminal(report, 100, false));
        assert!(text.contains("（只有标签，内容空白）") && text.contains("表格 ＊"));
        assert!(text.contains("八类关键要素 3/8") && text.contains("[严重] “办理时间”只有标签"));
        assert!(text.contains("没有读到的必备要素：") && text.contains("说明：页面超过 60000 个节点"));
    }
}
