//! Reading pages: snapshot in, facts out. Pure functions without configuration: guide elements are found by the
//! catalogue's labels in whatever structure a page has. It knows nothing of browsers, channels or checks.

mod candidate;
mod choose;
mod cut;
mod data;
mod follow;
mod frame;
mod geometry;
mod grid;
mod heading;
mod labels;
mod line;
mod login;
mod materials;
mod media;
mod name;
mod noise;
mod order;
mod page;
mod rivals;
mod section;
mod shape;
mod spot;
mod tabs;
mod tag;
mod target;
mod template;
mod value;
mod words;

use crate::model::{Capture, Facts, Guide, ReadWhat, Snapshot, Visit};

pub use login::is_signed_in;
use page::Page;
pub use template::Template;

/// The guide on a page. A page that is none gives a guide with few or no elements.
#[must_use]
pub fn guide(snapshot: &Snapshot) -> Guide {
    guide_within(snapshot, &Template::default())
}

/// The guide on a page of a portal whose template is known: what the template holds is not read.
#[must_use]
pub fn guide_within(snapshot: &Snapshot, template: &Template) -> Guide {
    let page = Page::new(snapshot);
    let mut guide = match page.len() {
        0 => Guide { url: snapshot.url.clone(), title: snapshot.title.clone(), ..Guide::default() },
        _ => shown(&page, snapshot, template),
    };
    data::complete(&mut guide, snapshot);
    guide
}

/// The guide on a page of a portal whose template is known, where what the template says only gives way to what the page itself says:
/// a hall's phone may well be the same on all pages, and nobody is told that it is missing.
#[must_use]
pub fn guide_of_portal(snapshot: &Snapshot, template: &Template) -> Guide {
    let mut whole = guide(snapshot);
    if !template.is_empty() {
        let own = guide_within(snapshot, template);
        whole.elements.extend(own.elements.into_iter().filter(|(_, reading)| !reading.text.is_empty()));
        whole.rivals = own.rivals;
        whole.title = own.title;
    }
    whole
}

/// What the page itself shows.
fn shown(page: &Page<'_>, snapshot: &Snapshot, template: &Template) -> Guide {
    let found = candidate::collect(page, template);
    let materials = materials::read(page, &found);
    let media = media::read(page, &found);
    let mut elements = choose::choose(page, &found);
    materials::speak_for(&mut elements, &materials);
    let title = name::title(page, &found, snapshot);
    name::fall_back(page, &title, &mut elements);
    let title = name::labelled(&elements).unwrap_or(title);
    let rivals = rivals::rivals(&found, &elements);
    Guide { url: snapshot.url.clone(), title, elements, rivals, materials, media, notes: media::notes(page) }
}

/// Everything that the captures of a visit show. `load` gives the page of a capture, where it is still there; `template` is what the
/// pages of its channel share.
#[must_use]
pub fn facts(visit: &Visit, load: &dyn Fn(&Capture) -> Option<Snapshot>, template: &Template) -> Facts {
    let last = |what: ReadWhat| {
        let capture = visit.captures.iter().rev().find(|capture| capture.what == what)?;
        Some((capture.id.clone(), load(capture)?))
    };
    let read = last(ReadWhat::Guide).map(|(id, page)| (id, guide_of_portal(&page, template)));
    let login = login::read(
        visit.shown_name.as_deref(),
        last(ReadWhat::LoginForm),
        last(ReadWhat::LoginResult),
        last(ReadWhat::LoginError),
    );
    Facts { guide: read, login }
}

