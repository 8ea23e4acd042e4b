//! 并排: the guides of one item on the channels where one was really read, and why the others could not be.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{
    Attachment, BASELINE, Case, ChannelId, Ending, Guide, Item, Likeness, Reading, Said, Saying, Sureness,
    Unseen, Visit, Witness,
};
use crate::text::{self, Sort};

use super::roll::Roll;

/// Below this many elements a page shows a log-in wall, an error or something else, but no guide.
const FEWEST_ELEMENTS: usize = 3;

/// Below this similarity two names cannot mean the same item.
const OTHER_NAME: f64 = 0.6;

/// One channel's guide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side<'a> {
    /// The channel.
    pub(super) channel: &'a ChannelId,
    /// Id of the capture it was read from.
    pub(super) capture: &'a str,
    /// What was read.
    pub(super) guide: &'a Guide,
    /// What asking for its files and entries gave.
    pub(super) attachments: &'a [Attachment],
}

/// All channels of a case, as one check sees them.
#[derive(Debug)]
pub(super) struct Sides<'a> {
    /// The channels whose guide was read, in the portal file's order.
    pub(super) seen: Vec<Side<'a>>,
    /// The channels that were visited but showed no guide.
    pub(super) unseen: Vec<Unseen>,
    /// Every channel of the case.
    pub(super) channels: &'a [ChannelId],
    /// The channel that is declared to be right.
    pub(super) authority: Option<&'a ChannelId>,
    /// What the office's own database says of the item.
    pub(super) truth: Option<&'a Guide>,
}

/// The name under which the office's own database stands beside the channels.
static TRUTH: LazyLock<ChannelId> = LazyLock::new(|| ChannelId::from(BASELINE));

impl<'a> Side<'a> {
    /// What was read of an element, label and value.
    pub(super) fn reading(&self, element: &str) -> Option<&'a Reading> {
        self.guide.elements.get(element)
    }

    /// The words of an element for side-by-side views; an empty value counts as [`Said::Nothing`].
    pub(super) fn saying(&self, element: &str) -> Saying {
        let reading = self.reading(element);
        let medium = self.guide.media.iter().find(|medium| medium.element == element);
        let text = match reading.map(|reading| reading.text.trim()) {
            Some("") | None => medium.map_or("", |medium| medium.text.as_str()),
            Some(text) => text,
        };
        let said = if text.is_empty() { Said::Nothing } else { Said::Text(text.to_owned()) };
        let node = reading.map(|reading| reading.node).or(medium.map(|medium| medium.node));
        Saying { said, capture: self.evidence(), node }
    }

    /// Id of the capture that shows the page; a page that was only read keeps none.
    pub(super) fn evidence(&self) -> Option<String> {
        (!self.capture.is_empty()).then(|| self.capture.to_owned())
    }
}

impl<'a> Sides<'a> {
    /// Lays the visits that serve `check` side by side.
    pub(super) fn of(case: &'a Case, check: &'a str, roll: &'a Roll) -> Self {
        let mut seen = Vec::new();
        let mut unseen = Vec::new();
        for channel in &case.channels {
            let witnesses: Vec<&Witness> = case.on(channel, check).collect();
            match side_of(case.item.as_ref(), channel, &witnesses, roll) {
                Ok(Some(side)) => seen.push(side),
                Ok(None) => {}
                Err(why) => unseen.push(why.into_row(check, channel, case.item_name())),
            }
        }
        let truth = case.item.as_ref().and_then(|item| roll.filed(item));
        Self { seen, unseen, channels: &case.channels, authority: roll.authority(), truth }
    }

    /// One page by itself.
    pub(super) fn of_page(channel: &'a ChannelId, guide: &'a Guide, attachments: &'a [Attachment]) -> Self {
        let seen = vec![Side { channel, capture: "", guide, attachments }];
        let channels = std::slice::from_ref(channel);
        Self { seen, unseen: Vec::new(), channels, authority: None, truth: None }
    }

