//! What of a text is prose: citations, names of laws and materials, addresses and numbers to dial are not read as
//! sentences, however long they are.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::pattern;

/// Titles with what cites them: 《…》（…号）第…条、第…条, and citations without a title.
static CITATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        《[^《》]{1,80}》(?:[（(][^（）()]{0,60}[）)])?
      | 中华人民共和国[\p{Han}]{2,20}?(?:法|条例)
      | [\p{Han}]{1,8}[〔\[［【（(](?:19|20)\d\d[〕\]］】）)]第?\d{1,5}号
      | (?:国务院|主席|[\p{Han}]{1,6}部|总局)?令?第[\d〇零一二三四五六七八九十百]{1,6}号(?:令|公告)?
      | 第[\d〇零一二三四五六七八九十百]{1,6}[条章节](?:之[一二三四五六七八九十])?
        (?:第[\d〇零一二三四五六七八九十]{1,4}款)?(?:第[（(]?[\d〇零一二三四五六七八九十]{1,4}[）)]?[项目])?",
    )
});

/// Numbers and bullets of lists.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|[①-⑳⑴-⒇●■◆★·*]|第[一二三四五六七八九十]{1,3}[，、])\s*",
    )
});

static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[路街道巷弄][东西南北中]?(?:段)?\d{1,5}(?:-\d{1,4})?[号#]|\d{1,4}号?楼|\d{1,3}层|\d{1,3}号?窗口?|\d{3,4}[房室]|[市县区](?:行政审批|政务服务|便民服务)[\p{Han}]{0,8}(?:中心|大厅)$",
    )
});

static DIALLED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{3,4}[-—－]\d{7,8}|1[3-9]\d{9}|https?://|www\.|\d{1,2}[:：]\d\d"));

/// What names of materials end in.
static MATERIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:证|证书|证明|证件|证明书|证明材料|证明文件|书|表|册|簿|本|单|函|图|照|照片|执照|合同|协议|章程|报告|批文|批复|文件|材料|资料|凭证|票据|发票|简历|名单|目录|清单|方案|声明|承诺|决议|记录|档案|复印件|原件|扫描件|电子版|副本|正本)(?:[（(][^（）()]{0,30}[）)])?(?:等|各?[一二两三四1-9][份张]|原件|复印件|(?:和|及)(?:其)?复印件)*$",
    )
});

/// Words without which there is no sentence.
static PREDICATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "应当|应|须|必须|需|可以|可|不得|不能|提交|提供|出具|携带|填写|符合|具有|具备|取得|属于|经过|办理|受理|申请[^书表人材报函]|是|有[^关效限]|的，|持|凭|^由|^请",
    )
});

/// The clauses of a sentence that are prose, without what is cited in them.
pub(super) fn clauses(sentence: &str) -> Vec<String> {
    let bare = CITATION.replace_all(sentence, "");
    bare.split(is_border).map(clause).filter(|clause| length(clause) > 0).collect()
}

/// Where a clause ends.
fn is_border(character: char) -> bool {
    matches!(character, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '！' | '!' | '？' | '?' | '\n')
}

fn clause(raw: &str) -> String {
    let bare = NUMBER.replace(raw, "");
    if PLACE.is_match(&bare) || DIALLED.is_match(&bare) {
        return String::new();
    }
    let parts: Vec<&str> = bare.split('、').filter(|part| !is_name(part)).collect();
    parts.join("、")
}

/// Whether a part of an enumeration only names a material.
fn is_name(part: &str) -> bool {
    let part = part.trim();
    MATERIAL.is_match(part) && !PREDICATE.is_match(part)
}

/// Characters that are read: no punctuation, no blanks.
pub(super) fn length(prose: &str) -> usize {
    prose.chars().filter(|character| character.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cited_or_named_is_no_prose() {
        for (sentence, expected) in [
            ("依据《中华人民共和国居民身份证法》（主席令第51号）第十二条第一款", vec!["依据"]),
            ("晋市审管发〔2023〕36号", vec![]),
            ("（一）居民身份证原件", vec![]),
            ("身份证、户口簿复印件、近期免冠照片两张、申请表", vec![]),
            ("请到泽州路1号政务大厅3号窗口", vec![]),
            ("咨询电话：0356-2026101", vec!["咨询电话"]),
            ("申请人应当提交居民身份证，年满18周岁", vec!["申请人应当提交居民身份证", "年满18周岁"]),
        ] {
            assert_eq!(clauses(sentence), expected, "{sentence}");
        }
    }
}
