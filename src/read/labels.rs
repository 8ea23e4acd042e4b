//! The dictionary of labels: what a bare label may mean, taken from the element catalogue.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Catalogue, Element};
use crate::text::simplified;

use super::page::{is_blank, is_ideograph};
use super::words::{bare, is_decoration, is_ordinary, without_remark};

/// The longest label, in characters; longer texts are not looked up.
pub(super) const LONGEST: usize = 24;

/// One thing that a label may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    /// Place of the element in the catalogue.
    pub(super) element: usize,
    /// True for the catalogue's own name, false for a synonym.
    pub(super) exact: bool,
}

/// What a label means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Without decorations.
    pub(super) key: String,
    /// Several senses of a plain label exclude each other; those of a compound one are all meant, in this order.
    pub(super) senses: Vec<Sense>,
    /// “办理地点、时间”: one value for several elements.
    pub(super) compound: bool,
}

impl Label {
    /// Whether the word is a label only where structure says so: as a heading, tab or button it means something else.
    pub(super) fn needs_pair(&self) -> bool {
        PAIR_ONLY.contains(&self.key.as_str())
    }

    /// Whether the word names a way of reaching somebody (“电话”, “地址”) without saying whom.
    pub(super) fn is_part_of_contact(&self) -> bool {
        CONTACT_PARTS.contains(&self.key.as_str())
    }

    /// Whether the word is so general that only a value of the right shape makes it a label.
    pub(super) fn is_general(&self) -> bool {
        GENERAL.iter().any(|(word, _)| *word == self.key)
    }

    /// Whether the word says whom one reaches: those who advise, or those who watch over them.
    pub(super) fn says_whose(&self) -> bool {
        ["咨询", "监督", "投诉", "举报"].iter().any(|word| self.key.contains(word))
    }

    /// Whether the word is as likely a value (“办理形式：网上办理”) as a label.
    pub(super) fn may_be_value(&self) -> bool {
        VALUE_WORDS.contains(&self.key.as_str())
    }
}

/// Labels that are buttons, menu entries or plain words unless a value stands right beside them.
const PAIR_ONLY: &[&str] = &[
    "事项",
    "标题",
    "情形",
    "类型",
    "部门",
    "电话",
    "地址",
    "地点",
    "依据",
    "监督",
    "投诉",
    "主题",
    "费用",
    "收费",
    "咨询",
    "流程",
    "部门名称",
    "单位名称",
    "我要办理",
    "在线办理",
    "在线申请",
    "立即办理",
    "在线预约",
    "网上预约",
    "立即预约",
    "我要预约",
    "预约办理",
    "预约服务",
    "网上支付",
    "网上缴费",
    "在线支付",
    "在线缴费",
    "自助终端",
    "自助办",
    "自助办理",
    "邮寄",
    "寄送",
    "快递服务",
    "物流快递",
    "网上办理",
    "网上申报",
    "在线申报",
    "监督机构",
    "监督部门",
    "办理结果",
    "样本",
    "办理事项",
    "服务事项",
    "主管部门",
    "所属部门",
    "涉及部门",
    "法律法规",
    "政策法规",
    "监督投诉",
    "投诉举报",
    "监督举报",
    "服务名称",
    "服务电话",
    "业务咨询",
    "行政相对人",
    "办理单位",
    "办理项",
    "子项",
    "简称",
    "别名",
    "异地通办",
    "跨域通办",
    "跨区域通办",
    "电话咨询",
    "咨询服务",
    "服务主题",
    "按主题分类",
    "个人主题分类",
    "法人主题分类",
    "告知承诺",
    "服务网点",
    "办理网点",
    "办件结果",
    "审批结果",
    "证件名称",
    "行政复议",
    "行政诉讼",
    "联系电话",
    "联系方式",
    "服务对象",
    "送达",
    "快递办理",
    "时间",
    "在线办理入口",
    "网上办理入口",
    "网办入口",
];

/// Words too general for the catalogue, with the element that they mean where the value has its very shape.
const GENERAL: &[(&str, &str)] = &[("时间", "time")];

/// What contacts consist of.
const CONTACT_PARTS: &[&str] = &[
    "电话",
    "联系电话",
    "联系方式",
    "地址",
    "部门",
    "单位名称",
    "部门名称",
    "联系地址",
    "电话咨询",
    "办公电话",
    "服务电话",
    "监督电话",
    "投诉电话",
    "咨询电话",
    "咨询地址",
    "详细地址",
    "办公地址",
];

