//! What is wrong with the channels' lists of materials, material by material: rows that only some list, and columns that
//! say something else.

use std::collections::BTreeMap;

use crate::model::{ChannelId, Likeness, Material};
use crate::text;

use super::compare::{Voice, compare_by};
use super::materials::{Need, need};
use super::pairing::{Paired, Pairing};
use super::quote::quote;
use super::sides::Sides;
use super::standing::{Row, Standing};

/// The columns that must agree between channels.
const COMPARED: [(&str, &str); 3] = [("need", "必要性"), ("copies", "份数"), ("form", "形式")];

/// One thing that is wrong with one material on one channel.
#[derive(Debug)]
pub(super) struct MaterialFault<'a> {
    /// Index of the material in [`Paired::pairings`].
    pub(super) pairing: usize,
    /// The channel that is wrong.
    pub(super) channel: &'a ChannelId,
    /// Whether the channel lacks the material or is the only one to list it.
    pub(super) of_presence: bool,
    /// What is wrong, after the channel's name.
    pub(super) words: String,
}

/// Everything that differs between the lists of the channels that state theirs, measured against the channel that is
/// declared to be right, else against the majority.
pub(super) fn material_faults<'a>(
    sides: &Sides<'a>,
    rows: &[Row],
    paired: &Paired<'a>,
) -> Vec<MaterialFault<'a>> {
    let row = rows.iter().find(|row| row.element.id == "materials");
    let is_stated = |channel: &ChannelId| {
        let stands = sides.seen.iter().zip(row.map_or(&[][..], |row| &row.standings));
        stands.filter(|(side, _)| side.channel == channel).any(|(_, standing)| *standing == Standing::Stated)
    };
    let judged: Vec<usize> =
        (0..paired.channels.len()).filter(|&at| is_stated(paired.channels[at])).collect();
    let right = judged.iter().copied().find(|&at| Some(paired.channels[at]) == sides.authority);
    if sides.has_truth() && right.is_none() {
        return Vec::new();
    }
    let lists = Lists { channels: &paired.channels, judged, right };
    let all = paired.pairings.iter().enumerate();
    all.flat_map(|(at, pairing)| lists.faults(at, pairing)).collect()
}

/// The lists that are compared.
struct Lists<'p, 'a> {
    channels: &'p [&'a ChannelId],
    /// Which of them state theirs.
    judged: Vec<usize>,
    /// The one that is declared to be right.
    right: Option<usize>,
}

impl<'a> Lists<'_, 'a> {
    fn faults(&self, at: usize, pairing: &Pairing<'a>) -> Vec<MaterialFault<'a>> {
        let fault = |of_presence: bool| {
            move |(index, words): (usize, String)| MaterialFault {
                pairing: at,
                channel: self.channels[index],
                of_presence,
                words,
            }
        };
        let presence = self.presence(pairing).into_iter().map(fault(true));
        let columns = COMPARED.iter().flat_map(|(field, label)| self.column(pairing, field, label));
        presence.chain(columns.map(fault(false))).collect()
    }

    /// A material that the minority lacks, or that only the minority lists.
    fn presence(&self, pairing: &Pairing<'_>) -> Vec<(usize, String)> {
        let (having, lacking): (Vec<usize>, Vec<usize>) =
            self.judged.iter().partition(|&&at| pairing.rows[at].is_some());
        if having.is_empty() || lacking.is_empty() {
            return Vec::new();
        }
        let tied = self.right.is_none() && having.len() == lacking.len();
        let lacking_is_wrong = match self.right {
            Some(right) => having.contains(&right),
            None => having.len() > lacking.len(),
        };
        let name = quote(pairing.name);
        let told = |list: &[usize], words: &str| -> Vec<(usize, String)> {
            list.iter().map(|&at| (at, format!("{words}{name}"))).collect()
        };
        match (tied, lacking_is_wrong) {
            (true, _) => [told(&having, "有"), told(&lacking, "没有")].concat(),
            (false, true) => told(&lacking, "少了"),
            (false, false) => told(&having, "多了"),
        }
    }

    /// A column in which the odd rows say something else.
    fn column(&self, pairing: &Pairing<'_>, field: &str, label: &str) -> Vec<(usize, String)> {
        let told: Vec<(usize, Voice<'_>)> = self
            .judged
            .iter()
            .filter_map(|&at| {
                let listed = pairing.rows[at].as_ref().filter(|listed| !listed.in_part)?;
                let text = listed.material.fields.get(field)?.as_str();
                is_clear(field, text).then_some((at, Voice { channel: self.channels[at], text }))
            })
            .collect();
        let voices: Vec<Voice<'_>> = told.iter().map(|(_, voice)| *voice).collect();
        let mut comparison = compare_by(&voices, |left, right| field_likeness(field, left, right));
        if let Some(right) = self.right {
            comparison = comparison.against(&voices, self.channels[right]);
        }
        told.iter()
            .filter(|(_, voice)| comparison.odd.contains(voice.channel))
            .map(|(at, voice)| (*at, format!("{}的{label}写{}", quote(pairing.name), quote(voice.text))))
            .collect()
    }
}

/// Whether a cell says something that can be held against another cell.
fn is_clear(field: &str, said: &str) -> bool {
    match field {
        "need" => need_of(said).is_some(),
        "copies" => text::count(said).is_some(),
        _ => !media_of(said).is_empty(),
    }
}

fn field_likeness(field: &str, left: &str, right: &str) -> Likeness {
    let equal = match field {
        "need" => need_of(left) == need_of(right),
        "copies" => text::count(left) == text::count(right),
        _ => {
            // 原件 and 纸质 answer different questions.
            let (left, right) = (media_of(left), media_of(right));
            left == right
                || left.iter().any(|word| is_original(word)) != right.iter().any(|word| is_original(word))
        }
    };
    if left == right {
        Likeness::Same
    } else if equal {
        Likeness::Formal
    } else {
        Likeness::Differs
    }
}

fn need_of(said: &str) -> Option<Need> {
    let fields = BTreeMap::from([("need".to_owned(), said.to_owned())]);
    need(&Material { fields, ..Material::default() })
}

/// The media that a cell of 材料形式 names, whatever the words around them.
fn media_of(said: &str) -> Vec<&'static str> {
    ["纸质", "电子", "原件", "复印件"].into_iter().filter(|word| said.contains(word)).collect()
}

fn is_original(word: &str) -> bool {
    matches!(word, "原件" | "复印件")
}
