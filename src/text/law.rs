//! 设定依据: names of laws, 文号, 条款.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::numeral::with_figures;
use super::plain::once;
use super::{pattern, words};

static ORDER: LazyLock<Regex> = LazyLock::new(|| pattern(r"第0*(\d+)号"));

static YEARED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(((?:19|20)\d\d)年?\)第?0*(\d+)号"));

/// `国务院第412号令`, which is 国务院令第412号.
static DECREE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(国务院|主席|部|总局|总署|委员会|委)第?0*(\d+)号令"));

/// What sort of law it is, in front of its title.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\(?(?:法律|行政法规|地方性法规|法规|部门规章|地方政府规章|政府规章|规章|规范性文件|国务院决定)\)?:?《",
    )
});

/// `第8、9条`, which is 第8条、第9条.
static LISTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"第(\d+(?:、\d+)*)、(\d+)(条|款|项)"));

/// `第12条(1)项`, which is 第12条第1项.
static UNORDERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(条|款)\(?(\d+)\)?(项)"));

static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"第\((\d+)\)(条|款|项|目)"));

/// The normal form of a legal basis: 中华人民共和国 in front of a title dropped, articles in figures, document numbers
/// (国发〔2023〕5号) in one form.
pub(super) fn normal(text: &str) -> String {
    let bare = once(text).replace("中华人民共和国", "").replace(['<', '>'], "");
    let figures = with_figures(&LABEL.replace_all(&bare, "《"));
    let documents = YEARED.replace_all(&figures, "($1)${2}号");
    let decrees = DECREE.replace_all(&documents, "${1}令${2}号");
    let orders = ORDER.replace_all(&decrees, "${1}号");
    let bracketed = BRACKETED.replace_all(&orders, "第$1$2");
    let ordered = UNORDERED.replace_all(&bracketed, "${1}第$2$3");
    words::of_plain(&each_with_its_unit(&ordered))
}

fn each_with_its_unit(text: &str) -> String {
    let mut current = text.to_owned();
    while let Cow::Owned(next) = LISTED.replace_all(&current, "第$1$3第$2$3") {
        current = next;
    }
    current
}
