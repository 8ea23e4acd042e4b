//! Values that are no content: placeholders, leaked templates, catch-all materials.

use std::sync::LazyLock;

use regex::Regex;

use super::markup;
use super::{pattern, phones, plain};

/// A value that stands where content should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// 无, a dash or a stroke: says that there is nothing, which some elements may.
    Nothing,
    /// 暂无、待定: content is to come.
    Later,
    /// 详见…、请咨询窗口: content is elsewhere.
    Elsewhere,
}

/// More characters than this are content, whatever they begin with.
const LONGEST_REFERENCE: usize = 40;

static NOTHING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:无|没有|空|不详|略|[-/\\~·_|*…]+|n/a|na|none|nil)$"));

static LATER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:暂无|暂未|暂缺|待定|待补充|待完善|待更新|待确定|待公布|待发布|未定|未填写|未填|未录入|未提供|请填写|请输入|请补充|敬请期待|正在建设中?|建设中|(?:内容|数据|信息)(?:建设|更新|完善|维护|加载)中|更新中|完善中|正在加载(?:数据)?|测试|test|x{3,})(?:相关|有关|任何)?(?:数据|信息|内容|说明|资料|记录|提供|公布|规定|要求)?$",
    )
});

static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:具体|详情|请|可|内容|要求|材料|流程|条件)*(?:详见|参见|参照|见附件|见附表|见下|见上|见官网|见办事指南|见网站|见链接|见详情|查看附件|点击查看|同上|如上)|(?:具体|详情|请|可)+(?:咨询|联系|询问|致电).{0,16}$|(?:咨询|联系|询问)(?:.{0,8})(?:窗口|部门|人员|大厅|客服)$|以.{0,14}(?:通知|文件|公告|规定|公布|发布)(?:文件|内容|要求)?为准$)",
    )
});

/// Whether a whole value is a placeholder; `None` for content and for an empty value.
#[must_use]
pub fn placeholder(text: &str) -> Option<Placeholder> {
    let bare = plain(text);
    let bare = bare.trim_matches(['(', ')', '"', '《', '》']);
    if bare.chars().count() > LONGEST_REFERENCE {
        None
    } else if NOTHING.is_match(bare) {
        Some(Placeholder::Nothing)
    } else if LATER.is_match(bare) {
        Some(Placeholder::Later)
    } else if ELSEWHERE.is_match(bare) && !bare.contains("://") && phones(text).is_empty() {
        Some(Placeholder::Elsewhere)
    } else {
        None
    }
}

static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\{\{[^{}]{0,80}\}\}|\$\{[^{}]{0,80}\}|#\{[^{}]{0,80}\}|<%=?.{0,80}?%>|\[object [A-Z][A-Za-z]{1,20}\]|Invalid [Dd]ate|\{[0-9]\}",
    )
});

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"undefined|null|NaN"));

static BARE_UNIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[(（]\s*个?(?:工作日|自然日|小时|月|日|天|元|次|份)\s*[)）]|个工作日|个自然日|个月|个|元|次|份|小时)\s*$",
    )
});

static ENTITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"&([A-Za-z]{2,6}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});"));

/// The piece of a template or of markup that leaked into a value (`undefined`, `{{…}}`, a unit without its number,
/// `&nbsp;`); `None` for ordinary text.
#[must_use]
pub fn leak(text: &str) -> Option<String> {
    if let Some(found) = TEMPLATE.find(text) {
        return Some(found.as_str().to_owned());
    }
    if let Some(found) = WORD.find_iter(text).find(|found| is_leaked_word(text, found.start(), found.end())) {
        return Some(found.as_str().to_owned());
    }
    let whole = text.trim();
    if BARE_UNIT.is_match(text) || matches!(whole, "NULL" | "Null" | "None" | "nil" | "UNDEFINED") {
        return Some(whole.to_owned());
    }
    ENTITY
        .captures_iter(text)
        .find(|found| markup::entity(&found[1]).is_some())
        .map(|found| found[0].to_owned())
}

