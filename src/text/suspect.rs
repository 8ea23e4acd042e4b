//! Values that are no content: placeholders, leaked templates, catch-all materials.

/// A value that stands where content should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// 无: says that there is nothing, which some elements may.
    Nothing,
    /// 暂无、待定: content is to come.
    Later,
    /// 详见…: content is elsewhere.
    Elsewhere,
}

/// Whether a whole value is a placeholder; `None` for content.
#[must_use]
pub fn placeholder(text: &str) -> Option<Placeholder> {
    match text.trim() {
        "无" | "—" | "--" | "/" => Some(Placeholder::Nothing),
        "暂无" | "待定" | "待补充" | "暂无数据" => Some(Placeholder::Later),
        bare if bare.starts_with("详见") || bare.starts_with("见附件") => Some(Placeholder::Elsewhere),
        _ => None,
    }
}

/// The piece of a template that leaked into a value (`undefined`, `{{…}}`, a bare unit); `None` for ordinary text.
#[must_use]
pub fn leak(text: &str) -> Option<String> {
    ["undefined", "null", "NaN", "[object Object]"]
        .into_iter()
        .find(|piece| text.contains(piece))
        .map(str::to_owned)
}

/// The catch-all words in a list of materials or conditions (“其他材料”), which 国办函〔2017〕115号 forbids.
#[must_use]
pub fn catch_all(text: &str) -> Option<String> {
    ["其他材料", "有关材料", "相关材料"].into_iter().find(|piece| text.contains(piece)).map(str::to_owned)
}
