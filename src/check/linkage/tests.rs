//! Pairs that must be linked, must be asked about, must be left alone; and that order never matters.

use proptest::prelude::*;

use super::*;

fn entry(name: &str) -> Entry {
    Entry { name: name.to_owned(), ..Entry::default() }
}

fn coded(name: &str, code: &str) -> Entry {
    Entry { codes: vec![code.to_owned()], ..entry(name) }
}

/// “sure”, “asked” or “apart” for a list with one entry against a list with one entry.
fn verdict(left: Entry, right: Entry) -> &'static str {
    let linkage = link(&[vec![left], vec![right]]);
    match (linkage.groups.len(), linkage.proposals.len()) {
        (1, 0) => "sure",
        (2, 1) => "asked",
        (2, 0) => "apart",
        _ => "broken",
    }
}

#[test]
fn names_in_other_clothes_are_surely_one_item() {
    for (left, right) in [
        ("居民身份证换领", "居民身份证换领"),
        ("居民身份证换领", "居民身份证换领（市级）"),
        ("律师执业许可(变更)", "律师执业许可（变更）"),
        ("律师执业许可（变更）", "律师执业许可—变更"),
        ("残疾人证遗失补办", "残疾人证补领"),
        ("道路运输证换发", "道路运输证换证"),
        ("《残疾人证》新办证申请", "《中华人民共和国残疾人证》新办证"),
        ("二级建造师延续注册", "２级建造师延续注册"),
        ("弩的运输审批", "弩的运输许可"),
        ("燃气经营许可证核发", "燃气经营许可证"),
        ("晋城市城镇职工医保参保登记", "城镇职工医保参保登记"),
        ("遺失補辦居民身份證", "遗失补办居民身份证"),
        ("房屋建筑和市政基础设施工程施工图审查情…", "房屋建筑和市政基础设施工程施工图审查情况备案"),
        ("高龄津贴申领", "高龄津贴申请办理"),
    ] {
        assert_eq!(verdict(entry(left), entry(right)), "sure", "{left} | {right}");
    }
}

#[test]
fn sisters_are_never_linked_nor_asked_about() {
    for (left, right) in [
        ("律师执业许可（变更）", "律师执业许可（注销）"),
        ("居民身份证换领", "居民身份证补领"),
        ("居民身份证挂失", "居民身份证换领"),
        ("一级建造师延续注册", "二级建造师延续注册"),
        ("A类业余电台核发", "B类业余电台核发"),
        ("分公司设立登记", "分公司注销登记"),
        ("社会保险登记（个人）", "社会保险登记（企业）"),
        ("农村公路初步设计审批（县级）", "农村公路初步设计审批（市级）"),
        ("残疾人证迁入", "残疾人证迁出"),
        ("社保卡进度查询", "社保卡业务咨询"),
        ("结婚登记", "高龄津贴申领"),
        ("广东省城镇职工参保", "山西省城镇职工参保"),
    ] {
        assert_eq!(verdict(entry(left), entry(right)), "apart", "{left} | {right}");
    }
}

#[test]
fn what_is_only_near_is_asked_about() {
    for (left, right) in [
        ("社会保险登记（个人）", "社会保险登记"),
        ("香港律师事务所驻内地代表机构派驻代表执业", "澳门律师事务所驻内地代表机构派驻代表执业"),
        ("机动车驾驶证遗失补证", "驾驶证补办"),
        ("房屋建筑和市政基础设施…", "房屋建筑和市政基础设施工程备案"),
        ("建设工程消防设计审查", "特殊建设工程消防设计审查"),
    ] {
        assert_eq!(verdict(entry(left), entry(right)), "asked", "{left} | {right}");
    }
}

const CODE: &str = "1114050000900101XX3140700000001";
const OTHER: &str = "1114050000900101XX3140700000002";
const ELSEWHERE: &str = "2214050000900101XX3140700000001";

#[test]
fn a_code_links_whatever_the_names_unless_they_contradict_each_other() {
    for (left, right, expected) in [
        (coded("居民身份证换领", CODE), coded("换身份证", CODE), "sure"),
        (coded("居民身份证换领", CODE), coded("居民身份证注销", CODE), "asked"),
        (coded("居民身份证换领", CODE), coded("居民身份证换领", "140700000001"), "sure"),
        (coded("居民身份证换领", CODE), coded("居民身份证换领", &format!("{CODE}01")), "sure"),
        (coded("居民身份证换领", CODE), coded("居民身份证换领", OTHER), "sure"),
        (coded("居民身份证换领", CODE), coded("居民身份证换领", ELSEWHERE), "apart"),
        (
            coded("换身份证", "511A0024800004-511602000000"),
            coded("身份证", "511A0024800004-511602000000"),
            "sure",
        ),
        (coded("甲事", "1"), coded("乙事", "1"), "apart"),
    ] {
        let shown = format!("{left:?} | {right:?}");
        assert_eq!(verdict(left, right), expected, "{shown}");
    }
}

#[test]
fn a_colloquial_name_links_when_only_one_item_has_it() {
    let official =
        |name: &str, colloquial: &str| Entry { colloquial: vec![colloquial.to_owned()], ..entry(name) };
    assert_eq!(verdict(official("居民身份证换领", "换身份证"), entry("换身份证")), "sure");
    assert_eq!(verdict(official("一级注册消防工程师注册审批", "一级"), entry("一级")), "apart");
    let pc = vec![official("居民身份证换领", "身份证"), official("居民身份证补领", "身份证")];
    let linkage = link(&[pc, vec![entry("身份证")]]);
    assert_eq!((linkage.groups.len(), linkage.proposals.len()), (3, 2));
}

