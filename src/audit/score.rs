//! 读准率: what was read off a page against what a person wrote down as true, counted. Pure; the files are read elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{Guide, Material};
use crate::text;

/// The element that only names the rows; it counts where a page has no rows.
const MATERIALS: &str = "materials";
/// The field that rows are paired by.
const NAME: &str = "name";

/// What a page says of an item, written by a person. An element with a label and no value has an empty text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truth {
    /// Element id to text.
    pub elements: BTreeMap<String, String>,
    /// Rows of materials: field id to text. Fields that are not listed are not looked at.
    pub materials: Vec<BTreeMap<String, String>>,
}

/// How many things were read how. `wrong` ones were both missed and invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// Read as they are.
    pub right: usize,
    /// Read, but as something else.
    pub wrong: usize,
    /// There and not read.
    pub missed: usize,
    /// Read and not there.
    pub invented: usize,
}

impl Count {
    /// F1 of everything counted, from 0 to 1; 1 when there was nothing to read and nothing was read.
    #[must_use]
    pub fn f1(self) -> f64 {
        let errors = 2 * self.wrong + self.missed + self.invented;
        if self.right + errors == 0 {
            return 1.0;
        }
        let twice = 2 * self.right;
        twice as f64 / (twice + errors) as f64
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
        self.invented += other.invented;
    }

    fn tally(&mut self, expected: bool, read: bool, equal: bool) {
        match (expected, read) {
            (true, true) if equal => self.right += 1,
            (true, true) => self.wrong += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.invented += 1,
            (false, false) => {}
        }
    }
}

/// One thing that was read otherwise than it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misread {
    /// The element; `materials` for a row.
    pub element: String,
    /// Name of the row and its field, for materials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<(String, String)>,
    /// What stands there; `None` when it is not there.
    pub expected: Option<String>,
    /// What was read; `None` when nothing was.
    pub read: Option<String>,
}

/// How well one page was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageScore {
    /// The page's name.
    pub page: String,
    /// Elements.
    pub elements: Count,
    /// Rows of materials; a row is right when all fields of its truth are.
    pub materials: Count,
    /// What went wrong.
    pub misreads: Vec<Misread>,
}

/// How well all pages were read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Score {
    /// Elements of all pages.
    pub elements: Count,
    /// Rows of materials of all pages.
    pub materials: Count,
    /// Page by page.
    pub pages: Vec<PageScore>,
}

impl Score {
    /// Sums up pages (micro average: every element counts alike, whatever page it stands on).
    #[must_use]
    pub fn of(pages: Vec<PageScore>) -> Self {
        let mut score = Self::default();
        for page in &pages {
            score.elements.add(page.elements);
            score.materials.add(page.materials);
        }
        score.pages = pages;
        score
    }
}

/// Holds a guide against the truth.
#[must_use]
pub fn score(page: &str, truth: &Truth, guide: &Guide) -> PageScore {
    let mut score = PageScore {
        page: page.to_owned(),
        elements: Count::default(),
        materials: Count::default(),
        misreads: Vec::new(),
    };
    count_elements(truth, guide, &mut score);
    count_materials(truth, guide, &mut score);
    score
}

fn count_elements(truth: &Truth, guide: &Guide, score: &mut PageScore) {
    let ids: BTreeSet<&String> = truth.elements.keys().chain(guide.elements.keys()).collect();
    for id in ids {
        if id == MATERIALS && !truth.materials.is_empty() {
            continue;
        }
        let expected = truth.elements.get(id);
        let read = guide.elements.get(id).map(|reading| &reading.text);
        let equal = matches!((expected, read), (Some(expected), Some(read)) if same(expected, read));
        score.elements.tally(expected.is_some(), read.is_some(), equal);
        if !equal {
            score.misreads.push(Misread {
                element: id.clone(),
                row: None,
                expected: expected.cloned(),
                read: read.cloned(),
            });
        }
    }
}

