//! 地址: with and without the region in front.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::numeral::with_figures;
use super::plain::once;
use super::{pattern, words};

static LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:办理|受理|办公|办事|窗口|联系|详细|具体)?(?:地点|地址|场所):"));

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

/// 直辖市 and 地级市: any other 市 is a 县级市, which stands where districts stand.
const CITIES: &str = "
    石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城
    朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔
    乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春
    吉林 四平 辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯
    七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州
    宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山
    淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州
    南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博
    枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山
    安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌
    襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳
    郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾
    河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林
    百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁
    内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明
    曲靖 玉溪 保山 昭通 丽江 普洱 临沧 拉萨 日喀则 昌都 林芝 山南 那曲 西安 铜川 宝鸡 咸阳
    渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西
    陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 北京 天津 上海
    重庆
";

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
    (same || whole(&left) == whole(&right))
        && agree(&left.province, &right.province)
        && cities_agree
        && may_be_one_area(&left, &right)
        && may_be_one_area(&right, &left)
}

/// An office that only says its city is not the one that only says a district of it, and a place in a 县级市 is not
/// the same place in the city's own districts. Roads and houses are where they are, whatever is said in front.
fn may_be_one_area(first: &Address, second: &Address) -> bool {
    let only_city = !first.cities.is_empty() && first.district.is_none();
    let only_district = second.cities.is_empty() && second.district.is_some();
    let is_town = second.district.as_ref().is_some_and(|district| district.ends_with('市'));
    !(only_city && only_district && (is_town || !ROAD.is_match(&first.place)))
}

static ROAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[路街道巷弄村镇乡里]|\d号"));

fn taken_apart(text: &str) -> Address {
    let bare = once(text);
    let mut rest = LABEL.find(&bare).map_or(bare.as_str(), |label| &bare[label.end()..]);
    let mut province = None;
    let mut cities = Vec::new();
    if let Some(found) = PROVINCE.captures(rest) {
        let after = without_separator(&rest[found[0].len()..]);
        if !after.is_empty() && (found.get(2).is_some() || city(after).is_some()) {
            province = Some(found[1].to_owned());
            rest = after;
        }
    }
    let mut named = None;
    while let Some((name, after)) = city(rest) {
        rest = after;
        let is_town = name.ends_with('市') && !is_city(name) && district(after).is_none();
        if is_town {
            named = Some(name.to_owned());
            break;
        }
        cities.push(name.trim_end_matches('市').to_owned());
        if cities.len() == 2 {
            break;
        }
    }
    if named.is_none()
        && let Some((name, after)) = district(rest)
    {
        named = Some(name.to_owned());
        rest = after;
    }
    Address { province, cities, district: named, place: place(rest) }
}

/// Whether a name that ends in 市 is that of a 直辖市 or 地级市.
fn is_city(name: &str) -> bool {
    let bare = name.trim_end_matches('市');
    CITIES.split_whitespace().any(|city| city == bare)
}

fn without_separator(text: &str) -> &str {
    text.trim_start_matches([',', '·', '/', '、', '-', ' '])
}

/// The city that a text begins with, 市 and all, and what follows it.
fn city(text: &str) -> Option<(&str, &str)> {
    let found = CITY.captures(text)?;
    let (whole, name) = (found.get(0)?.as_str(), found.get(1)?.as_str());
    let after = without_separator(&text[whole.len()..]);
    if after.starts_with("民中心") && is_city(whole) {
        // 晋城市民中心 is the 市民中心 of 晋城.
        return Some((whole, &text[name.len()..]));
    }
    let is_city = !name.chars().any(|character| NOT_IN_A_CITY.contains(character))
        && !after.is_empty()
        && !after.starts_with(['民', '场', '政', '容', '区']);
    is_city.then_some((whole, after))
}

/// The district that a text begins with, and what follows it.
fn district(text: &str) -> Option<(&str, &str)> {
    let found = DISTRICT.find(text)?;
    let name = found.as_str();
    let after = without_separator(&text[found.end()..]);
    let stem = name.trim_end_matches(['区', '县', '旗']);
    let is_district = !stem
        .ends_with(['小', '社', '校', '厂', '园', '院', '景', '山', '库', '矿', '片', '辖', '街', '地'])
        && !stem.chars().any(|character| "路道巷号楼层室厅心".contains(character))
        && !after.is_empty()
        && !after.starts_with(['政', '委', '域', '直', '级', '人']);
    is_district.then_some((name, after))
}

fn place(text: &str) -> String {
    let figures = with_figures(text).replace('#', "号").replace("首层", "1层");
    let floors = FLOOR.replace_all(&figures, "${1}层");
    let windows = WINDOW.replace_all(&floors, window);
    let mut listed = windows.into_owned();
    while let Cow::Owned(next) = BOTH.replace_all(&listed, "$1$2$3号") {
        listed = next;
    }
    let rooms = ROOM.replace_all(&listed, "${1}室");
    words::of_plain(&POSTCODE.replace_all(&rooms, ""))
}

/// `3号窗口`, `第03号窗口`, `窗口3号`, `A12窗口`.
static WINDOW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"第?(?:([a-z]?)0*(\d{1,3})号?窗口?|窗口第?([a-z]?)0*(\d{1,3})号?)"));

fn window(found: &Captures<'_>) -> String {
    let part =
        |one: usize, other: usize| found.get(one).or(found.get(other)).map_or("", |part| part.as_str());
    format!("{}{}号窗", part(1, 3), part(2, 4))
}

/// `12号至15号`, which is 12至15号.
static BOTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d)号(至|到|-|~|、|,)(\d+)号"));

static ROOM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d{3,4})(?:房间|房|室)"));

static POSTCODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(?(?:邮编|邮政编码):?\d{6}\)?"));

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
