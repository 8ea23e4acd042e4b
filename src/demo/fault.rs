//! The planting: how a fault changes what one channel shows. The answer key knows nothing of this file.

use super::code::with_wrong_check;
use super::draw::draw;
use super::drawn_faults::plant_draws;
use super::error::{DemoError, read_yaml};
use super::guide::{Guide, Material, Value};
use super::item::Item;
use super::neighbour::plant_neighbours;
use super::settings::Settings;
use serde::Deserialize;

/// All faults of a portal.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Planting {
    pub(crate) guide: Vec<GuideFault>,
    /// Nearly faults: changes that leave a guide right. They are in no answer key.
    #[serde(default)]
    pub(crate) neighbours: Vec<GuideFault>,
    pub(crate) bot: Vec<BotFault>,
    pub(crate) login: Vec<LoginFault>,
}

/// One element of one guide, changed on some channels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuideFault {
    pub(crate) fault: String,
    pub(crate) item: String,
    pub(crate) channels: Vec<String>,
    pub(crate) element: String,
    pub(crate) change: Change,
}

impl GuideFault {
    fn concerns(&self, item: &str, channel: &str) -> bool {
        self.item == item && self.channels.iter().any(|at| at == channel)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Swap {
    from: String,
    to: String,
}

impl Swap {
    pub(crate) fn new(from: &str, to: &str) -> Self {
        Self { from: from.to_owned(), to: to.to_owned() }
    }
}

/// What happens to the element.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Change {
    Set(String),
    Replace(Swap),
    Hide,
    Blank,
    DropMaterial(String),
    AddMaterial(String),
    RenameMaterial(Swap),
    EditMaterial(MaterialEdit),
    Lines(Vec<String>),
    WrongCheckDigit,
    BreakImage,
    BareStages,
    /// Only the first two stages, without the chart.
    FewStages,
    /// The last form without blank and sample.
    DropForm,
    /// Lines instead of everything else.
    Statements(Vec<String>),
    /// Another address of every link.
    Relink(String),
    /// The blank of the first form is `gone`, `empty`, a `page` or `broken`.
    SpoilBlank(String),
    /// Every material is 非必要.
    Unneeded,
}

/// Other cells in the row of one material.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MaterialEdit {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) need: Option<String>,
    #[serde(default)]
    pub(crate) copies: Option<String>,
    #[serde(default)]
    pub(crate) form: Option<String>,
}

/// The three forms of question that the chatbots must answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Form {
    How,
    Materials,
    Expiry,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BotFault {
    pub(crate) fault: String,
    pub(crate) item: String,
    pub(crate) channel: String,
    pub(crate) form: Form,
    pub(crate) outcome: BotOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BotOutcome {
    /// The colloquial name is not understood; the official one is.
    NoAnswer,
    AnswerAbout(String),
    OmitMaterial(String),
    OtherLimit(String),
    DeadLink,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginFault {
    pub(crate) fault: String,
    pub(crate) channel: String,
    pub(crate) outcome: LoginOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LoginOutcome {
    /// The account of this audience is turned away although everything is right.
    Refuse(String),
    CaptchaWithoutAlternative,
    SilentError,
    RawError,
}

/// The faults that a portal with these settings carries, and its nearly faults.
pub(crate) fn read_planting(settings: &Settings, items: &[Item]) -> Result<Planting, DemoError> {
    let draws = settings.seed.map(|seed| draw(items, seed)).unwrap_or_default();
    let neighbours = settings.seed.map(|seed| plant_neighbours(items, &draws, seed)).unwrap_or_default();
    let planting = match (settings.clean, settings.seed) {
        (true, _) => Planting::default(),
        (false, Some(_)) => plant_draws(items, &draws),
        (false, None) => read_yaml("faults.yaml", include_str!("faults.yaml"))?,
    };
    Ok(Planting { neighbours, ..planting })
}

impl Planting {
    /// The faults of one item's guide on one channel.
    pub(crate) fn of<'a>(&'a self, item: &'a str, channel: &'a str) -> impl Iterator<Item = &'a GuideFault> {
        self.guide.iter().filter(move |fault| fault.concerns(item, channel))
    }

    /// The nearly faults of one item's guide on one channel.
    pub(crate) fn near<'a>(
        &'a self,
        item: &'a str,
        channel: &'a str,
    ) -> impl Iterator<Item = &'a GuideFault> {
        self.neighbours.iter().filter(move |near| near.concerns(item, channel))
    }

    /// The ids of all planted faults.
    pub(crate) fn ids(&self) -> Vec<&str> {
        let guide = self.guide.iter().map(|fault| fault.fault.as_str());
        let bot = self.bot.iter().map(|fault| fault.fault.as_str());
        let login = self.login.iter().map(|fault| fault.fault.as_str());
        let mut ids: Vec<&str> = guide.chain(bot).chain(login).collect();
        ids.dedup();
        ids
    }

    pub(crate) fn of_login(&self, channel: &str) -> impl Iterator<Item = &LoginOutcome> {
        self.login.iter().filter(move |fault| fault.channel == channel).map(|fault| &fault.outcome)
    }
}

