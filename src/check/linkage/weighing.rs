//! What the fields of two entries say for and against their being one item, in bits: how many times likelier the field
//! looks like this on two pages of one item than on pages of two items, as a power of two.

use std::collections::HashMap;

use super::entry::{Codes, Known};
use super::name::Name;

/// 线索: one thing that speaks for or against a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clue {
    /// 编码相同.
    SameCode,
    /// 编码相容: one side shows only a part of the other one's code.
    FittingCode,
    /// 编码不同.
    OtherCode,
    /// 名称相同.
    SameName,
    /// 名称只差通用词.
    SameCore,
    /// 名称是对方的日常用语.
    Colloquial,
    /// 名称被页面截断: what is left begins the other one.
    CutOff,
    /// 名称相近.
    SimilarName,
    /// 办理情形不同: 变更 against 注销, 一级 against 二级, 个人 against 企业.
    OtherCircumstance,
    /// 办理情形只有一方写明.
    CircumstanceOnOneSide,
    /// 部门相同.
    SameDepartment,
    /// 部门不同.
    OtherDepartment,
    /// 办理对象不同.
    OtherAudience,
}

impl Clue {
    /// The words that lists and reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SameCode => "编码相同",
            Self::FittingCode => "编码相容",
            Self::OtherCode => "编码不同",
            Self::SameName => "名称相同",
            Self::SameCore => "名称只差通用词",
            Self::Colloquial => "名称是对方的日常用语",
            Self::CutOff => "名称被页面截断",
            Self::SimilarName => "名称相近",
            Self::OtherCircumstance => "办理情形不同",
            Self::CircumstanceOnOneSide => "办理情形只有一方写明",
            Self::SameDepartment => "部门相同",
            Self::OtherDepartment => "部门不同",
            Self::OtherAudience => "办理对象不同",
        }
    }
}

/// How rare pairs of characters are in the names at hand.
#[derive(Debug, Default)]
pub(super) struct Rarity {
    seen: HashMap<[char; 2], u32>,
    names: f64,
}

