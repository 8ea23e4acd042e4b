//! The tables of pairs that are, and are not, the same in other clothes.

use proptest::prelude::*;

use super::*;

const EQUAL: &str = include_str!("pairs/equal.tsv");
const UNEQUAL: &str = include_str!("pairs/unequal.tsv");

const SORTS: [(&str, Sort); 15] = [
    ("words", Sort::Words),
    ("name", Sort::Name),
    ("limit", Sort::Limit),
    ("phones", Sort::Phones),
    ("hours", Sort::Hours),
    ("address", Sort::Address),
    ("date", Sort::Date),
    ("money", Sort::Money),
    ("fee", Sort::Fee),
    ("yesno", Sort::YesNo),
    ("count", Sort::Count),
    ("code", Sort::Code),
    ("set", Sort::Set),
    ("law", Sort::Law),
    ("stages", Sort::Stages),
];

/// The pairs of a table: sort, left, right. `\n`, `\r`, `\t` and `\uXXXX` stand for what an editor does not show.
fn table(source: &str) -> Vec<(Sort, String, String)> {
    let row = |line: &str| {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap();
        let sort = SORTS.iter().find(|(known, _)| *known == name).unwrap().1;
        (sort, unescaped(cells.next().unwrap()), unescaped(cells.next().unwrap()))
    };
    source.lines().map(row).collect()
}

fn unescaped(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let (character, length) = match after.as_bytes()[0] {
            b'n' => ('\n', 1),
            b'r' => ('\r', 1),
            b't' => ('\t', 1),
            _ => (char::from_u32(u32::from_str_radix(&after[1..5], 16).unwrap()).unwrap(), 5),
        };
        text.push(character);
        rest = &after[length..];
    }
    text + rest
}

fn told(sort: Sort, left: &str, right: &str) -> String {
    format!("{sort:?}\t{left}\t{right}\t{} / {}", normal(sort, left), normal(sort, right))
}

