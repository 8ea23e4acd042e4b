//! Names of items taken apart: what the item is about, and the words that tell it from its sisters (变更, 注销, 二级, 个人).

use std::collections::BTreeSet;

use crate::text::{self, Sort};

/// A name of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Name {
    /// Its normal form.
    pub(super) whole: String,
    /// Without fillers, levels, audiences and regions, each act in one word: equal cores are one item.
    pub(super) core: String,
    /// What is done (变更, 注销 …).
    pub(super) acts: BTreeSet<&'static str>,
    /// Figures and Latin letters, in their order (二级 is 2, A类 is a).
    pub(super) figures: Vec<String>,
    /// 省级、市级 …; empty when the name does not say.
    pub(super) level: String,
    /// 个人 or 单位; empty when the name does not say.
    pub(super) audience: &'static str,
    /// 省 or 市 in front; empty when the name does not say.
    pub(super) region: String,
    /// Characters in pairs, for likeness.
    pub(super) pairs: Vec<[char; 2]>,
    /// Its page cut it off.
    pub(super) cut_off: bool,
}

/// Acts, each with its other words; the first one stands for all, longer words come after those they contain.
const ACTS: &[&[&str]] = &[
    &[
        "新办",
        "申领",
        "首次申请",
        "首次申领",
        "初次申请",
        "初次申领",
        "新申请",
        "首次办理",
        "初始注册",
        "首次注册",
    ],
    &["变更", "更名", "更改"],
    &["延续", "延期", "续期", "续展", "续签", "续延"],
    &["换发", "换领", "换证", "更换", "换新"],
    &["补办", "遗失补办", "丢失补办", "损毁补办", "补领", "补发", "补证", "遗失补领", "遗失补发"],
    &["注销"],
    &["撤销", "撤回"],
    &["吊销"],
    &["设立", "新设", "成立", "开办"],
    &["终止", "停办", "关闭"],
    &["停业"],
    &["歇业"],
    &["恢复", "复业"],
    &["合并"],
    &["分立"],
    &["转入", "迁入"],
    &["转出", "迁出"],
    &["过户", "转让", "转移"],
    &["年检", "年审", "年度检验", "年度审验"],
    &["查询", "查验"],
    &["咨询"],
    &["预约"],
    &["下载"],
    &["打印"],
    &["报名"],
    &["备案"],
    &["登记"],
    &["挂失"],
    &["解除", "解封"],
    &["缴费", "缴纳"],
    &["退费", "退还"],
    &["投诉", "举报"],
    &["初审"],
    &["复查", "复核", "复审"],
    &["验收"],
    &["奖励", "表彰"],
];

/// What may be left out without becoming another act.
const MILD_ACTS: &[&str] = &["新办", "登记", "挂失"];

/// Words that say nothing about which item it is. 审批 and its like are one office's word for what another one calls 核发.
const FILLERS: &[&str] = &[
    "中华人民共和国",
    "办事指南",
    "服务指南",
    "指引",
    "办理",
    "申请",
    "申办",
    "事项",
    "业务",
    "手续",
    "审批",
    "核准",
    "核发",
    "审核",
    "许可",
    "服务",
    "新办",
    "的",
];

/// What brackets and ends say of the level.
const LEVELS: &[&str] = &["国家级", "省级", "市级", "县级", "区级", "乡级", "镇级", "村级"];

/// What may follow a level.
const LEVEL_ENDS: &[&str] = &["行使", "权限", "发证", "办理", "审批", ""];

/// What brackets and ends say of whom it is for.
const AUDIENCES: &[(&str, &str)] = &[
    ("个人", "个人"),
    ("自然人", "个人"),
    ("企业", "单位"),
    ("单位", "单位"),
    ("法人", "单位"),
    ("企业法人", "单位"),
];

/// Fewer characters before an ellipsis could begin anything.
const SHORTEST_BEGINNING: usize = 6;

impl Name {
    pub(super) fn of(said: &str) -> Self {
        let (said, cut_off) = without_ellipsis(said);
        let whole = text::normal(Sort::Name, said);
        let (bare, level, audience) = without_remarks(&text::plain(said));
        let (region, rest) = without_region(&bare);
        let spelled = text::normal(Sort::Name, rest);
        let (core, acts) = core_of(&spelled);
        let pairs = pairs_of(&core);
        let figures = figures_of(&core);
        Self { whole, core, acts, figures, level, audience, region: region.to_owned(), pairs, cut_off }
    }

    /// Whether a name is long enough to tell one item from another: 一级 and 办证 are not.
    pub(super) fn says_much(&self) -> bool {
        self.core.chars().count() >= 3
    }