    /// The same with the office's database as one more side, the last, that is declared to be right; `None` where it
    /// says nothing of the item.
    pub(super) fn beside_truth(&self) -> Option<Self> {
        let side = Side { channel: &TRUTH, capture: "", guide: self.truth?, attachments: &[] };
        let seen = self.seen.iter().copied().chain([side]).collect();
        Some(Self {
            seen,
            unseen: Vec::new(),
            channels: self.channels,
            authority: Some(&TRUTH),
            truth: self.truth,
        })
    }

    /// Whether the office's database is among the sides, and so the authority.
    pub(super) fn has_truth(&self) -> bool {
        self.authority == Some(&*TRUTH)
    }

    /// What every channel of the case says, [`Said::Unseen`] where no guide was read.
    pub(super) fn sayings(&self, say: impl Fn(&Side<'a>) -> Saying) -> BTreeMap<ChannelId, Saying> {
        let mut sayings: BTreeMap<ChannelId, Saying> =
            self.channels.iter().map(|channel| (channel.clone(), unseen_saying())).collect();
        for side in &self.seen {
            sayings.insert(side.channel.clone(), say(side));
        }
        sayings
    }

    /// Whether a comparison is out of reach because only one channel was ever to be looked at.
    pub(super) fn is_single_channel(&self) -> bool {
        self.channels.len() == 1
    }
}

pub(super) fn unseen_saying() -> Saying {
    Saying { said: Said::Unseen, capture: None, node: None }
}

/// Why a channel shows nothing to judge.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Blind {
    pub(super) why: String,
    pub(super) capture: Option<String>,
}

impl Blind {
    /// The obstacle that a visit met, or `otherwise` when it went through all its steps.
    pub(super) fn of_visit(visit: &Visit, otherwise: &str) -> Self {
        match &visit.ending {
            Ending::Blocked(obstacle) => {
                Self { why: obstacle.said.clone(), capture: obstacle.capture.clone() }
            }
            Ending::Completed => Self {
                why: otherwise.to_owned(),
                capture: visit.captures.last().map(|capture| capture.id.clone()),
            },
        }
    }

    pub(super) fn into_row(self, check: &str, channel: &ChannelId, item: &str) -> Unseen {
        Unseen {
            checks: vec![check.to_owned()],
            channel: Some(channel.clone()),
            items: Some(item.to_owned()).filter(|item| !item.is_empty()).into_iter().collect(),
            why: self.why,
            incomplete: true,
            capture: self.capture,
        }
    }
}

fn side_of<'a>(
    item: Option<&Item>,
    channel: &'a ChannelId,
    witnesses: &[&'a Witness],
    roll: &Roll,
) -> Result<Option<Side<'a>>, Blind> {
    let mut why = None;
    for witness in witnesses {
        let Some((capture, guide)) = &witness.facts.guide else {
            why.get_or_insert_with(|| Blind::of_visit(&witness.visit, "走访中没有读取办事指南页面"));
            continue;
        };
        match objection(item, guide, roll) {
            None => {
                let attachments = &witness.visit.attachments;
                return Ok(Some(Side { channel, capture, guide, attachments }));
            }
            Some(objection) => {
                why.get_or_insert(Blind { why: objection, capture: Some(capture.clone()) });
            }
        }
    }
    why.map_or(Ok(None), Err)
}

/// Whether a page says enough to be a guide at all.
pub(super) fn is_guide(guide: &Guide) -> bool {
    let said = guide.elements.values().filter(|reading| !reading.text.trim().is_empty()).count();
    said + usize::from(!guide.materials.is_empty()) >= FEWEST_ELEMENTS
}

/// Why a page cannot be taken for this item's guide; `None` when it can.
fn objection(item: Option<&Item>, guide: &Guide, roll: &Roll) -> Option<String> {
    if !is_guide(guide) {
        return Some("页面上没有读到办事指南".to_owned());
    }
    let other = other_name(item?, guide, roll)?;
    Some(format!("打开的是“{}”的办事指南，不是要看的事项", text::printable(other)))
}