fn count_materials(truth: &Truth, guide: &Guide, score: &mut PageScore) {
    let mut left: Vec<&Material> = guide.materials.iter().collect();
    for row in &truth.materials {
        let name = row.get(NAME).map_or("", String::as_str);
        let found = left.iter().position(|material| same(name, material.name())).map(|at| left.remove(at));
        let wrong = found.map_or_else(Vec::new, |material| misread_fields(name, row, material));
        score.materials.tally(true, found.is_some(), wrong.is_empty());
        if found.is_none() {
            score.misreads.push(misread_row(name, NAME, Some(name), None));
        }
        score.misreads.extend(wrong);
    }
    for material in left {
        score.materials.tally(false, true, false);
        score.misreads.push(misread_row(material.name(), NAME, None, Some(material.name())));
    }
}

fn misread_fields(name: &str, row: &BTreeMap<String, String>, material: &Material) -> Vec<Misread> {
    row.iter()
        .filter_map(|(field, expected)| {
            let read = material.fields.get(field).map(String::as_str);
            let equal = read.is_some_and(|read| same(expected, read));
            (!equal).then(|| misread_row(name, field, Some(expected), read))
        })
        .collect()
}

fn misread_row(name: &str, field: &str, expected: Option<&str>, read: Option<&str>) -> Misread {
    Misread {
        element: MATERIALS.to_owned(),
        row: Some((name.to_owned(), field.to_owned())),
        expected: expected.map(str::to_owned),
        read: read.map(str::to_owned),
    }
}

/// Whether two texts show the same: white space, line breaks, full and half width and the numbers of list lines aside.
fn same(left: &str, right: &str) -> bool {
    // Numbers of list lines fold away only at the start of a line, so lines that were joined are tried as joined ones too.
    squeeze(&text::plain(left)) == squeeze(&text::plain(right))
        || text::plain(&squeeze(left)) == text::plain(&squeeze(right))
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Place, Reading, Sureness};

    fn guide(elements: &[(&str, &str)], rows: &[&[(&str, &str)]]) -> Guide {
        let reading = |text: &str| Reading {
            text: text.to_owned(),
            label: String::new(),
            place: Place::Table,
            sure: Sureness::Certain,
            visible: true,
            node: 0,
            links: Vec::new(),
        };
        let elements = elements.iter().map(|(id, text)| ((*id).to_owned(), reading(text))).collect();
        let materials =
            rows.iter().map(|row| Material { fields: fields(row), ..Material::default() }).collect();
        Guide { elements, materials, ..Guide::default() }
    }

    fn fields(row: &[(&str, &str)]) -> BTreeMap<String, String> {
        row.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
    }

    fn truth(elements: &[(&str, &str)], rows: &[&[(&str, &str)]]) -> Truth {
        Truth { elements: fields(elements), materials: rows.iter().map(|row| fields(row)).collect() }
    }

    #[test]
    fn right_wrong_missed_and_invented_are_told_apart() {
        let truth = truth(&[("time", "9:00-17:00"), ("place", "甲路1号"), ("fee_flag", "")], &[]);
        let read = guide(&[("time", "9：00—17：00"), ("place", "乙路1号"), ("special", "无")], &[]);
        let score = score("页", &truth, &read);
        assert_eq!(score.elements, Count { right: 1, wrong: 1, missed: 1, invented: 1 });
        assert_eq!(score.misreads.len(), 3);
        assert!((score.elements.f1() - 2.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn a_row_is_right_when_all_its_fields_are() {
        let truth = truth(&[], &[&[("name", "身份证"), ("form", "原件")], &[("name", "照片")]]);
        let read = guide(
            &[("materials", "身份证\n照片")],
            &[&[("name", "照片"), ("need", "必要")], &[("name", "身份证"), ("form", "纸质")]],
        );
        let score = score("页", &truth, &read);
        assert_eq!(score.materials, Count { right: 1, wrong: 1, ..Count::default() });
        assert_eq!(score.elements, Count::default(), "the names of rows are counted once, as rows");
        assert_eq!(score.misreads[0].row, Some(("身份证".to_owned(), "form".to_owned())));
    }

    #[test]
    fn joined_lines_and_list_numbers_are_no_misreading() {
        assert!(same("1.身份证；\n2.照片", "1.身份证； 2.照片"));
        assert!(same("申请\n受理", "1. 申请\n2. 受理"));
        assert!(!same("5个工作日", "15个工作日"));
    }

    #[test]
    fn nothing_to_read_and_nothing_read_is_perfect() {
        let empty = score("页", &Truth::default(), &Guide::default());
        assert!((Score::of(vec![empty]).elements.f1() - 1.0).abs() < f64::EPSILON);
    }
}
