//! 设定依据: names of laws, 文号, 条款.

use std::sync::LazyLock;

use regex::Regex;

use super::numeral::with_figures;
use super::plain::once;
use super::{pattern, words};

static ORDER: LazyLock<Regex> = LazyLock::new(|| pattern(r"第0*(\d+)号"));

static YEARED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(((?:19|20)\d\d)年?\)第?0*(\d+)号"));

static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"第\((\d+)\)(条|款|项|目)"));

/// The normal form of a legal basis: 中华人民共和国 in front of a title dropped, articles in figures, document numbers
/// (国发〔2023〕5号) in one form.
pub(super) fn normal(text: &str) -> String {
    let bare = once(text).replace("中华人民共和国", "").replace(['<', '>'], "");
    let figures = with_figures(&bare);
    let documents = YEARED.replace_all(&figures, "($1)${2}号");
    let orders = ORDER.replace_all(&documents, "${1}号");
    words::of_plain(&BRACKETED.replace_all(&orders, "第$1$2"))
}