/// A word of its own, and not part of an address.
fn is_leaked_word(text: &str, start: usize, end: usize) -> bool {
    let joined = |near: Option<char>| near.is_some_and(|near| near.is_ascii_alphanumeric() || near == '_');
    let line_start = text[..start].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let word = text.get(line_start..start).unwrap_or(&text[..start]);
    let in_sentence = text[end..].trim_start().starts_with(|next: char| next.is_ascii_alphabetic())
        || text[..start].trim_end().ends_with(|last: char| last.is_ascii_alphabetic());
    !joined(text[..start].chars().next_back())
        && !joined(text[end..].chars().next())
        && !word.contains("://")
        && !in_sentence
}

static CATCH_ALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:(?:法律|法规|规章|行政法规|国家|国务院|上级|、|和|以及)*规定(?:应当?|需要?|必须)?(?:提交|提供)?的)?其[他它](?:有关|相关|证明|申请|必要|必需|所需|需要|应当?|须|提交|提供|的)*(?:材料|资料)|(?:有关|相关)(?:材料|资料)|等(?:相关|有关|其他)?(?:材料|资料)",
    )
});

/// The catch-all words in a material or condition (“法律法规规定的其他材料”, “等材料”): R18 after 国办函〔2017〕115号.
#[must_use]
pub fn catch_all(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    CATCH_ALL
        .find_iter(&compact)
        .find(|found| {
            let before = compact[..found.start()].chars().next_back();
            // 同等 and 高等 are words, but “合同等材料” is a list.
            let contract = compact[..found.start()].ends_with("合同");
            !(found.as_str().starts_with('等')
                && !contract
                && before.is_none_or(|before| "同高平初中上下均对相优甲乙丙".contains(before)))
        })
        .map(|found| found.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known_and_content_is_left_alone() {
        for text in ["无", "无。", "—", "--", " / ", "（无）"] {
            assert_eq!(placeholder(text), Some(Placeholder::Nothing), "{text}");
        }
        for text in ["暂无", "暂无数据", "待定", "待补充", "暂无相关信息"] {
            assert_eq!(placeholder(text), Some(Placeholder::Later), "{text}");
        }
        for text in ["见附件", "详见办事指南", "请咨询窗口", "具体详见官网", "以本年度通知文件为准。"]
        {
            assert_eq!(placeholder(text), Some(Placeholder::Elsewhere), "{text}");
        }
        for text in [
            "",
            "无条件受理",
            "无线下办理窗口",
            "无数量限制",
            "年满18周岁，详见附件",
            "请咨询0356-2026101",
            "无需提交材料",
            "无犯罪记录证明",
            "咨询投诉",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }

    #[test]
    fn leaks_are_shown_and_ordinary_text_is_not() {
        for (text, piece) in [
            ("undefined", "undefined"),
            ("地址：null", "null"),
            ("NaN个工作日", "NaN"),
            ("{{lawTime}} (工作日)", "{{lawTime}}"),
            ("${item.name}", "${item.name}"),
            ("[object Object]", "[object Object]"),
            (" (工作日)", "(工作日)"),
            ("个工作日", "个工作日"),
            ("城区&nbsp;泽州路", "&nbsp;"),
            ("NULL", "NULL"),
        ] {
            assert_eq!(leak(text).as_deref(), Some(piece), "{text}");
        }
        for text in [
            "",
            "工作日",
            "5(工作日)",
            "AT&T",
            "https://a.gov.cn/null/x?b=undefined",
            "Nantong",
            "a&b;c",
            "null and void",
        ] {
            assert_eq!(leak(text), None, "{text}");
        }
    }

    #[test]
    fn catch_all_materials_are_quoted() {
        for (text, piece) in [
            ("法律、法规规定的其他材料", "法律、法规规定的其他材料"),
            ("身份证等材料", "等材料"),
            ("发票、合同等材料", "等材料"),
            ("有关材料", "有关材料"),
            ("其它相关资料", "其它相关资料"),
        ] {
            assert_eq!(catch_all(text).as_deref(), Some(piece), "{text}");
        }
        for text in ["申请材料", "居民身份证", "同等材料", "材料清单"] {
            assert_eq!(catch_all(text), None, "{text}");
        }
    }
}
