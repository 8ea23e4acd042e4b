//! Snapshots and pictures of the page.

use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::fault::Fault;
use super::script::{MASK, SNAPSHOT, UNMASK, read};
use super::session::WebDriverSession;
use super::wire::PAINT;
use crate::browser::port::{BrowserError, Picture};
use crate::model::{Attributes, Node, Rect, Snapshot, Speed};

/// Most nodes of a snapshot.
pub(in crate::browser) const MOST_NODES: usize = 60_000;
/// Longest text of one node, in characters.
pub(in crate::browser) const MOST_TEXT: usize = 20_000;
/// Most text and attributes of a whole snapshot, in characters.
pub(in crate::browser) const MOST_TOTAL: usize = 4_000_000;
/// Tallest picture, in CSS pixels.
const TALLEST: f64 = 6000.0;

/// The page as the script writes it: short, because it is large.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    url: String,
    title: String,
    notes: Vec<String>,
    tags: Vec<SmolStr>,
    #[serde(default)]
    data: Vec<String>,
    nodes: Vec<WrittenNode>,
}

/// A node; what is nothing is left out at its end.
struct WrittenNode {
    parent: u32,
    tag: usize,
    flags: u8,
    text: String,
    attrs: OrNone<Attributes>,
    rect: OrNone<Rect>,
    size: f32,
}

/// What the script writes as 0 where there is none.
struct OrNone<T>(Option<T>);

impl<T> Default for OrNone<T> {
    fn default() -> Self {
        Self(None)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    masked: usize,
    width: f64,
    height: f64,
    ratio: f64,
}

const HIDDEN: u8 = 1;
const BOLD: u8 = 2;
/// As visible as what it holds.
const HOLDS: u8 = 4;

/// What the snapshot script has to know.
pub(super) fn capturing(speed: Speed) -> Value {
    json!({ "nodes": MOST_NODES, "text": MOST_TEXT, "total": MOST_TOTAL, "pictures": speed == Speed::Painted })
}

impl WebDriverSession {
    pub(super) async fn capture(&mut self) -> Result<Snapshot, BrowserError> {
        self.follow_touch().await?;
        let written = self.script(&SNAPSHOT, &capturing(self.speed)).await?;
        self.read_capture(&written)
    }

    /// The snapshot that the script wrote down.
    pub(super) fn read_capture(&mut self, written: &Value) -> Result<Snapshot, BrowserError> {
        let unread = |why: String| Fault::Refused(why).lost();
        let written = written.as_str().ok_or_else(|| unread("页面快照是空的".to_owned()))?;
        let written: Written = serde_json::from_str(written).map_err(|error| unread(error.to_string()))?;
        let mut snapshot = snapshot_of(written, self.speed);
        let alerts = self.wire.alerts.drain(..).map(|text| format!("页面弹出过提示框：{text}"));
        snapshot.notes.extend(alerts);
        Ok(snapshot)
    }

    pub(super) async fn picture(&mut self) -> Result<Option<Picture>, BrowserError> {
        if self.speed != Speed::Painted {
            return Ok(None);
        }
        self.follow().await?;
        let page: Page = read(self.script(&MASK, &Value::Null).await?).map_err(Fault::lost)?;
        let taken = self.take(&page).await;
        if page.masked > 0 {
            self.script(&UNMASK, &Value::Null).await?;
        }
        taken
    }