#[test]
fn every_equal_pair_is_a_difference_of_form() {
    let pairs = table(EQUAL);
    assert!(pairs.len() >= 300);
    let wrong: Vec<String> = pairs
        .iter()
        .filter(|(sort, left, right)| {
            left == right
                || likeness(*sort, left, right) != Likeness::Formal
                || likeness(*sort, right, left) != Likeness::Formal
        })
        .map(|(sort, left, right)| told(*sort, left, right))
        .collect();
    assert!(wrong.is_empty(), "{} pairs\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_unequal_pair_differs() {
    let pairs = table(UNEQUAL);
    assert!(pairs.len() >= 300);
    let wrong: Vec<String> = pairs
        .iter()
        .filter(|(sort, left, right)| {
            likeness(*sort, left, right) != Likeness::Differs
                || likeness(*sort, right, left) != Likeness::Differs
        })
        .map(|(sort, left, right)| told(*sort, left, right))
        .collect();
    assert!(wrong.is_empty(), "{} pairs\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn normal_forms_of_the_tables_are_their_own_normal_forms() {
    for (sort, left, right) in table(EQUAL).into_iter().chain(table(UNEQUAL)) {
        for text in [left, right] {
            let once = normal(sort, &text);
            assert_eq!(normal(sort, &once), once, "{sort:?} {text}");
            assert!(!once.is_empty(), "{sort:?} {text}");
        }
    }
}

/// What an editor, a template or a browser does to a value without meaning anything by it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Garment {
    FullWidth,
    Traditional,
    Stop,
    Invisible,
    Markup,
    Entities,
    Blanks,
}

/// Any of them, in this order.
fn garments() -> impl Strategy<Value = Vec<Garment>> {
    use Garment::{Blanks, Entities, FullWidth, Invisible, Markup, Stop, Traditional};
    prop::sample::subsequence(vec![FullWidth, Traditional, Stop, Invisible, Markup, Entities, Blanks], 0..=7)
}

impl Garment {
    fn on(self, value: &str) -> String {
        match self {
            Self::FullWidth if value.contains(['<', '&']) => value.to_owned(),
            Self::FullWidth => value.chars().map(full_width).collect(),
            Self::Traditional => value.chars().map(traditional).collect(),
            Self::Stop if value.ends_with(['…', '.', '．']) => value.to_owned(),
            Self::Stop => format!("{value}。"),
            Self::Invisible => format!("\u{feff}{value}\u{200b}"),
            Self::Markup => format!("<p><span class=\"value\">{value}</span></p>"),
            Self::Entities => format!("&nbsp;{value}&nbsp;"),
            Self::Blanks => format!("\u{3000}\n {value}\t\r\n"),
        }
    }
}

fn full_width(character: char) -> char {
    match character {
        '!'..='~' => char::from_u32(u32::from(character) + 0xfee0).unwrap(),
        _ => character,
    }
}

fn traditional(character: char) -> char {
    match character {
        '国' => '國',
        '时' => '時',
        '号' => '號',
        '证' => '證',
        _ => character,
    }
}

fn any_sort() -> impl Strategy<Value = Sort> {
    (0..SORTS.len()).prop_map(|index| SORTS[index].1)
}

/// Texts from the stuff that values are made of, with all that disturbs them.
fn portal_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "工作日",
        "个",
        "自然日",
        "月",
        "周一",
        "至",
        "周五",
        "上午",
        "下午",
        "8:30",
        "12:00",
        "-",
        "—",
        "～",
        "1",
        "2",
        "五",
        "十",
        "万",
        "百分之",
        "0356",
        "2026101",
        "转",
        "市",
        "省",
        "区",
        "路",
        "号",
        "楼",
        "、",
        "，",
        "；",
        "。",
        "：",
        "（",
        "）",
        "(",
        ")",
        "《",
        "》",
        "<",
        ">",
        "br",
        "&",
        "nbsp",
        "amp",
        ";",
        "#",
        "1.",
        "一、",
        "①",
        "²",
        "★",
        "*",
        "·",
        " ",
        "\n",
        "\u{3000}",
        "\u{200b}",
        "元",
        "¥",
        "第",
        "条",
        "年",
        "2024",
        "/",
        ".",
        "不",
        "无",
        "是",
        "收费",
        "→",
        "即办",
        "山西省",
        "晋城市",
        "證",
        "Ａ",
        "z",
        "|",
        "…",
        "\"",
        "%",
        "x",
        "^",
        "_",
        "日",
        "节假日除外",
        "和",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_normal_form_is_its_own_normal_form(sort in any_sort(), text in portal_text()) {
        let once = normal(sort, &text);
        prop_assert_eq!(normal(sort, &once), once.clone(), "{:?}", sort);
        prop_assert_eq!(plain(&plain(&text)), plain(&text));
    }

    #[test]
    fn dressed_up_values_keep_their_normal_form(pair in 0_usize..1000, garments in garments()) {
        let mut pairs = table(EQUAL);
        let index = pair % pairs.len();
        let (sort, value, _) = pairs.swap_remove(index);
        if sort != Sort::Code || !value.contains("://") {
            let dressed = garments.into_iter().fold(value.clone(), |text, garment| garment.on(&text));
            prop_assert_eq!(normal(sort, &dressed), normal(sort, &value), "{:?} {:?}", sort, dressed);
        }
    }

    #[test]
    fn likeness_does_not_depend_on_the_side(sort in any_sort(), left in portal_text(), right in portal_text()) {
        prop_assert_eq!(likeness(sort, &left, &right), likeness(sort, &right, &left));
        prop_assert_eq!(likeness(sort, &left, &left), Likeness::Same);
    }

    #[test]
    fn any_text_is_taken(sort in any_sort(), left in any::<String>(), right in any::<String>()) {
        let once = normal(sort, &left);
        prop_assert_eq!(normal(sort, &once), once.clone());
        prop_assert!(likeness(sort, &left, &right) != Likeness::Alone);
        prop_assert!((0.0..=1.0).contains(&similarity(&left, &right)));
        let readings = (placeholder(&left), leak(&left), catch_all(&left), limit(&left), phones(&left), count(&left));
        prop_assert_eq!(readings.3, limit(&left));
    }

    #[test]
    fn composed_and_decomposed_texts_are_the_same(text in "[一-龥é가-힣A-Za-z0-9（），ｶﾞ㎡①]{0,20}") {
        use unicode_normalization::UnicodeNormalization;
        prop_assert_eq!(plain(&text.nfd().collect::<String>()), plain(&text));
        prop_assert_eq!(plain(&text.nfc().collect::<String>()), plain(&text));
    }

    #[test]
    fn a_changed_figure_is_never_lost(before in "[申请人满共计]{1,4}", figure in 0_u32..9, after in "[周岁平方米人]{1,3}") {
        let text = |figure: u32| format!("{before}{figure}{after}");
        prop_assert_eq!(likeness(Sort::Words, &text(figure), &text(figure + 1)), Likeness::Differs);
    }
}
