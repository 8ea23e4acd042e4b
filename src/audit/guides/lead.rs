//! Leads: where a page leads, as far as a careful visitor would follow.

use std::collections::BTreeSet;

use url::Url;

use super::address;
use crate::model::{Node, Snapshot};
use crate::runner::Guard;
use crate::text;

/// What is pressed to do something rather than to read something.
const COMMANDS: [&str; 40] = [
    "登录",
    "登陆",
    "个人登录",
    "法人登录",
    "用户登录",
    "注册",
    "立即注册",
    "退出",
    "退出登录",
    "注销",
    "立即办理",
    "在线办理",
    "网上办理",
    "马上办理",
    "我要办理",
    "去办理",
    "我要办",
    "办理",
    "在线申办",
    "立即申办",
    "申办",
    "在线申报",
    "立即申报",
    "立即预约",
    "在线预约",
    "预约办理",
    "我要预约",
    "去预约",
    "我要评价",
    "评价",
    "去评价",
    "我要投诉",
    "我要咨询",
    "收藏",
    "分享",
    "打印",
    "下载",
    "删除",
    "取消",
    "返回",
];
/// Endings of what is no page.
const FILES: [&str; 30] = [
    "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "zip", "rar", "7z", "gz", "jpg", "jpeg",
    "png", "gif", "svg", "ico", "bmp", "mp4", "mp3", "avi", "flv", "apk", "ipa", "exe", "css", "js", "ofd",
];
/// Paths that log somebody out or send something, whatever their words.
const DANGEROUS: [&str; 6] = ["logout", "signout", "loginout", "unsubscribe", "submit", "delete"];
/// More leads than any honest page has.
const MOST_LEADS: usize = 3000;
/// Longer words than any link has.
const LONGEST_WORDS: usize = 120;

/// A place that a page leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) url: Url,
    pub(super) words: String,
}

/// Every address that a page leads to and that may be followed, in page order, each once.
pub(super) fn leads(page: &Snapshot, guard: &Guard) -> Vec<Found> {
    let Ok(base) = Url::parse(&page.url) else { return Vec::new() };
    let words = words_of_links(page);
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for (at, node) in page.nodes.iter().enumerate() {
        let words = words.get(at).map(String::as_str).unwrap_or_default();
        for address in addresses(node) {
            let Ok(url) = base.join(&address) else { continue };
            if found.len() < MOST_LEADS
                && may_be_followed(&url, words, guard)
                && known.insert(address::key(&url))
            {
                found.push(Found { url, words: words.to_owned() });
            }
        }
    }
    found
}

/// Where a node leads: a link's address, a frame's, and what a script says that is plainly an address.
fn addresses(node: &Node) -> Vec<String> {
    if node.attr("download").is_some() {
        return Vec::new();
    }
    let mut found = Vec::new();
    if matches!(node.tag.as_str(), "a" | "area") {
        found.extend(node.attr("href").map(str::to_owned));
    }
    if matches!(node.tag.as_str(), "iframe" | "frame" | "#frame") {
        found.extend(node.attr("src").map(str::to_owned));
    }
    found.extend(node.attr("onclick").into_iter().flat_map(quoted_addresses));
    found
}

/// Addresses in quotation marks in a piece of script (`location.href='/guide/1'`).
fn quoted_addresses(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in ['\'', '"'] {
        let quoted = script.split(mark).skip(1).step_by(2).filter(|text| {
            let page = text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://");
            let file =
                [".html", ".htm", ".jsp", ".do", ".action", ".aspx"].iter().any(|end| text.contains(end));
            (page || file) && text.len() < 400 && !text.contains(char::is_whitespace)
        });
        found.extend(quoted.map(str::to_owned));
    }
    found
}

fn may_be_followed(url: &Url, words: &str, guard: &Guard) -> bool {
    let path = url.path().to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_file = name.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending));
    let dangerous = path.split(['/', '.', '_', '-']).any(|part| DANGEROUS.contains(&part));
    let said = text::plain(words);
    let submits = is_command(&said) && guard.submission_word(words, None).is_some();
    guard.allows(url) && !is_file && !dangerous && !submits && !COMMANDS.contains(&said.as_str())
}