    async fn take(&mut self, page: &Page) -> Result<Option<Picture>, BrowserError> {
        let clip = json!({ "x": 0, "y": 0, "width": page.width, "height": page.height.min(TALLEST), "scale": 1.0 / page.ratio });
        let whole = json!({ "format": "jpeg", "quality": 60, "captureBeyondViewport": true, "clip": clip });
        let painted = match self.wire.paint(&whole).await {
            Some(painted) => painted,
            None => self.wire.devtools(PAINT, whole).await.map(|said| said["data"].clone()),
        };
        let (format, data) = match painted {
            Ok(data) => ("jpeg", data),
            Err(fault @ Fault::Lost(_)) => return Err(fault.lost()),
            Err(_) => ("png", self.wire.get("screenshot").await.map_err(Fault::lost)?),
        };
        let bytes = data.as_str().and_then(|data| STANDARD.decode(data).ok());
        Ok(bytes.map(|bytes| Picture { format, bytes }))
    }
}

fn snapshot_of(written: Written, speed: Speed) -> Snapshot {
    let Written { url, title, notes, data, tags, nodes } = written;
    let holders: Vec<bool> = nodes.iter().map(|node| node.flags & HOLDS != 0).collect();
    let mut nodes: Vec<Node> = nodes
        .into_iter()
        .enumerate()
        .map(|(at, WrittenNode { parent, tag, flags, text, attrs, rect, size })| Node {
            // A parent stands before its children; anything else would be our own mistake, and a reader must not loop.
            parent: parent.min(u32::try_from(at.saturating_sub(1)).unwrap_or_default()),
            tag: tags.get(tag).cloned().unwrap_or_default(),
            text,
            hidden: flags & HIDDEN != 0,
            attrs: attrs.0.unwrap_or_default(),
            rect: rect.0,
            font_size: (size > 0.0).then_some(size),
            bold: flags & BOLD != 0,
        })
        .collect();
    hide_empty(&mut nodes, &holders);
    Snapshot { url, title, speed, nodes, data, notes }
}

/// Hides what only holds other things once all of those are hidden.
fn hide_empty(nodes: &mut [Node], holders: &[bool]) {
    let (mut holds, mut shows) = (vec![false; nodes.len()], vec![false; nodes.len()]);
    for at in (1..nodes.len()).rev() {
        if holders[at] && holds[at] && !shows[at] {
            nodes[at].hidden = true;
        }
        let parent = nodes[at].parent as usize;
        holds[parent] = true;
        shows[parent] |= !nodes[at].hidden;
    }
}

impl<'de> Deserialize<'de> for WrittenNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;

        impl<'de> Visitor<'de> for Parts {
            type Value = WrittenNode;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a node")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<WrittenNode, A::Error> {
                Ok(WrittenNode {
                    parent: part(&mut parts)?,
                    tag: part(&mut parts)?,
                    flags: part(&mut parts)?,
                    text: part(&mut parts)?,
                    attrs: part(&mut parts)?,
                    rect: part(&mut parts)?,
                    size: part(&mut parts)?,
                })
            }
        }

        deserializer.deserialize_seq(Parts)
    }
}

/// The next part of a list, or nothing of it.
fn part<'de, T: Default + Deserialize<'de>, A: SeqAccess<'de>>(parts: &mut A) -> Result<T, A::Error> {
    Ok(parts.next_element()?.unwrap_or_default())
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrNone<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ZeroOr<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ZeroOr<T> {
            type Value = OrNone<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("0 or a thing")
            }

            fn visit_u64<E>(self, _: u64) -> Result<OrNone<T>, E> {
                Ok(OrNone(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OrNone<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(|thing| OrNone(Some(thing)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<OrNone<T>, A::Error> {
                T::deserialize(SeqAccessDeserializer::new(list)).map(|thing| OrNone(Some(thing)))
            }
        }

        deserializer.deserialize_any(ZeroOr(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(nodes: &str) -> Vec<Node> {
        let page =
            format!(r##"{{"url":"","title":"","notes":[],"tags":["body","div","#text"],"nodes":{nodes}}}"##);
        snapshot_of(serde_json::from_str(&page).unwrap(), Speed::Painted).nodes
    }

    #[test]
    fn what_is_nothing_may_be_left_out_at_the_end_of_a_node() {
        let nodes = read(r#"[[0,0],[0,1,2,"",{"class":"a"},[1,2,3.5,4],16],[1,2,1,"字"]]"#);
        let bare = Node { tag: "body".into(), ..Node::default() };
        assert_eq!(nodes[0], bare);
        assert_eq!(
            (nodes[1].bold, nodes[1].attr("class"), nodes[1].font_size),
            (true, Some("a"), Some(16.0))
        );
        assert_eq!(
            (nodes[1].rect, nodes[2].text.as_str(), nodes[2].hidden),
            (Some(Rect(1.0, 2.0, 3.5, 4.0)), "字", true)
        );
    }

    #[test]
    fn what_only_holds_hidden_things_is_hidden() {
        let nodes = read(r#"[[0,0],[0,1,4],[1,1,4],[2,2,1,"藏"],[0,1,4],[4,2,1,"藏"],[4,2,0,"见"],[0,1,4]]"#);
        let hidden: Vec<bool> = nodes.iter().map(|node| node.hidden).collect();
        assert_eq!(hidden, [false, true, true, true, false, true, false, false]);
    }
}