/// The name on the page when it surely is another item's. A page whose name is only a little wrong is a finding, not
/// another page; the code settles it where both sides show one.
fn other_name<'a>(item: &Item, guide: &'a Guide, roll: &Roll) -> Option<&'a str> {
    let reading = guide.elements.get("item_name").filter(|reading| reading.sure != Sureness::Doubtful)?;
    let shown = reading.text.as_str();
    let is_called = |name: &str| text::likeness(Sort::Name, name, shown) != Likeness::Differs;
    if shown.trim().is_empty() || item_names(item).any(is_called) || same_code(item, guide) {
        return None;
    }
    let contained = |name: &str| {
        let (name, shown) = (text::normal(Sort::Name, name), text::normal(Sort::Name, shown));
        name.contains(&shown) || shown.contains(&name)
    };
    let others = || roll.items.iter().filter(|other| other.name != item.name);
    if others().any(|other| is_called(&other.name)) {
        return Some(shown);
    }
    let near = |name: &str| contained(name) || text::similarity(name, shown) >= OTHER_NAME;
    (!item_names(item).any(near)).then_some(shown)
}

fn item_names(item: &Item) -> impl Iterator<Item = &str> {
    std::iter::once(item.name.as_str()).chain(item.colloquial.iter().map(String::as_str))
}

fn same_code(item: &Item, guide: &Guide) -> bool {
    let shown = guide.elements.get("impl_code").map_or("", |reading| reading.text.as_str());
    item.code.as_deref().is_some_and(|code| {
        !shown.trim().is_empty() && text::likeness(Sort::Code, code, shown) != Likeness::Differs
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, visit};
    use super::*;

    fn sides_of(trial: &Trial) -> (Vec<String>, Vec<String>) {
        let (case, roll) = (trial.case(), trial.roll());
        let sides = Sides::of(&case, "guide.consistency", &roll);
        (
            sides.seen.iter().map(|side| side.channel.0.clone()).collect(),
            sides.unseen.iter().map(|row| row.why.clone()).collect(),
        )
    }

    #[test]
    fn a_blocked_channel_is_unseen_with_the_words_of_its_obstacle() {
        let trial = Trial::new().blocked("app", "渠道没有响应");
        assert_eq!(
            sides_of(&trial),
            (vec!["pc".into(), "mini".into(), "kiosk".into()], vec!["渠道没有响应".into()])
        );
    }

    #[test]
    fn a_channel_blocked_after_its_guide_was_read_is_seen() {
        let trial = Trial::new().visit_on("app", |witness| visit::block(witness, "页面没有返回按钮"));
        assert_eq!(sides_of(&trial).0.len(), 4);
    }

    #[test]
    fn a_page_with_almost_nothing_on_it_is_not_a_guide() {
        let trial = Trial::new().guide_on("app", |guide| {
            guide.materials.clear();
            guide.elements.retain(|id, _| id == "item_name");
        });
        assert_eq!(sides_of(&trial).1, ["页面上没有读到办事指南"]);
    }

    #[test]
    fn the_guide_of_another_item_is_not_this_items_guide() {
        let trial = Trial::new().set("app", "item_name", "结婚登记").set("app", "impl_code", "");
        assert_eq!(sides_of(&trial).0.len(), 3);
        let near = Trial::new().set("app", "item_name", "居民身份证换领（市级）");
        assert_eq!(sides_of(&near).0.len(), 4);
        let listed = Trial::new().also("居民身份证补领").set("app", "item_name", "居民身份证补领").set(
            "app",
            "impl_code",
            "",
        );
        assert_eq!(sides_of(&listed).0.len(), 3, "a near name that is another item of the run");
        let same_code = Trial::new().set("app", "item_name", "办事指南详情");
        assert_eq!(sides_of(&same_code).0.len(), 4, "the code says that it is this item");
    }

    #[test]
    fn a_channel_that_nobody_meant_to_visit_is_neither_seen_nor_unseen() {
        let (seen, unseen) = sides_of(&Trial::new().not_visited("kiosk"));
        assert_eq!((seen.len(), unseen.len()), (3, 0));
    }
}