#[test]
fn the_department_decides_between_namesakes() {
    let of = |department: &str| Entry { department: Some(department.to_owned()), ..entry("政策咨询") };
    let linkage = link(&[
        vec![of("晋城市公安局"), of("晋城市人力资源和社会保障局")],
        vec![of("市人社局"), of("公安局")],
    ]);
    let seats: Vec<Vec<usize>> =
        linkage.groups.iter().map(|group| group.iter().map(|seat| seat.entry).collect()).collect();
    assert_eq!(seats, [[0, 1], [1, 0]]);
    assert_eq!(linkage.proposals, []);
}

#[test]
fn namesakes_that_nothing_tells_apart_are_asked_about() {
    let linkage = link(&[vec![entry("政策咨询"), entry("政策咨询")], vec![entry("政策咨询")]]);
    assert_eq!((linkage.groups.len(), linkage.proposals.len()), (3, 2));
}

#[test]
fn an_equal_name_beats_a_sister_and_each_entry_is_taken_once() {
    let pc = vec![entry("燃气经营审批"), entry("燃气经营核发")];
    let linkage = link(&[pc, vec![entry("燃气经营核发")]]);
    assert_eq!(linkage.groups.len(), 2);
    assert_eq!(linkage.groups[1].len(), 2);
    assert_eq!(linkage.proposals, []);
}

#[test]
fn empty_lists_and_nameless_entries_are_left_alone() {
    assert_eq!(link(&[]), Linkage::default());
    assert_eq!(link(&[vec![], vec![]]), Linkage::default());
    let linkage = link(&[vec![entry("")], vec![entry("")], vec![entry("……")]]);
    assert_eq!((linkage.groups.len(), linkage.proposals.len()), (3, 0));
}

/// Names that are alike enough to get in each other's way.
const POOL: &[&str] = &[
    "居民身份证换领",
    "居民身份证补领",
    "居民身份证换领（市级）",
    "换身份证",
    "律师执业许可（变更）",
    "律师执业许可变更",
    "律师执业许可（注销）",
    "律师执业许可",
    "政策咨询",
    "燃气经营核发",
    "燃气经营审批",
    "二级建造师注册",
    "一级建造师注册",
    "建设工程消防设计审查",
    "特殊建设工程消防设计审查",
    "房屋建筑和市政基础设施…",
    "房屋建筑和市政基础设施工程备案",
];

fn some_entry() -> impl Strategy<Value = Entry> {
    let code = prop_oneof![4 => Just(None), 1 => Just(Some(CODE)), 1 => Just(Some(OTHER)), 1 => Just(Some("140700000001"))];
    let department = prop_oneof![3 => Just(None), 1 => Just(Some("公安局")), 1 => Just(Some("晋城市司法局"))];
    (prop::sample::select(POOL), code, department).prop_map(|(name, code, department)| Entry {
        codes: code.into_iter().map(str::to_owned).collect(),
        department: department.map(str::to_owned),
        ..entry(name)
    })
}

/// What was linked and what is asked, in words that do not say where anything stands.
fn in_words(channels: &[Vec<Entry>], names: &[usize]) -> (Vec<Vec<String>>, Vec<Vec<Vec<String>>>) {
    let linkage = link(channels);
    let said = |seat: &Seat| format!("{} {:?}", names[seat.channel], channels[seat.channel][seat.entry]);
    let group = |at: usize| -> Vec<String> {
        let mut words: Vec<String> = linkage.groups[at].iter().map(said).collect();
        words.sort();
        words
    };
    let mut groups: Vec<_> = (0..linkage.groups.len()).map(group).collect();
    groups.sort();
    let mut asked: Vec<_> = linkage
        .proposals
        .iter()
        .map(|proposal| {
            let mut pair = vec![group(proposal.groups.0), group(proposal.groups.1)];
            pair.sort();
            pair
        })
        .collect();
    asked.sort();
    (groups, asked)
}

proptest! {
    #[test]
    fn the_order_of_channels_and_entries_changes_nothing(
        channels in prop::collection::vec(prop::collection::vec(some_entry(), 0..7), 2..5),
    ) {
        let names: Vec<usize> = (0..channels.len()).collect();
        let (mut turned, mut turned_names) = (channels.clone(), names.clone());
        turned.reverse();
        turned_names.reverse();
        turned = turned.into_iter().map(|entries| entries.into_iter().rev().collect()).collect();
        prop_assert_eq!(in_words(&channels, &names), in_words(&turned, &turned_names));
    }

    #[test]
    fn every_entry_stands_in_one_group_and_no_group_has_a_channel_twice(
        channels in prop::collection::vec(prop::collection::vec(some_entry(), 0..7), 1..5),
    ) {
        let linkage = link(&channels);
        let mut seats: Vec<Seat> = linkage.groups.iter().flatten().copied().collect();
        seats.sort();
        seats.dedup();
        prop_assert_eq!(seats.len(), channels.iter().map(Vec::len).sum::<usize>());
        for group in &linkage.groups {
            prop_assert!(group.windows(2).all(|pair| pair[0].channel < pair[1].channel));
        }
    }

    #[test]
    fn no_text_is_too_strange(names in prop::collection::vec(".{0,40}", 0..8)) {
        let entries: Vec<Entry> = names.iter().map(|name| entry(name)).collect();
        let linkage = link(&[entries.clone(), entries]);
        prop_assert!(linkage.groups.len() >= names.len());
    }
}
