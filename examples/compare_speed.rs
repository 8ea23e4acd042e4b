//! Compares made-up guides as a run does: so many items on four channels with forty elements each. `benches/compare.sh` runs it
//! beside Python's difflib on the same values.
//!
//! `compare_speed ITEMS` compares; `compare_speed ITEMS --values` prints the values of the items instead, one JSON list
//! `[element, [said, said, said, said]]` a line.
#![expect(clippy::print_stdout, reason = "a measuring program prints its figures")]

use zoutong::check::{Voice, compare};
use zoutong::model::{ChannelId, Likeness};
use zoutong::text::{marks, sort_of};

/// The elements of a guide that are compared, with a value that real portals print.
const ELEMENTS: [(&str, &str); 40] = [
    ("item_name", "居民身份证换领"),
    ("sub_item_name", "居民身份证换领（个人申请）"),
    ("item_type", "行政确认"),
    ("base_code", "140700001000"),
    ("impl_code", "11140500009001018M3140700001000"),
    ("dept", "晋城市公安局"),
    ("dept_type", "法定机关"),
    ("power_source", "法定本级行使"),
    ("use_level", "市级、县级"),
    ("project_type", "承诺件"),
    ("legal_limit", "60个工作日"),
    ("promise_limit", "20个工作日"),
    ("law_basis", LAW),
    ("condition", CONDITION),
    ("prohibit", "冒用他人身份申请或者提供虚假户口信息的，不予受理"),
    ("quota", "无数量限制"),
    ("flow", FLOW),
    ("special", "无"),
    ("agency", "无"),
    ("place", "山西省晋城市文昌西街2026号晋城市政务服务中心一楼A区03号窗口"),
    ("time", "周一至周五 上午8:30—12:00，下午14:30—18:00（法定节假日除外）"),
    ("consult", "0356-2026101、0356-2026102"),
    ("complain", "0356-2026901"),
    ("fee_flag", "不收费"),
    ("service_object", "自然人、企业法人"),
    ("visits", "1次"),
    ("visit_reason", "须由本人到场采集人像和指纹信息"),
    ("handle_form", "窗口办理、网上办理、快递申请"),
    ("online_flag", "是"),
    ("online_depth", "Ⅲ级（网上受理）"),
    ("booking", "是"),
    ("express", "是"),
    ("pay_online", "否"),
    ("terminal", "是"),
    ("hall", "是"),
    ("cross_area", "全国"),
    ("result_type", "证照"),
    ("result_name", "居民身份证"),
    ("faq", FAQ),
    ("remedy", REMEDY),
];

const LAW: &str = "《中华人民共和国居民身份证法》（主席令第五十一号）第十一条：国家决定换发新一代居民身份证、居民身份证有效期满、\
    公民姓名变更或者证件严重损坏不能辨认的，公民应当换领新证；居民身份证登记项目出现错误的，公安机关应当及时更正，换发新证。";
const CONDITION: &str = "1. 具有晋城市常住户口的居民；\n2. 居民身份证有效期满、登记项目变更或者证件严重损坏不能辨认；\n\
    3. 有效期满前3个月内可以提前申请换领；\n4. 未满十六周岁的，由监护人代为申请。";
const FLOW: &str = "1. 受理：申请人通过窗口或者网上提出申请，工作人员核对材料是否齐全、是否符合法定形式，当场作出是否受理的答复\n\
    2. 审核：业务科室对申请内容的真实性和合法性进行审核，提出审核意见\n3. 审批：负责人根据审核意见作出决定，不予通过的书面说明理由\n\
    4. 办结：制作居民身份证，登记归档\n5. 送达：通知申请人到窗口领取或者邮寄送达";
const FAQ: &str = "问：身份证快到期了可以提前换吗？\n答：可以，有效期满前3个月内即可申请换领。\n问：换领身份证要交工本费吗？\n答：有效期满换领免收工本费。";
const REMEDY: &str = "申请人对办理结果不服的，可以自收到决定之日起六十日内依法申请行政复议，或者自收到决定之日起六个月内依法提起行政诉讼";

