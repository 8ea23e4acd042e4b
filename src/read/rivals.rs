//! Rival readings: what else a page says about an element whose value is one fact, so that a page that contradicts itself
//! can be told.

use std::collections::BTreeMap;

use crate::model::{Place, Reading};
use crate::text::limit;

use super::candidate::{Candidate, Found};
use super::shape::Fit;

/// Elements whose value is one fact: a second one beside it is a contradiction, not an addition.
const ONE_FACT: &[&str] = &[
    "base_code",
    "booking",
    "commit",
    "express",
    "fee_flag",
    "hall",
    "impl_code",
    "legal_limit",
    "online_flag",
    "pay_online",
    "project_type",
    "promise_limit",
    "terminal",
    "visits",
];
/// A fact is told in a few characters.
const LONGEST: usize = 40;
/// A page that states a fact more often lists several matters.
const MOST: usize = 3;

/// For each element of one fact, the other values of the page that are as clear as the one that was chosen. What stands
/// under the same label in the same structure is left out: cards of several situations look like that.
pub(super) fn rivals(found: &Found, chosen: &BTreeMap<String, Reading>) -> BTreeMap<String, Vec<String>> {
    let known = ONE_FACT.iter().filter_map(|id| Some((*id, chosen.get(*id)?)));
    let all = known.map(|(id, reading)| (id.to_owned(), of_element(found, id, reading)));
    all.filter(|(_, rivals)| (1..=MOST).contains(&rivals.len())).collect()
}

fn of_element(found: &Found, id: &str, chosen: &Reading) -> Vec<String> {
    let mut rivals: Vec<String> = Vec::new();
    for candidate in found.of(id).filter(|candidate| is_clear(candidate)) {
        let elsewhere = candidate.label.trim() != chosen.label.trim() || candidate.place != chosen.place;
        let known = || rivals.iter().any(|rival| says_the_same(rival, &candidate.text));
        if elsewhere && !says_the_same(&candidate.text, &chosen.text) && !known() {
            rivals.push(candidate.text.clone());
        }
        if rivals.len() > MOST {
            break;
        }
    }
    rivals
}

/// Whether two values are one: the same words, the same time, or a number beside the same number with its unit (“5” under
/// 承诺时限（工作日） and “5工作日”).
fn says_the_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.trim(), right.trim());
    let counted = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (one, other) = (counted(left), counted(right));
    let number = one > 0 && left[..one] == right[..other] && (one == left.len() || other == right.len());
    left == right || number || limit(left).is_some_and(|time| limit(right) == Some(time))
}

fn is_clear(candidate: &Candidate) -> bool {
    let structured =
        matches!(candidate.place, Place::Table | Place::DefinitionList | Place::LabelValue | Place::Inline);
    let named = candidate.exact || !candidate.ambiguous;
    structured
        && named
        && !candidate.framed
        && !candidate.section
        && candidate.fit != Fit::Bad
        && !candidate.text.is_empty()
        && !candidate.text.contains('\n')
        && candidate.text.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use crate::model::{Guide, Node, Snapshot};
    use crate::read::guide;

    /// A page of label and value cells, and lines of running text.
    fn page(cells: &[(&str, &str)], lines: &[&str]) -> Guide {
        let mut nodes = vec![Node { tag: "body".into(), ..Node::default() }];
        let mut add = |parent: usize, tag: &str, text: &str| {
            let node = Node { parent: parent as u32, tag: tag.into(), text: text.into(), ..Node::default() };
            nodes.push(node);
            nodes.len() - 1
        };
        for line in lines {
            let block = add(0, "p", "");
            add(block, "#text", line);
        }
        let table = add(0, "table", "");
        for (label, value) in cells {
            let row = add(table, "tr", "");
            for text in [label, value] {
                let cell = add(row, "td", "");
                add(cell, "#text", text);
            }
        }
        guide(&Snapshot { nodes, ..Snapshot::default() })
    }

    const CELLS: [(&str, &str); 4] = [
        ("事项名称", "居住证申领"),
        ("承诺办结时限", "5个工作日"),
        ("法定办结时限", "20个工作日"),
        ("办理地点", "晋城市政务服务中心一楼"),
    ];

    #[test]
    fn another_value_in_another_place_is_a_rival() {
        let rivals = page(&CELLS, &["承诺办结时限：3个工作日"]).rivals;
        assert_eq!(rivals.get("promise_limit"), Some(&vec!["3个工作日".to_owned()]));
        assert_eq!(rivals.len(), 1);
    }

    #[test]
    fn a_number_without_its_unit_is_no_rival_of_the_number_with_it() {
        let cells = [CELLS[0], ("承诺时限（工作日）", "5"), CELLS[2], CELLS[3]];
        assert!(page(&cells, &["承诺办结时限：5工作日"]).rivals.is_empty());
        assert!(page(&CELLS, &["承诺办结时限：五个工作日"]).rivals.is_empty());
        assert_eq!(page(&cells, &["承诺办结时限：15工作日"]).rivals.len(), 1);
    }

    #[test]
    fn the_same_words_again_and_a_list_of_many_are_no_rivals() {
        assert!(page(&CELLS, &["承诺办结时限：5个工作日"]).rivals.is_empty());
        let many = ["1个", "2个", "3个", "4个", "6个"].map(|days| format!("承诺办结时限：{days}工作日"));
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(page(&CELLS, &many).rivals.is_empty());
    }
}
