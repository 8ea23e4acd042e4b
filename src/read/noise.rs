//! Words on a page that are never part of a guide's content: controls that fold, copy and print, and the frame around
//! the content (menus, breadcrumbs, footers, search boxes, lists of hot items).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::Node;

use super::page::is_blank;

/// Words of controls, whole texts only.
const CONTROLS: &[&str] = &[
    "复制",
    "一键复制",
    "点击复制",
    "展开",
    "收起",
    "展开全部",
    "展开更多",
    "点击展开",
    "点击收起",
    "收起全部",
    "展开/收起",
    "展开收起",
    "全部展开",
    "全部收起",
    "查看更多",
    "点击查看更多",
    "加载更多",
    "更多",
    "更多>",
    "更多>>",
    "查看地图",
    "地图查看",
    "查看位置",
    "地图导航",
    "到这里去",
    "去这里",
    "导航",
    "点击查看",
    "查看全部",
    "打印",
    "打印本页",
    "关闭",
    "关闭窗口",
    "返回",
    "返回顶部",
    "返回上一页",
    "收藏",
    "分享",
    "纠错",
    "我要纠错",
    "拨打",
    "拨打电话",
    "一键拨号",
    "扫一扫",
    "播放",
    "暂停",
    "朗读",
    "语音播报",
    "放大",
    "缩小",
    "+",
    "-",
    ">",
    ">>",
    "»",
    "›",
    "∨",
    "∧",
    "▼",
    "▲",
    "▾",
    "▸",
    "▶",
    "↓",
    "↑",
    "﹀",
    "×",
    "❯",
    "|",
    "[展开]",
    "[收起]",
    "[复制]",
    "[查看地图]",
    "[更多]",
    "复制编码",
    "复制地址",
    "复制链接",
    "复制电话",
];

/// Whether a text run is a control's caption. Buttons that lead elsewhere (“下载”, “预览”) are content.
pub(super) fn is_noise(text: &str, holder: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    if !begins_like_control(text) {
        return false;
    }
    let bare: String = text.chars().filter(|character| !is_blank(*character)).map(halve).collect();
    if CONTROLS.contains(&bare.as_str()) {
        // A dash is the value of an empty cell, unless something is pressed there.
        return bare != "-" || matches!(holder, "a" | "button" | "i");
    }
    let inner = bare.trim_matches(is_bracket);
    !inner.is_empty() && inner.len() < bare.len() && CONTROLS.contains(&inner)
}

/// The brackets and arrows that stand around a control's words.
fn is_bracket(character: char) -> bool {
    "()[]<>▼▲∨∧+-↓↑﹀›".contains(character)
}

/// Whether a text begins with a letter that any control begins with: what nearly every text does not.
fn begins_like_control(text: &str) -> bool {
    static FIRST: LazyLock<BTreeSet<char>> =
        LazyLock::new(|| CONTROLS.iter().filter_map(|control| control.chars().next()).collect());
    let first = text.chars().filter(|character| !is_blank(*character)).map(halve).next();
    first.is_some_and(|first| FIRST.contains(&first) || is_bracket(first))
}

/// Whether a node is what appears when a pointer rests on a word: by its role, by the class names of the common kits, or hidden
/// under a name of that kind. The elements that such kits hang a tooltip on carry similar names, but are not hidden.
pub(super) fn is_tooltip(node: &Node) -> bool {
    const SHOWN: &[&str] =
        &["popper", "tooltip-inner", "popover-content", "popover-inner", "layui-layer-tips"];
    const HIDDEN: &[&str] = &["tooltip", "popover", "tip", "tips", "help", "hint", "bubble", "explain"];
    if node.attr("role") == Some("tooltip") {
        return true;
    }
    let Some(class) = node.attr("class") else { return false };
    // Nearly every class name is settled by its letters: all names of what is shown have a p in them.
    if !node.hidden && !class.bytes().any(|letter| letter.eq_ignore_ascii_case(&b'p')) {
        return false;
    }
    let class = class.to_ascii_lowercase();
    let token = |word: &str| class.split([' ', '-', '_']).any(|token| token == word);
    SHOWN.iter().any(|word| class.contains(word)) || node.hidden && HIDDEN.iter().any(|word| token(word))
}

/// Full-width ASCII to its half-width twin.
pub(super) fn halve(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        '〔' => '[',
        '〕' => ']',
        _ => character,
    }
}

/// Words in class names and ids of the frame around the content, as whole tokens.
const FRAME_TOKENS: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "footer",
    "foot",
    "copyright",
    "sidebar",
    "navbar",
    "topbar",
    "searchbar",
    "pagination",
    "pager",
    "friendlink",
    "recommend",
    "related",
    "hot",
    "hotlist",
    "filter",
    "filters",
    "siteheader",
    "topnav",
    "mainnav",
    "sitenav",
    "location",
    "position",
    "dqwz",
    "weizhi",
];

/// How surely a node is part of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Part of the content.
    No,
    /// A class name says so; wrong when most of the guide stands in it.
    Perhaps,
    /// Its element or role says so.
    Yes,
}

/// Whether a node opens a part of the frame.
pub(super) fn frame<'a>(node: &'a Node, names: &mut Names<'a>) -> Frame {
    if matches!(node.tag.as_str(), "footer") {
        return Frame::Yes;
    }
    if node.tag == "nav" {
        return Frame::Perhaps;
    }
    if matches!(node.attr("role"), Some("contentinfo" | "search" | "banner")) {
        return Frame::Yes;
    }
    if node.attr("role") == Some("navigation") {
        return Frame::Perhaps;
    }
    let given = [node.attr("class"), node.attr("id")];
    if given.into_iter().flatten().any(|name| names.holds(name)) { Frame::Perhaps } else { Frame::No }
}

/// Class names and ids that were met, with what came of them: a page says the same ones over and over.
pub(super) struct Names<'a> {
    known: FxHashMap<&'a str, bool>,
    test: fn(&str) -> bool,
}

impl<'a> Names<'a> {
    /// Names of which each single word is put to a test.
    pub(super) fn with(test: fn(&str) -> bool) -> Self {
        Self { known: FxHashMap::default(), test }
    }

    /// Names of the frame.
    pub(super) fn of_frame() -> Self {
        Self::with(is_frame_name)
    }

    /// Whether one of the words passes.
    pub(super) fn holds(&mut self, name: &'a str) -> bool {
        *self.known.entry(name).or_insert_with(|| name.split_whitespace().any(self.test))
    }
}

fn is_frame_name(name: &str) -> bool {
    /// The tokens by their length: most words of class names are compared with none of them.
    static BY_LENGTH: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
        let longest = FRAME_TOKENS.iter().map(|token| token.len()).max().unwrap_or_default();
        (0..=longest)
            .map(|length| FRAME_TOKENS.iter().copied().filter(|token| token.len() == length).collect())
            .collect()
    });
    let known = |token: &str| {
        BY_LENGTH
            .get(token.len())
            .is_some_and(|tokens| tokens.iter().any(|known| known.eq_ignore_ascii_case(token)))
    };
    let vague =
        |token: &str| token.eq_ignore_ascii_case("location") || token.eq_ignore_ascii_case("position");
    known(name) || name.split(['-', '_']).any(|token| known(token) && !vague(token))
}