/// A small, well-spread sequence of numbers (splitmix64), the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or_default()
    }
}

/// The same as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let items = arguments.next().and_then(|items| items.parse().ok()).unwrap_or(10_000);
    if arguments.next().as_deref() == Some("--values") {
        print_values(items);
    } else {
        measure(items);
    }
}

fn print_values(items: usize) {
    for item in 0..items {
        for (element, said) in guides(item) {
            let line = serde_json::to_string(&(element, said)).unwrap_or_default();
            println!("{line}");
        }
    }
}

/// Items between two looks at the clock, which costs as much as a twentieth of an item.
const AT_ONCE: usize = 20;

/// Compares item by item, as a run does: nothing is kept but what is counted.
fn measure(items: usize) {
    let channels = ["pc", "app", "mini", "kiosk"].map(ChannelId::from);
    let mut took = 0;
    let (mut same, mut formal, mut differs, mut shown) = (0, 0, 0, 0);
    for first in (0..items).step_by(AT_ONCE) {
        let guides: Vec<_> = (first..items.min(first + AT_ONCE)).flat_map(guides).collect();
        let began = processor_time();
        for (element, said) in &guides {
            let voices: Vec<Voice<'_>> =
                channels.iter().zip(said).map(|(channel, text)| Voice { channel, text }).collect();
            let comparison = compare(sort_of(element), &voices);
            match comparison.likeness {
                Likeness::Formal => formal += 1,
                Likeness::Differs => {
                    differs += 1;
                    // What a report shows of it.
                    let (majority, odd) = (comparison.groups[0][0], comparison.groups[1][0]);
                    shown += marks(&said[majority], &said[odd]).len();
                }
                _ => same += 1,
            }
        }
        took += processor_time() - began;
    }
    println!("{:.3} {same} {formal} {differs} {shown}", took as f64 / 1e9);
}

/// Nanoseconds that this thread has been on a processor: what others do on the machine does not count.
fn processor_time() -> u64 {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    times.split(' ').next().and_then(|time| time.parse().ok()).unwrap_or_default()
}

/// One item's elements and what the four channels say: 84 % to the letter, 10 % in other clothes, 5 % a little else,
/// 1 % something else (against the first channel).
fn guides(item: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut dice = Dice(item as u64);
    ELEMENTS
        .iter()
        .map(|(element, said)| {
            let own = own_words(said, item);
            let others = (0..3).map(|_| other_words(&own, &mut dice)).collect::<Vec<_>>();
            (*element, std::iter::once(own).chain(others).collect())
        })
        .collect()
}

/// Texts differ from item to item; some are long.
fn own_words(said: &str, item: usize) -> String {
    if said.chars().count() < 40 {
        return said.to_owned();
    }
    let times = 1 + item % 7;
    (0..times).map(|turn| format!("{said}（第{}款）", turn + item % 90 + 1)).collect::<Vec<_>>().join("\n")
}

fn other_words(own: &str, dice: &mut Dice) -> String {
    match dice.below(100) {
        0..84 => own.to_owned(),
        84..94 => dressed(own, dice.below(3)),
        94..99 => edited(own, dice),
        _ => own.chars().rev().collect(),
    }
}

/// Full width, other punctuation, blanks.
fn dressed(own: &str, dress: usize) -> String {
    let other = |character: char| match (dress, character) {
        (0, '0'..='9' | 'A'..='Z') => char::from_u32(character as u32 + 0xfee0).unwrap_or(character),
        (_, '，') => ',',
        (_, '；') => ';',
        (_, '（') => '(',
        (_, '）') => ')',
        _ => character,
    };
    let dressed: String = own.chars().map(other).collect();
    if dress == 2 || dressed == own { format!(" {dressed}\u{3000}") } else { dressed }
}

/// One character in the middle becomes another one.
fn edited(own: &str, dice: &mut Dice) -> String {
    let at = dice.below(own.chars().count().max(1));
    own.chars().enumerate().map(|(index, letter)| if index == at { '另' } else { letter }).collect()
}
