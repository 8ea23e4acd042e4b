//! How well names link the lists of three channels: takes a TSV of real items (region, department, name) and, if given, one
//! of official and colloquial names, dresses the names as other channels would, and prints precision and recall.
//!
//! `cargo run --release --example linkage -- item_names.tsv [synonyms.tsv]`
#![expect(clippy::print_stdout, reason = "a measuring program prints its figures")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::time::Instant;

use zoutong::check::{Entry, Linkage, Seat, link};

/// What the channels of one portal list, and under which entry of the first channel each one's entries belong.
struct Portal {
    channels: Vec<Vec<Entry>>,
    truth: Vec<Vec<usize>>,
}

#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    asked_rightly: usize,
    asked_wrongly: usize,
    pairs: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1);
    let items = std::fs::read_to_string(paths.next().ok_or("TSV of items missing")?)?;
    let colloquial = match paths.next() {
        Some(path) => colloquial_names(&std::fs::read_to_string(path)?),
        None => BTreeMap::new(),
    };
    let mut regions: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for line in items.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        if let [region, department, name, ..] = columns[..] {
            regions.entry(region).or_default().insert((name, department));
        }
    }
    for (aliases, dress, title) in [
        (false, dressed as Dress, "改写的名称"),
        (false, reworded, "换了说法的名称"),
        (false, shortened, "简称，事项库没有日常用语"),
        (true, shortened, "简称，事项库有日常用语"),
    ] {
        let mut score = Score::default();
        let started = Instant::now();
        for items in regions.values() {
            let portal = portal(items, &colloquial, aliases, dress);
            score.add(&portal, &link(&portal.channels));
        }
        println!("{title}（{:.0?}）：{}", started.elapsed(), score.in_words());
    }
    Ok(())
}

type Dress = fn(&str, &BTreeMap<String, Vec<String>>, u64) -> String;

fn colloquial_names(tsv: &str) -> BTreeMap<String, Vec<String>> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in tsv.lines().skip(1) {
        let mut columns = line.split('\t');
        if let (Some(official), Some(said)) = (columns.next(), columns.next()) {
            let said = said.split([',', '，', '、', ' ', ';', '；']).map(str::to_owned);
            names.entry(official.to_owned()).or_default().extend(said);
        }
    }
    names
}

/// The official list, and two channels that each lack every fourth item and dress the names.
fn portal(
    items: &BTreeSet<(&str, &str)>,
    colloquial: &BTreeMap<String, Vec<String>>,
    aliases: bool,
    dress: Dress,
) -> Portal {
    let official = items.iter().map(|(name, department)| Entry {
        name: (*name).to_owned(),
        colloquial: colloquial.get(*name).filter(|_| aliases).cloned().unwrap_or_default(),
        department: Some((*department).to_owned()),
        ..Entry::default()
    });
    let mut channels = vec![official.collect::<Vec<_>>()];
    let mut truth = vec![(0..items.len()).collect::<Vec<_>>()];
    for channel in 1..3 {
        let mut shown: Vec<(u64, usize, Entry)> = Vec::new();
        for (at, (name, _)) in items.iter().enumerate() {
            let chance = chance(name, channel);
            if !chance.is_multiple_of(4) {
                let entry = Entry { name: dress(name, colloquial, chance / 4), ..Entry::default() };
                shown.push((chance.rotate_left(17), at, entry));
            }
        }
        shown.sort_by_key(|(place, at, _)| (*place, *at));
        truth.push(shown.iter().map(|(_, at, _)| *at).collect());
        channels.push(shown.into_iter().map(|(_, _, entry)| entry).collect());
    }
    Portal { channels, truth }
}

/// A number that depends on nothing but the name and the channel.
fn chance(name: &str, channel: u64) -> u64 {
    let hashed = name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ channel, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hashed ^ (hashed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 7
}

/// Other brackets, width, blanks, list numbers, a level behind.
fn dressed(name: &str, _: &BTreeMap<String, Vec<String>>, chance: u64) -> String {
    match chance % 6 {
        0 => name.replace('（', "(").replace('）', ")"),
        1 => name.chars().map(full_width).collect(),
        2 => format!("{}. {name}", chance % 50 + 1),
        3 => name.chars().flat_map(|character| [character, '\u{200b}']).collect(),
        4 => name.replace('、', " ").replace('的', ""),
        _ => format!("{name}（市级）"),
    }
}

/// Another general word before, behind or inside.
fn reworded(name: &str, _: &BTreeMap<String, Vec<String>>, chance: u64) -> String {
    match chance % 7 {
        0 => format!("{name}办理"),
        1 => format!("申请{name}"),
        2 => name.replace("核发", "审批"),
        3 => name.replace("补办", "补领").replace("换发", "换证").replace("延续", "延期"),
        4 if name.chars().count() > 14 => name.chars().take(12).chain("…".chars()).collect(),
        5 => format!("中华人民共和国{name}"),
        _ => format!("{name}事项"),
    }
}

/// One of the item's short or colloquial names, where it has one.
fn shortened(name: &str, colloquial: &BTreeMap<String, Vec<String>>, chance: u64) -> String {
    let all = colloquial.get(name).map_or(&[][..], Vec::as_slice);
    let long: Vec<&String> = all.iter().filter(|said| said.chars().count() >= 4).collect();
    match long.len() {
        0 => name.to_owned(),
        count => long[chance as usize % count].clone(),
    }
}

fn full_width(character: char) -> char {
    match character {
        '!'..='~' => char::from_u32(u32::from(character) + 0xfee0).unwrap_or(character),
        _ => character,
    }
}

impl Score {
    fn add(&mut self, portal: &Portal, linkage: &Linkage) {
        let item = |seat: &Seat| portal.truth[seat.channel][seat.entry];
        for group in &linkage.groups {
            for (at, left) in group.iter().enumerate() {
                for right in &group[at + 1..] {
                    *(if item(left) == item(right) { &mut self.right } else { &mut self.wrong }) += 1;
                    if item(left) != item(right) && std::env::var_os("SHOW").is_some() {
                        let name = |seat: &Seat| &portal.channels[seat.channel][seat.entry].name;
                        println!("  错：{} | {}", name(left), name(right));
                    }
                }
            }
        }
        for proposal in &linkage.proposals {
            let (left, right) = &proposal.pair;
            if item(left) == item(right) {
                self.asked_rightly += 1;
            } else {
                self.asked_wrongly += 1;
            }
        }
        let mut listed: BTreeMap<usize, usize> = BTreeMap::new();
        for at in portal.truth.iter().flatten() {
            *listed.entry(*at).or_default() += 1;
        }
        self.pairs += listed.values().map(|count| count * (count - 1) / 2).sum::<usize>();
    }

    fn in_words(&self) -> String {
        let part = |some: usize, all: usize| 100.0 * some as f64 / all.max(1) as f64;
        format!(
            "确定 {} 对，准确率 {:.2}%，召回率 {:.2}%；请确认 {} 对，其中 {:.1}% 确是同一事项",
            self.right + self.wrong,
            part(self.right, self.right + self.wrong),
            part(self.right, self.pairs),
            self.asked_rightly + self.asked_wrongly,
            part(self.asked_rightly, self.asked_rightly + self.asked_wrongly),
        )
    }
}
