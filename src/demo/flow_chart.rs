//! 流程图: the stages of an item drawn as boxes and arrows.

use super::item::Item;
use std::fmt::Write as _;

/// An SVG with one box a stage.
pub(crate) fn draw(item: &Item, stages: &[&str]) -> String {
    let height = 70 + stages.len() * 80;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"{height}\" viewBox=\"0 0 320 {height}\" \
         font-family=\"sans-serif\"><rect width=\"320\" height=\"{height}\" fill=\"#f6f9fe\"/>\
         <text x=\"160\" y=\"32\" text-anchor=\"middle\" font-size=\"15\" fill=\"#1f4e9c\">{}</text>",
        escape(&shorten(&item.name))
    );
    for (index, stage) in stages.iter().enumerate() {
        let top = 52 + index * 80;
        let _ = write!(
            svg,
            "<rect x=\"80\" y=\"{top}\" width=\"160\" height=\"46\" rx=\"6\" fill=\"#fff\" stroke=\"#2469c8\" \
             stroke-width=\"2\"/><text x=\"160\" y=\"{}\" text-anchor=\"middle\" font-size=\"18\" \
             fill=\"#333\">{}</text>",
            top + 30,
            escape(stage)
        );
        if index + 1 < stages.len() {
            let (from, to) = (top + 46, top + 74);
            let _ = write!(
                svg,
                "<path d=\"M160 {from}V{to}M154 {}L160 {to}L166 {}\" stroke=\"#2469c8\" stroke-width=\"2\" \
                 fill=\"none\"/>",
                to - 7,
                to - 7
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

fn shorten(name: &str) -> String {
    if name.chars().count() > 17 { name.chars().take(16).chain(['…']).collect() } else { name.to_owned() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