/// Words that are said to a button; the names of items (生育津贴支付) are longer and begin otherwise.
fn is_command(said: &str) -> bool {
    let begins = ["确认", "立即", "马上", "我要", "去", "在线", "网上", "提交"]
        .iter()
        .any(|word| said.starts_with(word));
    let letters = said.chars().count();
    letters <= 4 || (begins && letters <= 8)
}

/// For each node that leads somewhere, the words inside it.
fn words_of_links(page: &Snapshot) -> Vec<String> {
    let mut words = vec![String::new(); page.nodes.len()];
    // The nearest node above that leads somewhere; parents stand before their children.
    let mut inside: Vec<Option<usize>> = Vec::with_capacity(page.nodes.len());
    for (at, node) in page.nodes.iter().enumerate() {
        let above = inside.get(node.parent as usize).copied().flatten();
        let here = if addresses(node).is_empty() { above } else { Some(at) };
        inside.push(here);
        if let Some(link) = here
            && node.is_text()
            && words[link].chars().count() < LONGEST_WORDS
        {
            words[link].push_str(node.text.trim());
        }
    }
    words
}

/// Whether words turn a page of a list (下一页, 3, 末页).
pub(super) fn turns_a_page(words: &str) -> bool {
    let said = text::plain(words);
    let number = !said.is_empty() && said.len() <= 4 && said.bytes().all(|byte| byte.is_ascii_digit());
    number
        || ["下一页", "下页", "后一页", "末页", "尾页", "更多", "查看更多", ">", "»", "next"]
            .contains(&said.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Pace, Portal};

    fn guard() -> Guard {
        Guard::of(&Portal {
            standard: crate::model::Standard::default(),
            name: String::new(),
            hosts: vec!["a.cn".to_owned()],
            submit_words: vec!["提交".to_owned(), "支付".to_owned()],
            forbidden_paths: Vec::new(),
            allowed_paths: Vec::new(),
            pace: Pace { per_second: 1 },
            channels: Vec::new(),
            accounts: Vec::new(),
            items: Vec::new(),
        })
    }

    fn followed(html: &str) -> Vec<String> {
        let page = crate::browser::html::snapshot_of(html, "http://a.cn/list");
        leads(&page, &guard()).into_iter().map(|lead| lead.url.to_string()).collect()
    }

    #[test]
    fn links_frames_and_scripted_entries_are_followed_once() {
        let html = r#"<a href="/guide/1">甲</a><a href="/guide/1?_t=5">又是甲</a><iframe src="/frame"></iframe>
            <div onclick="location.href='/guide/2'">乙</div><area href="c.html">"#;
        assert_eq!(
            followed(html),
            ["http://a.cn/guide/1", "http://a.cn/frame", "http://a.cn/guide/2", "http://a.cn/c.html"]
        );
    }

    #[test]
    fn nothing_that_acts_leaves_or_is_a_file_is_followed() {
        let html = r#"<a href="/apply/1">立即办理</a><a href="/x">提 交</a><a href="/logout">王某</a>
            <a href="http://b.cn/">外站</a><a href="/a.PDF">表格</a><a href="javascript:go()">去</a>
            <a href="mailto:a@a.cn">写信</a><a download href="/d">下载一份</a>"#;
        assert_eq!(followed(html), Vec::<String>::new());
    }

    #[test]
    fn the_name_of_an_item_may_speak_of_paying() {
        assert_eq!(followed(r#"<a href="/guide/3">生育津贴支付</a>"#), ["http://a.cn/guide/3"]);
        assert_eq!(
            followed(r#"<a href="/pay/3">立即支付</a><a href="/pay/4">确认提交申请</a>"#),
            Vec::<String>::new()
        );
    }

    #[test]
    fn pages_of_a_list_are_turned_by_words_and_numbers() {
        assert!(["下一页", "3", " 下一页 > "].iter().filter(|words| turns_a_page(words)).count() >= 2);
        assert!(!turns_a_page("个人办事") && !turns_a_page("20261"));
    }
}