/// The guide of a page that was seen a second time; `None` when it was not, or showed none then.
#[must_use]
pub fn guide_again(
    visit: &Visit,
    load: &dyn Fn(&Capture) -> Option<Snapshot>,
    template: &Template,
) -> Option<Guide> {
    let capture = visit.captures.iter().find(|capture| capture.what == ReadWhat::GuideAgain)?;
    let read = guide_of_portal(&load(capture)?, template);
    (!read.elements.is_empty()).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Node, Rect};
    use proptest::prelude::*;

    const TAGS: &[&str] = &[
        "#text", "#text", "#text", "div", "p", "span", "td", "th", "tr", "table", "li", "ul", "h2", "h3",
        "dl", "dt", "dd", "a", "b", "br", "img", "button", "thead", "#shadow", "uni-view", "label",
    ];
    const TEXTS: &[&str] = &[
        "办理地点",
        "承诺办结时限：",
        "5个工作日",
        "申请材料",
        "材料名称",
        "份数",
        "1、身份证；2、申请表（原件1份）",
        "一、受理条件：有房",
        "【咨询电话】0356-2026000",
        "-",
        "序号",
        "环节",
        "事项名称 排水许可",
        "取水许可申请...",
        "0",
        "办理地点、时间",
        "",
        "第三十五条三、",
        "（",
        "材料形式：纸质；份数：1",
        "\u{e602}",
        "：",
        "*",
        "无",
    ];

    fn node() -> impl Strategy<Value = (usize, usize, usize, bool, bool)> {
        (any::<usize>(), 0..TAGS.len(), 0..TEXTS.len(), any::<bool>(), any::<bool>())
    }

    fn tree(nodes: &[(usize, usize, usize, bool, bool)]) -> Snapshot {
        let root = Node { tag: "body".into(), ..Node::default() };
        let rest = nodes.iter().enumerate().map(|(at, (parent, tag, text, hidden, boxed))| {
            let tag = TAGS[*tag];
            let attrs = [
                ("class", "row title"),
                ("rowspan", "2"),
                ("title", "取水许可申请书（含附件）"),
                ("href", "#a"),
            ];
            let attrs =
                attrs.into_iter().skip(text % 4).map(|(name, value)| (name.to_owned(), value.to_owned()));
            Node {
                parent: (parent % (at + 1)) as u32,
                tag: tag.into(),
                text: if tag == "#text" { TEXTS[*text].into() } else { String::new() },
                hidden: *hidden && *boxed,
                attrs: attrs.collect(),
                rect: boxed.then_some(Rect((text * 37 % 900) as f32, (at * 13 % 700) as f32, 120.0, 20.0)),
                ..Node::default()
            }
        });
        Snapshot { nodes: std::iter::once(root).chain(rest).collect(), ..Snapshot::default() }
    }

    proptest! {
        #[test]
        fn any_tree_is_read_and_every_reading_points_into_it(nodes in proptest::collection::vec(node(), 0..120)) {
            let snapshot = tree(&nodes);
            let guide = guide(&snapshot);
            for reading in guide.elements.values() {
                prop_assert!((reading.node as usize) < snapshot.nodes.len());
            }
            prop_assert!(guide.materials.iter().all(|row| !row.name().trim().is_empty()));
        }
    }

    /// Three seconds without optimisation, and ten times that beside other work; what grows with the square of the depth takes
    /// many minutes.
    const MOST_TIME: std::time::Duration = std::time::Duration::from_secs(90);

    #[test]
    fn labels_nested_ten_thousand_deep_take_no_more_than_their_share() {
        let mut nodes = vec![Node { tag: "body".into(), ..Node::default() }];
        for depth in 0..10_000_u32 {
            nodes.push(Node { parent: (2 * depth).saturating_sub(1), tag: "div".into(), ..Node::default() });
            let above = nodes.len() as u32 - 1;
            nodes.push(Node {
                parent: above,
                tag: "#text".into(),
                text: "办理地点：".into(),
                ..Node::default()
            });
        }
        let begun = std::time::Instant::now();
        let guide = guide(&Snapshot { nodes, ..Snapshot::default() });
        assert!(guide.elements.contains_key("place"));
        assert!(begun.elapsed() < MOST_TIME, "{:?}", begun.elapsed());
    }

    #[test]
    fn tables_nested_in_tables_take_no_more_than_their_share() {
        let mut nodes = vec![Node { tag: "body".into(), ..Node::default() }];
        let mut add = |parent: usize, tag: &str, text: &str| {
            let node = Node { parent: parent as u32, tag: tag.into(), text: text.into(), ..Node::default() };
            nodes.push(node);
            nodes.len() - 1
        };
        let mut around = 0;
        for _ in 0..2_500 {
            let table = add(around, "table", "");
            let head = add(table, "tr", "");
            for text in ["材料名称", "材料形式", "办理地点"] {
                let cell = add(head, "th", "");
                add(cell, "#text", text);
            }
            let row = add(table, "tr", "");
            for text in ["身份证", "原件"] {
                let cell = add(row, "td", "");
                add(cell, "#text", text);
            }
            around = add(row, "td", "");
        }
        let begun = std::time::Instant::now();
        let guide = guide(&Snapshot { nodes, ..Snapshot::default() });
        assert!(!guide.materials.is_empty());
        assert!(begun.elapsed() < MOST_TIME, "{:?}", begun.elapsed());
    }
}