/// Labels that portals also write as values.
const VALUE_WORDS: &[&str] = &[
    "在线办理入口",
    "网上办理入口",
    "在线申请入口",
    "预约入口",
    "网上办理",
    "在线办理",
    "网上申报",
    "在线申报",
    "在线申请",
    "自助终端",
    "自助办理",
    "自助终端办理",
    "终端办理",
    "自助办",
    "邮寄",
    "收费",
    "物流快递",
    "快递服务",
    "网上支付",
    "在线支付",
    "网上缴费",
    "告知承诺",
    "邮寄办理",
    "快递办理",
    "网上预约",
    "在线预约",
    "办理窗口",
    "电话咨询",
    "邮寄送达",
    "快递送达",
    "受理窗口",
    "寄送",
    "审批结果",
    "办理结果",
    "主管部门",
    "行政复议",
    "行政诉讼",
    "在线办理入口",
    "网上办理入口",
    "网办入口",
];

struct Dictionary {
    elements: FxHashMap<String, Vec<Sense>>,
    fields: FxHashMap<String, &'static str>,
    /// How keys begin and end ([`beginning`], [`ending`]), and the first two letters of what may stand in front of them.
    beginnings: FxHashSet<u64>,
    fronts: FxHashSet<u64>,
    endings: FxHashSet<u64>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let catalogue = Catalogue::embedded();
    let mut elements: FxHashMap<String, Vec<Sense>> = FxHashMap::default();
    for (place, element) in catalogue.elements.iter().enumerate() {
        let names = std::iter::once((&element.name, true));
        for (name, exact) in names.chain(element.synonyms.iter().map(|synonym| (synonym, false))) {
            let senses = elements.entry(bare(name).into_owned()).or_default();
            if senses.iter().all(|sense| sense.element != place) {
                senses.push(Sense { element: place, exact });
            }
        }
    }
    for (word, id) in GENERAL {
        let place = catalogue.elements.iter().position(|element| element.id == *id);
        let senses = elements.entry(bare(word).into_owned()).or_default();
        senses.extend(place.map(|element| Sense { element, exact: false }));
    }
    for (labels, meanings) in &catalogue.ambiguous {
        for label in labels.split('/') {
            if let Some(senses) = elements.get_mut(&*bare(label)) {
                senses.sort_by_key(|sense| rank_in(meanings, &catalogue.elements[sense.element].id));
            }
        }
    }
    let mut fields = FxHashMap::default();
    for field in &catalogue.material_fields {
        for name in std::iter::once(&field.name).chain(&field.synonyms) {
            let key = bare(name);
            // Nothing but decoration is no name: every text without a letter would be called so.
            if !key.is_empty() {
                fields.entry(key.into_owned()).or_insert(field.id.as_str());
            }
        }
    }
    let keys = || elements.keys().chain(fields.keys()).map(String::as_str);
    let beginnings = keys().filter_map(beginning).collect();
    let fronts =
        BEFORE.iter().filter_map(|word| beginning(&format!("{word}词"))).map(|front| front >> 16).collect();
    let endings = keys().chain(AFTER.iter().copied()).filter_map(ending).collect();
    Dictionary { elements, fields, beginnings, fronts, endings }
});

/// Where the catalogue's remark on an ambiguous label names an element; behind all others when it does not.
fn rank_in(meanings: &[String], id: &str) -> usize {
    let named = |meaning: &String| meaning.split(' ').next() == Some(id);
    meanings.iter().position(named).unwrap_or(meanings.len())
}

/// The catalogue's element at a place.
pub(super) fn element(place: usize) -> &'static Element {
    &Catalogue::embedded().elements[place]
}

/// The first three letters of a text as meant, packed; `None` when they are not all Chinese.
fn beginning(text: &str) -> Option<u64> {
    let mut letters = text.chars();
    let mut next = || Some(packed(letters.next()).filter(|letter| *letter > u64::from(u8::MAX)));
    Some((next()?? << 32) | (next()?? << 16) | next()??)
}

/// The last two letters of a text as meant, packed, whatever adorns it behind them; `None` when they are neither Chinese nor digits.
fn ending(text: &str) -> Option<u64> {
    let mut letters = text.trim_end_matches(|letter| is_decoration(letter) || is_blank(letter)).chars().rev();
    let last = packed(letters.next())?;
    Some((packed(letters.next())? << 16) | last)
}

/// A Chinese letter or a digit, as meant.
fn packed(letter: Option<char>) -> Option<u64> {
    let letter = letter.filter(|letter| is_ideograph(*letter) || letter.is_ascii_digit())?;
    Some(u64::from(u32::from(simplified(letter))))
}

