//! What one channel shows of one item: the guide with its faults and variations, cut into the channel's panels.

use super::error::{DemoError, read_yaml};
use super::fault::{Change, Planting, is_told, plant};
use super::guide::{Guide, Value, write_guide};
use super::item::Item;
use super::style::{Style, dress};
use super::variation::Variation;
use super::wardrobe::dress_of;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The layouts of all channels, by channel.
pub(crate) type Layouts = BTreeMap<String, Vec<LayoutPanel>>;

/// One panel of a channel's guide page; a row is written `id label`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LayoutPanel {
    title: String,
    rows: Vec<String>,
}

/// A guide page, ready to be rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) department: String,
    pub(crate) panels: Vec<Panel>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Panel {
    pub(crate) title: String,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    /// The element's id, for tests; no channel shows it.
    #[serde(skip)]
    pub(crate) element: String,
    pub(crate) label: String,
    pub(crate) value: Value,
}

/// Reads how the channels lay out their guides.
pub(crate) fn read_layouts() -> Result<Layouts, DemoError> {
    read_yaml("layouts.yaml", include_str!("layouts.yaml"))
}

/// What decides how a channel shows an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dressing<'a> {
    pub(crate) planting: &'a Planting,
    pub(crate) variations: &'a [Variation],
    pub(crate) layouts: &'a Layouts,
    pub(crate) seed: Option<u64>,
}

impl Dressing<'_> {
    /// Lays out the item's guide for one channel.
    pub(crate) fn sheet(&self, item: &Item, channel: &str) -> Sheet {
        let guide = self.dressed_guide(item, channel);
        let panels = self.layouts.get(channel).map(Vec::as_slice).unwrap_or_default();
        Sheet {
            name: item.name.clone(),
            code: item.code.clone(),
            department: item.office.as_ref().map(|office| office.name.clone()).unwrap_or_default(),
            panels: panels
                .iter()
                .map(|panel| lay_out(panel, &guide))
                .filter(|panel| !panel.rows.is_empty())
                .collect(),
        }
    }

    fn dressed_guide(&self, item: &Item, channel: &str) -> Guide {
        let (mut guide, faulty) = self.spoiled_guide(item, channel);
        for (element, style) in self.styles(item, channel) {
            if let Some(value) = guide.get_mut(element).filter(|_| !faulty.contains(&element)) {
                dress(value, style);
            }
        }
        guide
    }

    /// The guide with its faults and nearly faults, and the elements that carry a fault.
    fn spoiled_guide<'s>(&'s self, item: &'s Item, channel: &'s str) -> (Guide, Vec<&'s str>) {
        let mut guide = write_guide(item);
        for near in self.planting.near(&item.name, channel) {
            plant(&mut guide, &near.element, &near.change);
        }
        let mut faulty: Vec<&str> = Vec::new();
        for fault in self.planting.of(&item.name, channel) {
            plant(&mut guide, &fault.element, &fault.change);
            faulty.push(&fault.element);
            if fault.change == Change::WrongCheckDigit {
                faulty.push("handle_code");
            }
        }
        (guide, faulty)
    }

    /// The drawn dress of a seeded portal, and the written one of the elements that it leaves plain.
    fn styles<'s>(&'s self, item: &'s Item, channel: &'s str) -> Vec<(&'s str, Style)> {
        let mut styles: Vec<(&str, Style)> =
            self.seed.map(|seed| dress_of(item, channel, seed)).unwrap_or_default();
        let drawn: BTreeSet<&str> = styles.iter().map(|(element, _)| *element).collect();
        let written = self.variations.iter().filter(|variation| variation.concerns(&item.name, channel));
        styles.extend(
            written
                .map(|variation| (variation.element.as_str(), variation.style))
                .filter(|(element, _)| !drawn.contains(element)),
        );
        styles
    }

    /// The guide as the channel's chatbot knows it: wrong facts are told, holes are not.
    pub(crate) fn told_guide(&self, item: &Item, channel: &str) -> Guide {
        let mut guide = write_guide(item);
        let near = self.planting.near(&item.name, channel);
        for fault in near.chain(self.planting.of(&item.name, channel).filter(|fault| is_told(fault))) {
            plant(&mut guide, &fault.element, &fault.change);
        }
        guide
    }
}

fn lay_out(panel: &LayoutPanel, guide: &Guide) -> Panel {
    let rows = panel
        .rows
        .iter()
        .filter_map(|row| row.split_once(' '))
        .filter_map(|(element, label)| {
            guide.get(element).map(|value| Row {
                element: element.to_owned(),
                label: label.to_owned(),
                value: value.clone(),
            })
        })
        .collect();
    Panel { title: panel.title.clone(), rows }
}
