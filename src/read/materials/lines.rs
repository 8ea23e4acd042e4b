//! Materials written as text: “1、身份证原件；2、申请表（1份）”, one a line, or parted by semicolons.

use crate::model::Material;
use crate::read::candidate::Candidate;
use crate::read::page::Page;
use crate::read::words::{Style, enumerator};

use super::MOST;
use super::fields::{Said, finished, put, said};

/// The rows of a value that stands behind its label on one line, or on the lines after it.
pub(super) fn read(page: &Page<'_>, candidate: &Candidate) -> Vec<Material> {
    rows(&candidate.text, page.index(candidate.span.start))
}

/// The rows of a text, all at one node.
pub(super) fn rows(text: &str, node: u32) -> Vec<Material> {
    entries(text)
        .into_iter()
        .take(MOST)
        .filter_map(|entry| {
            let mut material = Material { node, ..Material::default() };
            put(&mut material, "name", &entry);
            finished(material)
        })
        .collect()
}

/// One entry a material: numbered ones where any are numbered, else one a line, else what semicolons part.
fn entries(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lines.extend(numbered_parts(line));
    }
    let style = lines.iter().find_map(|line| enumerator(line)).map(|found| found.style);
    if let Some(style) = style {
        return numbered(&lines, style);
    }
    let lines: Vec<String> = lines.into_iter().filter(|line| !is_remark(line)).collect();
    match lines.as_slice() {
        [only] => only
            .split(['；', ';'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        _ => lines,
    }
}

/// The entries with a number of the given style; what stands between them belongs to the one before, or to none.
fn numbered(lines: &[String], style: Style) -> Vec<String> {
    lines.iter().filter(|line| enumerator(line).is_some_and(|found| found.style == style)).cloned().collect()
}

/// A line cut where “2、”, “3、” … continue the number that it begins with.
fn numbered_parts(line: &str) -> Vec<String> {
    let Some(first) = enumerator(line) else { return vec![line.to_owned()] };
    let mut parts = Vec::new();
    let (mut start, mut number) = (0, first.number);
    let mut before = None;
    for (at, letter) in line.char_indices() {
        let boundary = before.is_some_and(|before: char| !before.is_alphanumeric() || !letter.is_ascii());
        if at > start
            && boundary
            && (letter.is_ascii_digit() || "一二三四五六七八九十（(①②③④⑤⑥⑦⑧⑨⑩".contains(letter))
        {
            let next =
                enumerator(&line[at..]).filter(|next| next.style == first.style && next.number == number + 1);
            if next.is_some() {
                parts.push(line[start..at].trim().to_owned());
                start = at;
                number += 1;
            }
        }
        before = Some(letter);
    }
    parts.push(line[start..].trim().to_owned());
    parts
}

/// A line that introduces the list or remarks on it.
pub(super) fn is_remark(line: &str) -> bool {
    const BEGINNINGS: &[&str] =
        &["注：", "注:", "备注", "说明：", "温馨提示", "以上材料", "※", "提示：", "共"];
    let intro = line.ends_with(['：', ':']);
    let count = line.starts_with('共') && line.contains('份');
    intro
        || count
        || BEGINNINGS[..8].iter().any(|words| line.starts_with(words))
        || said(line) == Said::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        rows(text, 0).iter().map(|row| row.name().to_owned()).collect()
    }

    #[test]
    fn lines_numbers_and_semicolons_part_materials() {
        assert_eq!(names("1、身份证；\n2、申请表（原件1份）。"), ["身份证", "申请表"]);
        assert_eq!(names("1.身份证原件；2.申请表；3.照片2张"), ["身份证原件", "申请表", "照片2张"]);
        assert_eq!(names("身份证原件；查询申请书"), ["身份证原件", "查询申请书"]);
        assert_eq!(names("需提交：\n身份证\n户口簿\n注：原件核对后退还"), ["身份证", "户口簿"]);
    }

    #[test]
    fn sub_numbers_belong_to_their_entry() {
        assert_eq!(names("1.身份证明：\n（1）身份证\n（2）护照\n2.申请表"), ["身份证明", "申请表"]);
    }
}
