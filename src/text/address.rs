//! 地址: with and without the region in front.

use std::sync::LazyLock;

use regex::Regex;

use super::numeral::with_figures;
use super::plain::once;
use super::{pattern, words};

static LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:办理|受理|办公|办事|窗口|联系|详细)?(?:地点|地址|场所):"));

static PROVINCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:中国)?(河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆)(省|(?:壮族|回族|维吾尔)?自治区)?",
    )
});

static CITY: LazyLock<Regex> = LazyLock::new(|| pattern("^([\u{4e00}-\u{9fff}]{2,6}?)(?:市|自治州|地区)"));

static DISTRICT: LazyLock<Regex> = LazyLock::new(|| pattern("^([\u{4e00}-\u{9fff}]{1,7}?(?:区|县|旗))"));

static FLOOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d)(?:楼|f(?:loor)?\b)"));

/// Characters that make a 市 the beginning of something else than a city (市民中心, 市场), and names that are none.
const NOT_IN_A_CITY: &str = "路街道巷号楼层室厅心院场所站局馆园服务民政超菜";

/// An address taken apart.
struct Address {
    province: Option<String>,
    cities: Vec<String>,
    district: Option<String>,
    /// Road, house, room, without the district.
    place: String,
}

/// The normal form of an address: without a label and without province and city in front, numbers and floors in one form.
pub(super) fn normal(text: &str) -> String {
    let address = taken_apart(text);
    format!("{}{}", address.district.unwrap_or_default(), address.place)
}

/// Whether two addresses are the same place: what only one of them says about the region does not part them, what both
/// say must agree.
pub(super) fn is_same_place(left: &str, right: &str) -> bool {
    let (left, right) = (taken_apart(left), taken_apart(right));
    let agree =
        |mine: &Option<String>, theirs: &Option<String>| mine.is_none() || theirs.is_none() || mine == theirs;
    let cities_agree = left.cities.is_empty()
        || right.cities.is_empty()
        || left.cities.iter().any(|city| right.cities.contains(city));
    let whole =
        |address: &Address| format!("{}{}", address.district.clone().unwrap_or_default(), address.place);
    let same = !left.place.is_empty() && left.place == right.place && agree(&left.district, &right.district);
    (same || whole(&left) == whole(&right)) && agree(&left.province, &right.province) && cities_agree
}

fn taken_apart(text: &str) -> Address {
    let bare = once(text);
    let mut rest = LABEL.find(&bare).map_or(bare.as_str(), |label| &bare[label.end()..]);
    let mut province = None;
    let mut cities = Vec::new();
    if let Some(found) = PROVINCE.captures(rest) {
        let after = &rest[found[0].len()..];
        if !after.is_empty() && (found.get(2).is_some() || city(after).is_some()) {
            province = Some(found[1].to_owned());
            rest = after;
        }
    }
    while let Some((name, after)) = city(rest) {
        cities.push(name.to_owned());
        rest = after;
        if cities.len() == 2 {
            break;
        }
    }
    let (district, rest) =
        district(rest).map_or((None, rest), |(name, after)| (Some(name.to_owned()), after));
    Address { province, cities, district, place: place(rest) }
}

/// The city that a text begins with, and what follows it.
fn city(text: &str) -> Option<(&str, &str)> {
    let found = CITY.captures(text)?;
    let name = found.get(1)?.as_str();
    let after = text[found.get(0)?.end()..].trim_start_matches(',');
    let is_city = !name.chars().any(|character| NOT_IN_A_CITY.contains(character))
        && !after.is_empty()
        && !after.starts_with(['民', '场', '政', '容', '区']);
    is_city.then_some((name, after))
}

/// The district that a text begins with, and what follows it.
fn district(text: &str) -> Option<(&str, &str)> {
    let found = DISTRICT.find(text)?;
    let name = found.as_str();
    let after = text[found.end()..].trim_start_matches(',');
    let stem = name.trim_end_matches(['区', '县', '旗']);
    let is_district = !stem
        .ends_with(['小', '社', '校', '厂', '园', '院', '景', '山', '库', '矿', '片', '辖', '街', '地'])
        && !stem.chars().any(|character| "路道巷号楼层室厅心".contains(character))
        && !after.is_empty()
        && !after.starts_with(['政', '委', '域', '直', '级', '人']);
    is_district.then_some((name, after))
}

fn place(text: &str) -> String {
    let figures = with_figures(text).replace('#', "号").replace("首层", "1层").replace("号窗口", "号窗");
    words::of_plain(&FLOOR.replace_all(&figures, "${1}层"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_that_only_one_side_names_does_not_part_addresses() {
        for (left, right) in [
            ("山西省晋城市城区泽州路1号", "泽州路1号"),
            ("晋城市泽州县金村镇", "泽州县金村镇"),
            ("办理地点：晋城市凤台西街2189号一楼", "凤台西街2189号1层"),
            ("晋城市高平市长平街8号", "高平市长平街8号"),
            ("山西晋城市文昌街3#", "文昌街3号"),
        ] {
            assert!(is_same_place(left, right), "{left} / {right}");
        }
    }

    #[test]
    fn regions_that_disagree_part_addresses() {
        for (left, right) in [
            ("太原市迎泽大街1号", "晋城市迎泽大街1号"),
            ("城区泽州路1号", "泽州县泽州路1号"),
            ("泽州路1号", "泽州路2号"),
            ("市民中心3号窗口", "市民中心5号窗口"),
            ("农贸市场12号", "水果市场12号"),
            ("阳光小区3号", "月光小区3号"),
        ] {
            assert!(!is_same_place(left, right), "{left} / {right}");
        }
    }
}