/// Whether a text is surely no label by how it begins or ends. That settles most texts of a page before any of them is copied.
fn is_surely_none(text: &str) -> bool {
    begins_like_none(text) || ends_like_none(text)
}

/// Whether a text begins with three Chinese letters that are neither numbering nor connect two labels, that begin no key, and in
/// front of which nothing was put that adds nothing. Only with brackets could it still be a label.
fn begins_like_none(text: &str) -> bool {
    let Some(beginning) = beginning(text) else { return false };
    let dictionary = &*DICTIONARY;
    !dictionary.beginnings.contains(&beginning)
        && text.chars().next().map(simplified).is_some_and(is_ordinary)
        && !text.chars().take(3).map(simplified).any(is_connector)
        && !dictionary.fronts.contains(&(beginning >> 16))
        && !holds_bracket(text)
}

/// Asked of nearly every text of a page: by bytes, many at once.
fn holds_bracket(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'(', bytes).is_some() || memchr::memmem::find(bytes, "（".as_bytes()).is_some()
}

/// Whether a text ends with two letters that end no key. Only with brackets, or as a name with something else (审批结果及送达方式),
/// could it, or an end of it, still be a label.
pub(super) fn ends_like_none(text: &str) -> bool {
    ending(text).is_some_and(|ending| !DICTIONARY.endings.contains(&ending))
        && !holds_bracket(text)
        && !text.chars().any(|letter| matches!(letter, '及' | '和' | '与' | '與'))
}

/// What stands between two labels in one.
fn is_connector(letter: char) -> bool {
    matches!(letter, '/' | '、' | '和' | '及' | '与' | ',' | '&' | '(')
}

/// What a text means as a label, where it is one. A remark in brackets is only taken off when `remark` allows it.
pub(super) fn lookup(text: &str, remark: bool) -> Option<Label> {
    if text.len() > LONGEST * 6 || is_surely_none(text) {
        return None;
    }
    let key = bare(text);
    if key.is_empty() || key.chars().count() > LONGEST {
        return None;
    }
    plain(&key).or_else(|| qualified(&key)).or_else(|| loosely(&key)).or_else(|| {
        let shorter = remark.then(|| without_remark(&key)).flatten()?;
        plain(shorter).or_else(|| loosely(shorter))
    })
}

/// “办结时限（法定）”: a label whose first word stands in brackets at its end.
fn qualified(key: &str) -> Option<Label> {
    let (stem, inside) = key.strip_suffix(')')?.split_once('(')?;
    plain(&[inside, stem].concat()).filter(|label| !label.compound)
}

/// Words in front of a label that add nothing.
const BEFORE: &[&str] = &["本事项", "该事项", "事项", "业务", "具体", "相关"];

/// Words behind a label that add nothing.
const AFTER: &[&str] = &["信息", "情况", "一览", "详情"];

/// A label with a translation beside it (“办理地点 Address”), or with a word around it that adds nothing.
fn loosely(key: &str) -> Option<Label> {
    let shorter = if key.bytes().any(|letter| letter.is_ascii_alphabetic()) {
        untranslated(key)?
    } else {
        let before = BEFORE.iter().find_map(|word| key.strip_prefix(word));
        before.or_else(|| AFTER.iter().find_map(|word| key.strip_suffix(word)))?
    };
    (shorter.chars().count() >= 3)
        .then(|| plain(shorter))
        .flatten()
        .filter(|label| !label.compound && !label.needs_pair())
}

/// The Chinese part of a label written in two languages.
fn untranslated(key: &str) -> Option<&str> {
    let foreign =
        |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '/' | '(' | ')' | '\'' | '-');
    let rest = key.trim_matches(foreign);
    (rest.len() < key.len() && !rest.bytes().any(|letter| letter.is_ascii_alphabetic())).then_some(rest)
}

/// What an already bare text means.
pub(super) fn plain(key: &str) -> Option<Label> {
    let known = DICTIONARY.elements.get(key);
    if (known.is_none() || key.contains('/'))
        && let Some(label) = compound(key)
    {
        return Some(label);
    }
    Some(Label { key: key.to_owned(), senses: known?.clone(), compound: false })
}

/// What heads the column of materials that cannot be left out, in a good many portals.
const NEEDED: &str = "★";

/// The material field that a heading or label names.
pub(super) fn field(text: &str) -> Option<&'static str> {
    // The one column that is headed by a mark alone.
    if text.trim() == NEEDED {
        return Some("need");
    }
    if text.len() > LONGEST * 6 || is_surely_none(text) {
        return None;
    }
    let key = bare(text);
    let fields = &DICTIONARY.fields;
    fields.get(&*key).or_else(|| fields.get(without_remark(&key)?)).copied()
}

