//! Whether the facts in a chatbot's answer are those of the same channel's guide.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Likeness, Material, Sureness};
use crate::text::{self, Sort};

use super::bot_answer::{Form, folded};
use super::quote::quote;
use super::sides::Side;

/// From this similarity on, a piece of the answer names the material.
const NAMES_MATERIAL: f64 = 0.85;

/// One channel's guide as a yardstick; an element that is itself in dispute is none.
pub(super) struct Yardstick<'a> {
    /// The guide.
    pub(super) side: &'a Side<'a>,
    /// Whether a finding already speaks about an element of this guide.
    pub(super) is_disputed: &'a dyn Fn(&str) -> bool,
}

impl Yardstick<'_> {
    fn says(&self, element: &str) -> Option<&str> {
        let reading = self.side.reading(element).filter(|reading| reading.sure != Sureness::Doubtful)?;
        let stated = !text::plain(&reading.text).is_empty()
            && text::placeholder(&reading.text).is_none()
            && text::leak(&reading.text).is_none();
        (stated && !(self.is_disputed)(element)).then_some(reading.text.as_str())
    }

    /// What the answer gets wrong, as sentences; empty when nothing contradicts the guide.
    pub(super) fn contradictions(&self, form: Form, answer: &str) -> Vec<String> {
        match form {
            Form::Materials => self.materials_left_out(answer).into_iter().collect(),
            Form::How => [self.other_limit(answer), self.other_phone(answer), self.other_place(answer)]
                .into_iter()
                .flatten()
                .collect(),
            Form::Expiry => Vec::new(),
        }
    }

    fn materials_left_out(&self, answer: &str) -> Option<String> {
        if (self.is_disputed)("materials") {
            return None;
        }
        let names = self.side.guide.materials.iter().map(Material::name);
        let left_out: Vec<String> = names
            .filter(|name| !text::plain(name).is_empty() && text::catch_all(name).is_none())
            .filter(|name| !is_named(name, answer))
            .map(quote)
            .collect();
        (!left_out.is_empty()).then(|| format!("没有说到办事指南里的材料{}", left_out.join("、")))
    }

    /// 承诺 and 法定 limits are held against their own element.
    fn other_limit(&self, answer: &str) -> Option<String> {
        clauses(answer).find_map(|clause| {
            let element = limit_element(&clause)?;
            let said = LIMIT.as_ref()?.find(&clause)?.as_str();
            let guide = self.says(element)?;
            let differs = text::limit(said).is_some()
                && text::limit(guide).is_some()
                && text::likeness(Sort::Limit, said, guide) == Likeness::Differs;
            differs.then(|| format!("说时限是{}，办事指南写{}", quote(said), quote(guide)))
        })
    }

    /// A number in the answer must be one of the guide's numbers.
    fn other_phone(&self, answer: &str) -> Option<String> {
        let consult = self.says("consult")?;
        let known: Vec<String> = [Some(consult), self.says("complain")]
            .into_iter()
            .flatten()
            .flat_map(text::phones)
            .map(|phone| phone.number)
            .collect();
        if known.is_empty() || (self.is_disputed)("complain") {
            return None;
        }
        clauses(answer).filter(|clause| clause.contains("咨询电话") || clause.contains("联系电话")).find_map(
            |clause| {
                let told = text::phones(&clause);
                let wrong = !told.is_empty() && told.iter().all(|phone| !known.contains(&phone.number));
                wrong.then(|| format!("说的电话与办事指南写的{}不同", quote(consult)))
            },
        )
    }

    /// An address after its label must be the guide's, or a part of it.
    fn other_place(&self, answer: &str) -> Option<String> {
        let guide = self.says("place")?;
        let told = PLACE.as_ref()?.captures(answer)?.get(1)?.as_str();
        let forms = [told, guide].map(|said| folded(&text::normal(Sort::Address, said)));
        let same = text::likeness(Sort::Address, told, guide) != Likeness::Differs
            || forms[0].contains(&forms[1])
            || forms[1].contains(&forms[0])
            || folded(answer).contains(&folded(guide));
        (!same).then(|| format!("说办理地点是{}，办事指南写{}", quote(told), quote(guide)))
    }
}

static LIMIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:[0-9０-９]+(?:[.．][0-9]+)?|[〇零一二三四五六七八九十百两]+)\s*个?\s*\(?(?:工作日|自然日|小时|分钟|个?月|日|天)",
        r"|即办|当场办结|即时办结|立等可取"
    ))
    .ok()
});

static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:办理地点|办公地址|受理地点|办事地址|办理窗口)\s*[：:为是]\s*([^，。；;\n\s]{4,})").ok()
});

/// Which limit a clause speaks about. A bare number of days may be anything (有效期满前30日), so the clause must say.
fn limit_element(clause: &str) -> Option<&'static str> {
    let says = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let (legal, promise) = (says(&["法定"]), says(&["承诺", "办结时限", "办理时限", "办结期限"]));
    match (legal, promise) {
        (true, _) if says(&["承诺"]) => None,
        (true, _) if says(&["时限", "期限", "办结"]) => Some("legal_limit"),
        (false, true) => Some("promise_limit"),
        _ => None,
    }
}

fn clauses(answer: &str) -> impl Iterator<Item = String> {
    answer.split(['，', '。', '；', '\n', ';', ',']).map(str::to_owned)
}

/// Whether the answer names a material, exactly or nearly.
fn is_named(name: &str, answer: &str) -> bool {
    let bare = |said: &str| folded(&text::normal(Sort::Name, said));
    let wanted = bare(name);
    let (whole, folded_name) = (folded(answer), folded(name));
    if whole.contains(&wanted) || whole.contains(&folded_name) {
        return true;
    }
    let before_bracket = folded_name.split('(').next().unwrap_or_default();
    if before_bracket.chars().count() >= 3 && whole.contains(before_bracket) {
        return true;
    }
    answer
        .split(['、', '，', '；', '。', '\n', ';', ',', '：', ':'])
        .any(|piece| text::similarity(&bare(piece), &wanted) >= NAMES_MATERIAL)
}

#[cfg(test)]
mod tests {
    use super::super::sides::Sides;
    use super::super::trial::Trial;
    use super::*;

    fn wrong(form: Form, answer: &str) -> Vec<String> {
        let trial = Trial::new();
        let (case, roll) = (trial.case(), trial.roll());
        let sides = Sides::of(&case, "guide.consistency", &roll);
        Yardstick { side: &sides.seen[0], is_disputed: &|_| false }.contradictions(form, answer)
    }

    #[test]
    fn every_material_of_the_guide_must_be_named() {
        assert!(
            wrong(Form::Materials, "1. 《居民户口簿》\n2. 原居民身份证\n3. 居民身份证换领登记表（填写）")
                .is_empty()
        );
        let left_out = wrong(Form::Materials, "1. 居民户口簿\n2. 居民身份证换领登记表");
        assert_eq!(left_out, ["没有说到办事指南里的材料“原居民身份证”"]);
    }

    #[test]
    fn another_limit_is_wrong_but_other_days_are_not_limits() {
        assert_eq!(wrong(Form::How, "承诺办结时限：7个工作日").len(), 1);
        assert_eq!(wrong(Form::How, "法定办结时限是30个工作日").len(), 1);
        for right in
            ["承诺办结时限：20工作日", "承诺时限：二十个工作日", "有效期满前30日内申请", "法定60个工作日办结"]
        {
            assert!(wrong(Form::How, right).is_empty(), "{right}");
        }
    }

    #[test]
    fn another_telephone_or_place_is_wrong() {
        assert_eq!(wrong(Form::How, "咨询电话：0356-2026199").len(), 1);
        assert!(wrong(Form::How, "咨询电话：0356-2026101\n也可以拨打12345").is_empty());
        assert_eq!(wrong(Form::How, "办理地点：晋城市新市西街18号二楼").len(), 1);
        let part = "办理地点：晋城市政务服务中心一楼A区03号窗口\n其他";
        assert!(wrong(Form::How, part).is_empty());
    }
}