    /// The first characters, by which a name that its page cut off finds the whole one.
    pub(super) fn beginning(&self) -> Option<&str> {
        let end = self.whole.char_indices().nth(SHORTEST_BEGINNING).map(|(at, _)| at);
        end.or((self.whole.chars().count() == SHORTEST_BEGINNING).then_some(self.whole.len()))
            .map(|end| &self.whole[..end])
    }

    /// How much of the other name this one, cut off, begins: 0 when it does not, 0.5 when both were cut off.
    pub(super) fn beginning_of(&self, other: &Self) -> f64 {
        if !self.cut_off || self.beginning().is_none() || !other.whole.starts_with(&self.whole) {
            0.0
        } else if other.cut_off {
            0.5
        } else {
            self.whole.len() as f64 / other.whole.len() as f64
        }
    }

    /// Acts that one of the two has and the other one lacks.
    pub(super) fn acts_apart<'s>(&'s self, other: &'s Self) -> (Vec<&'static str>, Vec<&'static str>) {
        let only = |mine: &BTreeSet<&'static str>, theirs: &BTreeSet<&'static str>| {
            mine.difference(theirs).copied().filter(|act| !MILD_ACTS.contains(act)).collect()
        };
        (only(&self.acts, &other.acts), only(&other.acts, &self.acts))
    }
}

fn without_ellipsis(said: &str) -> (&str, bool) {
    let said = said.trim_end();
    let cut = ["...", "…", "。。。"].iter().find_map(|ellipsis| said.strip_suffix(ellipsis));
    (cut.unwrap_or(said), cut.is_some())
}

/// The plain name without what brackets and its end say of level and audience, and these.
fn without_remarks(plain: &str) -> (String, String, &'static str) {
    let (mut bare, mut level, mut audience) = (String::new(), String::new(), "");
    for piece in plain.split_inclusive(['(', ')']) {
        let inner = piece.trim_end_matches(['(', ')']);
        if let Some(found) = level_of(inner) {
            found.clone_into(&mut level);
        } else if let Some((_, whom)) = AUDIENCES.iter().find(|(word, _)| *word == inner) {
            audience = whom;
        } else {
            bare.push_str(inner);
        }
    }
    if level.is_empty()
        && let Some((rest, found)) = level_at_end(&bare)
    {
        (level, bare) = (found, rest);
    }
    if bare.is_empty() { (plain.to_owned(), String::new(), "") } else { (bare, level, audience) }
}

fn level_of(remark: &str) -> Option<&'static str> {
    LEVELS
        .iter()
        .copied()
        .find(|level| remark.strip_prefix(level).is_some_and(|end| LEVEL_ENDS.contains(&end)))
}

fn level_at_end(bare: &str) -> Option<(String, String)> {
    LEVELS.iter().find_map(|level| {
        let rest = LEVEL_ENDS.iter().find_map(|end| bare.strip_suffix(end)?.strip_suffix(level))?;
        Some((rest.trim_end_matches(['-', '_']).to_owned(), (*level).to_owned()))
    })
}

/// Two or three characters and 省 or 市 in front are where, not what; 市场 and 城市 are not where.
fn without_region(bare: &str) -> (&str, &str) {
    for unit in ['省', '市'] {
        let found = bare.char_indices().take(4).skip(2).find(|(_, character)| *character == unit);
        if let Some((at, _)) = found {
            let (region, rest) = bare.split_at(at + unit.len_utf8());
            let is_word = rest.starts_with(['场', '政', '民', '容', '级', '内', '外', '际', '区']);
            let is_kind_of_city = ["大城市", "小城市", "中心城市"].contains(&region);
            if rest.chars().count() >= 4 && !is_word && !is_kind_of_city {
                return (region, rest);
            }
        }
    }
    ("", bare)
}

/// The core of a normal form, and the acts in it.
fn core_of(spelled: &str) -> (String, BTreeSet<&'static str>) {
    let mut core = spelled.to_owned();
    let mut acts = BTreeSet::new();
    // 遗失补证 becomes 遗失补办 first, then 补办.
    for words in ACTS.iter().chain(ACTS) {
        for word in words.iter().rev() {
            if core.contains(word) {
                acts.insert(words[0]);
                core = core.replace(word, words[0]);
            }
        }
    }
    for filler in FILLERS {
        core = core.replace(filler, "");
    }
    if core.is_empty() { (spelled.to_owned(), acts) } else { (core, acts) }
}

fn pairs_of(core: &str) -> Vec<[char; 2]> {
    let characters: Vec<char> = core.chars().collect();
    let mut pairs: Vec<[char; 2]> = characters.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn figures_of(core: &str) -> Vec<String> {
    core.split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|figures| !figures.is_empty())
        .map(str::to_owned)
        .collect()
}