/// “法定/承诺时限”, “办理地点、时间”, “咨询及投诉电话”: two labels that share their beginning or end.
fn compound(key: &str) -> Option<Label> {
    let (at, connector) = key.char_indices().find(|(_, character)| is_connector(*character))?;
    let (left, right) = (&key[..at], &key[at + connector.len_utf8()..]);
    if connector == '(' {
        let (inside, tail) = right.split_once(')')?;
        return both(key, single(&[left, tail].concat()), single(&[inside, tail].concat()));
    }
    if let Some(label) = one_of_both(key, left, connector, right) {
        return Some(label);
    }
    let head = head_of(left);
    let tail_start = right.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let lefts = [single(left), single(&[left, &right[tail_start..]].concat())];
    if lefts.iter().all(Option::is_none) {
        return None;
    }
    let rights = [single(right), single(&[head, right].concat())];
    lefts.iter().find_map(|left| rights.iter().find_map(|right| both(key, *left, *right)))
}

/// The first two letters.
fn head_of(text: &str) -> &str {
    text.char_indices().nth(2).map_or(text, |(end, _)| &text[..end])
}

fn both(key: &str, left: Option<Sense>, right: Option<Sense>) -> Option<Label> {
    let (left, right) = (left?, right?);
    (left.element != right.element).then(|| Label {
        key: key.to_owned(),
        senses: vec![left, right],
        compound: true,
    })
}

/// “受理条件及办理条件”, “审批结果及送达方式”: two names of one element, or a name and something the catalogue does not know.
fn one_of_both(key: &str, left: &str, connector: char, right: &str) -> Option<Label> {
    if !matches!(connector, '及' | '和' | '与') {
        return None;
    }
    let sense = single(left)?;
    let known = single(right);
    let meant = known.is_some_and(|other| other.element == sense.element)
        || known.is_none()
            && left.chars().count() >= 4
            && right.chars().count() <= 6
            && single(&[head_of(left), right].concat()).is_none();
    meant.then(|| Label {
        key: key.to_owned(),
        senses: vec![Sense { exact: false, ..sense }],
        compound: false,
    })
}

/// The one sense of a label, or its own among several.
fn single(key: &str) -> Option<Sense> {
    match DICTIONARY.elements.get(key)?.as_slice() {
        [only] => Some(*only),
        several => several.iter().find(|sense| sense.exact).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Vec<&'static str> {
        lookup(text, true).map_or(Vec::new(), |label| {
            label.senses.iter().map(|sense| element(sense.element).id.as_str()).collect()
        })
    }

    #[test]
    fn compound_labels_name_both_elements_in_their_order() {
        assert_eq!(meant("办理地点、时间"), ["place", "time"]);
        assert_eq!(meant("办理时间和地点："), ["time", "place"]);
        assert_eq!(meant("法定/承诺时限"), ["legal_limit", "promise_limit"]);
        assert_eq!(meant("咨询、投诉电话"), ["consult", "complain"]);
        assert_eq!(meant("办理流程及时限"), ["flow"]);
    }

    /// What is said about the beginnings and endings of labels is true of no shorter key.
    #[test]
    fn every_key_has_two_letters_or_more() {
        let keys = || DICTIONARY.elements.keys().chain(DICTIONARY.fields.keys());
        assert!(keys().all(|key| key.chars().count() >= 2));
        for key in keys() {
            assert!(!is_surely_none(key), "{key}");
        }
    }

    #[test]
    fn a_star_heads_the_column_of_what_is_needed_and_other_marks_head_none() {
        assert_eq!(field(" ★ "), Some("need"));
        assert_eq!(field("必要性"), Some("need"));
        for text in ["", "：", "●", "——", "08..."] {
            assert_eq!(field(text), None, "{text}");
        }
    }

    #[test]
    fn remarks_in_brackets_do_not_hide_a_label() {
        assert_eq!(meant("四、申请材料（共3份）"), ["materials"]);
        assert_eq!(meant("申请（办理）条件"), ["condition"]);
        assert_eq!(meant("办结时限（法定）"), ["legal_limit"]);
        assert_eq!(meant("承诺时限（工作日）"), ["promise_limit"]);
        assert_eq!(meant("天气预报"), [""; 0]);
    }

    #[test]
    fn ambiguous_labels_keep_all_their_senses() {
        assert!(meant("事项编码").len() == 3);
        assert!(meant("办理时间").contains(&"time"));
    }
}