impl Rarity {
    pub(super) fn of(known: &[Known<'_>]) -> Self {
        let mut cores: Vec<&Name> = known.iter().map(|known| &known.name).collect();
        cores.sort_by(|left, right| left.core.cmp(&right.core));
        cores.dedup_by(|left, right| left.core == right.core);
        let mut seen = HashMap::new();
        for pair in cores.iter().flat_map(|name| &name.pairs) {
            *seen.entry(*pair).or_default() += 1;
        }
        Self { seen, names: cores.len() as f64 }
    }

    /// In how many different names a pair stands.
    pub(super) fn count(&self, pair: [char; 2]) -> u32 {
        self.seen.get(&pair).copied().unwrap_or(1)
    }

    fn bits(&self, pair: [char; 2]) -> f64 {
        (1.0 + self.names / f64::from(self.count(pair))).log2()
    }

    /// How much two names share, rare characters counting most: from 0 to 1.
    pub(super) fn likeness(&self, left: &Name, right: &Name) -> f64 {
        let sum = |name: &Name| name.pairs.iter().map(|pair| self.bits(*pair)).sum::<f64>();
        let shared: f64 = left
            .pairs
            .iter()
            .filter(|pair| right.pairs.binary_search(pair).is_ok())
            .map(|pair| self.bits(*pair))
            .sum();
        let (left, right) = (sum(left), sum(right));
        if left + right > 0.0 { 2.0 * shared / (left + right) } else { 0.0 }
    }
}

/// The weight of a pair, and why.
#[derive(Debug, Clone, Default)]
pub(super) struct Weight {
    pub(super) bits: f64,
    pub(super) clues: Vec<Clue>,
}

impl Weight {
    fn add(&mut self, clue: Clue, bits: f64) {
        self.bits += bits;
        self.clues.push(clue);
    }
}

/// Below this likeness names do not speak for each other.
const LEAST_LIKENESS: f64 = 0.5;

/// A name cut off later than this hides no sister any more.
const LARGE_PART: f64 = 0.75;

/// Weighs a pair.
pub(super) fn weigh(left: &Known<'_>, right: &Known<'_>, rarity: &Rarity) -> Weight {
    let mut weight = Weight::default();
    weigh_codes(&mut weight, &left.codes, &right.codes);
    weigh_names(&mut weight, left, right, rarity);
    weigh_surroundings(&mut weight, left, right);
    weight
}

fn weigh_codes(weight: &mut Weight, left: &Codes, right: &Codes) {
    let shown = |mine: &Option<String>, theirs: &Option<String>| mine.is_some() && theirs.is_some();
    // One side shows the item, the other one a business item under it: there may be several of these.
    let cut = left.handle.is_some() != right.handle.is_some();
    if left.local.intersection(&right.local).next().is_some() {
        weight.add(Clue::SameCode, 16.0);
    } else if shown(&left.handle, &right.handle) {
        compare_codes(weight, left, right, left.handle == right.handle);
    } else if cut && left.implementing.is_some() && left.implementing == right.implementing {
        weight.add(Clue::FittingCode, 7.0);
    } else if shown(&left.implementing, &right.implementing) {
        compare_codes(weight, left, right, left.implementing == right.implementing);
    } else if shown(&left.base, &right.base) {
        let same = left.base == right.base;
        weight.add(if same { Clue::FittingCode } else { Clue::OtherCode }, if same { 9.0 } else { -2.0 });
    }
}

/// Another code of the same department may be a slip of one page; another department's code is another item.
fn compare_codes(weight: &mut Weight, left: &Codes, right: &Codes, same: bool) {
    if same {
        weight.add(Clue::SameCode, 16.0);
    } else if left.credit_code() == right.credit_code() {
        weight.add(Clue::OtherCode, -2.0);
    } else {
        weight.add(Clue::OtherCode, -9.0);
    }
}

fn weigh_names(weight: &mut Weight, left: &Known<'_>, right: &Known<'_>, rarity: &Rarity) {
    let (mine, theirs) = (&left.name, &right.name);
    let begun = mine.beginning_of(theirs).max(theirs.beginning_of(mine));
    if begun > 0.0 {
        weight.add(Clue::CutOff, if begun >= LARGE_PART { 8.0 } else { 6.0 });
        return;
    }
    if !mine.whole.is_empty() && mine.whole == theirs.whole {
        weight.add(Clue::SameName, 10.0);
        return;
    }
    if is_colloquial(mine, right) || is_colloquial(theirs, left) {
        weight.add(Clue::Colloquial, 8.0);
        return;
    }
    if clash(mine, theirs) {
        weight.add(Clue::OtherCircumstance, -12.0);
        return;
    }
    let one_sided = one_sided(mine, theirs);
    let likeness = rarity.likeness(mine, theirs);
    if mine.core == theirs.core {
        weight.add(Clue::SameCore, if mine.says_much() { 8.0 } else { 5.0 });
    } else if likeness >= LEAST_LIKENESS {
        weight.add(Clue::SimilarName, 2.0 + (likeness - LEAST_LIKENESS) * 10.0);
    } else {
        weight.bits -= 4.0;
    }
    if one_sided > 0.0 {
        weight.add(Clue::CircumstanceOnOneSide, -one_sided);
    }
}

fn is_colloquial(name: &Name, other: &Known<'_>) -> bool {
    name.says_much()
        && other.colloquial.iter().any(|alias| alias.whole == name.whole || alias.core == name.core)
}

/// Whether both names say something about the same circumstance, and not the same.
pub(super) fn clash(left: &Name, right: &Name) -> bool {
    if left.cut_off || right.cut_off {
        return false;
    }
    let (mine, theirs) = left.acts_apart(right);
    let both = |mine: &str, theirs: &str| !mine.is_empty() && !theirs.is_empty() && mine != theirs;
    !mine.is_empty() && !theirs.is_empty()
        || !left.figures.is_empty() && !right.figures.is_empty() && left.figures != right.figures
        || both(&left.level, &right.level)
        || both(left.audience, right.audience)
        || both(&left.region, &right.region)
}

/// How much it weighs that only one name says something about a circumstance.
fn one_sided(left: &Name, right: &Name) -> f64 {
    if left.cut_off || right.cut_off {
        return 0.0;
    }
    let (mine, theirs) = left.acts_apart(right);
    let mut against = 0.0;
    if mine.len() + theirs.len() > 0 {
        against += 4.0;
    }
    if left.figures != right.figures {
        against += 4.0;
    }
    if left.audience != right.audience {
        against += 2.5;
    }
    against
}

fn weigh_surroundings(weight: &mut Weight, left: &Known<'_>, right: &Known<'_>) {
    if !left.department.is_empty() && !right.department.is_empty() {
        if is_same_department(&left.department, &right.department) {
            weight.add(Clue::SameDepartment, 1.5);
        } else {
            weight.add(Clue::OtherDepartment, -4.0);
        }
    }
    match (left.entry.audience, right.entry.audience) {
        (Some(mine), Some(theirs)) if mine == theirs => weight.bits += 1.0,
        (Some(_), Some(_)) => weight.add(Clue::OtherAudience, -1.5),
        _ => {}
    }
}

/// 公安局 is 晋城市公安局, 人社局 is 人力资源和社会保障局.
fn is_same_department(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let mut rest = long.chars();
    short.chars().all(|wanted| rest.any(|character| character == wanted))
        && short.chars().next_back() == long.chars().next_back()
}