/// Whether a chatbot that reads the faulty guide would say it as well: a wrong fact yes, a hole no.
pub(crate) fn is_told(fault: &GuideFault) -> bool {
    match &fault.change {
        Change::Set(text) => text.chars().any(|character| character.is_ascii_digit()),
        Change::Replace(_) | Change::DropMaterial(_) | Change::AddMaterial(_) | Change::RenameMaterial(_) => {
            true
        }
        _ => false,
    }
}

/// Changes one guide as the fault says.
pub(crate) fn plant(guide: &mut Guide, element: &str, change: &Change) {
    match change {
        Change::Hide => {
            guide.remove(element);
        }
        Change::Set(text) => {
            guide.insert(element.to_owned(), Value::text(text));
        }
        Change::Blank => {
            guide.insert(element.to_owned(), Value::default());
        }
        Change::WrongCheckDigit => ["impl_code", "handle_code"].into_iter().for_each(|code| {
            guide.entry(code.to_owned()).and_modify(|value| value.text = with_wrong_check(&value.text));
        }),
        _ => {
            guide.entry(element.to_owned()).and_modify(|value| change_value(value, change));
        }
    }
}

fn change_value(value: &mut Value, change: &Change) {
    match change {
        Change::Replace(swap) => {
            value.text = value.text.replace(&swap.from, &swap.to);
            value.lines.iter_mut().for_each(|line| *line = line.replace(&swap.from, &swap.to));
        }
        Change::DropMaterial(name) => value.materials.retain(|material| material.name != *name),
        Change::AddMaterial(name) => {
            value.materials.extend(value.materials.last().cloned().map(|model| added_material(name, model)));
        }
        Change::RenameMaterial(swap) => value
            .materials
            .iter_mut()
            .filter(|material| material.name == swap.from)
            .for_each(|material| material.name.clone_from(&swap.to)),
        Change::BreakImage => {
            value.image.iter_mut().for_each(|image| image.src = image.src.replace(".svg", "-lost.svg"));
        }
        Change::BareStages => value.lines.iter_mut().for_each(|line| {
            if let Some((name, _)) = line.split_once('：') {
                *line = name.to_owned();
            }
        }),
        Change::Lines(lines) => value.lines.clone_from(lines),
        Change::FewStages => {
            value.lines.truncate(2);
            value.image = None;
        }
        Change::EditMaterial(edit) => value.materials.iter_mut().for_each(|material| edit.apply(material)),
        Change::DropForm => {
            if let Some(form) = value.materials.iter_mut().rfind(|material| material.blank.is_some()) {
                (form.blank, form.sample) = (None, None);
            }
        }
        Change::Statements(lines) => *value = Value { lines: lines.clone(), ..Value::default() },
        Change::Relink(address) => value.links.iter_mut().for_each(|link| link.href.clone_from(address)),
        Change::SpoilBlank(how) => {
            if let Some(blank) = value.materials.iter_mut().find_map(|material| material.blank.as_mut()) {
                blank.href = blank.href.replace("/blank/", &format!("/{how}/"));
            }
        }
        Change::Unneeded => {
            value.materials.iter_mut().for_each(|material| "非必要".clone_into(&mut material.need));
        }
        _ => {}
    }
}

impl MaterialEdit {
    fn apply(&self, material: &mut Material) {
        if material.name != self.name {
            return;
        }
        for (cell, other) in [
            (&mut material.need, &self.need),
            (&mut material.copies, &self.copies),
            (&mut material.form, &self.form),
        ] {
            if let Some(other) = other {
                cell.clone_from(other);
            }
        }
    }
}

fn added_material(name: &str, model: Material) -> Material {
    Material {
        name: name.to_owned(),
        need: "必要".to_owned(),
        kind: "其他".to_owned(),
        blank: None,
        sample: None,
        ..model
    }
}
