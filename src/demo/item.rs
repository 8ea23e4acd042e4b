//! The service items: the shape of `items.yaml`, and the codes and offices that follow from it.

use super::catalogue::read_catalogue;
use super::code::social_credit_code;
use super::error::{DemoError, read_yaml};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemsFile {
    departments: BTreeMap<String, Department>,
    items: Vec<Item>,
}

/// A department and its telephones.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Department {
    pub(crate) name: String,
    /// Eight characters of the organisation number; the check digits are computed.
    number: String,
    pub(crate) consult: String,
    pub(crate) complaint: String,
    /// 授权组织 instead of 法定机关.
    #[serde(default)]
    pub(crate) authorised: bool,
}

/// 事项类型 with its national two-digit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ItemType {
    Permit,
    Benefit,
    Confirm,
    Other,
    Public,
}

impl ItemType {
    pub(crate) fn digits(self) -> &'static str {
        match self {
            Self::Permit => "01",
            Self::Benefit => "05",
            Self::Confirm => "07",
            Self::Other => "10",
            Self::Public => "20",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Permit => "行政许可",
            Self::Benefit => "行政给付",
            Self::Confirm => "行政确认",
            Self::Other => "其他行政权力",
            Self::Public => "公共服务",
        }
    }
}

/// Whom an item serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Audience {
    Personal,
    Enterprise,
}

impl Audience {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Enterprise => "enterprise",
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Law {
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) article: String,
    pub(crate) text: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MaterialKind {
    #[default]
    Certificate,
    Form,
    Other,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MaterialNeed {
    #[default]
    Must,
    Optional,
    Later,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemMaterial {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) kind: MaterialKind,
    #[serde(default)]
    pub(crate) need: MaterialNeed,
    #[serde(default = "one")]
    pub(crate) copies: u8,
    #[serde(default)]
    pub(crate) source: Option<String>,
    #[serde(default)]
    pub(crate) page: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fee {
    pub(crate) name: String,
    pub(crate) standard: String,
    pub(crate) basis: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certificate {
    pub(crate) name: String,
    pub(crate) validity: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) ask: String,
    pub(crate) answer: String,
}

/// One service item as written in `items.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) daily: Vec<String>,
    pub(crate) audience: Audience,
    #[serde(rename = "type")]
    pub(crate) kind: ItemType,
    pub(crate) department: String,
    pub(crate) theme: String,
    /// 法定办结时限 in 工作日.
    pub(crate) legal: u16,
    /// 承诺办结时限 in 工作日; absent means 即办.
    #[serde(default)]
    pub(crate) promise: Option<u16>,
    pub(crate) law: Law,
    pub(crate) conditions: Vec<String>,
    pub(crate) prohibit: String,
    pub(crate) materials: Vec<ItemMaterial>,
    pub(crate) window: String,
    #[serde(default)]
    pub(crate) fee: Option<Fee>,
    #[serde(default)]
    pub(crate) pay: bool,
    pub(crate) visits: u8,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    /// 网办深度 3 or 4; absent means that the item is handled at the window only.
    #[serde(default)]
    pub(crate) depth: Option<u8>,
    pub(crate) cross: String,
    #[serde(default)]
    pub(crate) terminal: bool,
    #[serde(default = "yes")]
    pub(crate) express: bool,
    pub(crate) result: String,
    #[serde(default)]
    pub(crate) certificate: Option<Certificate>,
    pub(crate) faq: Vec<Asked>,
    /// The window's own 咨询电话, where it has one; otherwise the department's is shown.
    #[serde(default)]
    pub(crate) phone: Option<String>,
    /// 实施编码, filled after reading.
    #[serde(skip)]
    pub(crate) code: String,
    /// The department's data, filled after reading.
    #[serde(skip)]
    pub(crate) office: Option<Department>,
}

fn one() -> u8 {
    1
}

fn yes() -> bool {
    true
}

impl Item {
    /// 实施主体.
    pub(crate) fn office_name(&self) -> &str {
        self.office.as_ref().map_or("", |office| office.name.as_str())
    }
}

/// Reads the written items and, when more are wanted, composes others from the catalogue.
pub(crate) fn read_items(wanted: usize) -> Result<Vec<Item>, DemoError> {
    let file: ItemsFile = read_yaml("items.yaml", include_str!("items.yaml"))?;
    let (mut departments, written) = (file.departments, file.items.len());
    let mut items = file.items;
    items.truncate(wanted);
    if wanted > written {
        let catalogue = read_catalogue()?;
        items.extend((0..wanted - written).map_while(|index| catalogue.item(index)));
        departments.extend(catalogue.departments);
    }
    for (index, item) in items.iter_mut().enumerate() {
        settle(item, index, &departments)?;
    }
    Ok(items)
}

/// Fills in what follows from an item's department and its place in the list.
fn settle(
    item: &mut Item,
    index: usize,
    departments: &BTreeMap<String, Department>,
) -> Result<(), DemoError> {
    let department = departments.get(&item.department).ok_or_else(|| DemoError::Department {
        item: item.name.clone(),
        department: item.department.clone(),
    })?;
    item.code = implementation_code(department, item.kind, index);
    let mut office = department.clone();
    if let Some(window_phone) = item.phone.take() {
        office.consult = window_phone;
    }
    item.office = Some(office);
    Ok(())
}

fn implementation_code(department: &Department, item_type: ItemType, index: usize) -> String {
    let credit = social_credit_code(&department.number);
    format!("{credit}314{}{:05}{:03}", item_type.digits(), index % 100_000 + 1, index / 100_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_thousand_items_have_a_thousand_names_and_codes() {
        let items = read_items(1000).unwrap();
        let names: BTreeSet<_> = items.iter().map(|item| &item.name).collect();
        let codes: BTreeSet<_> = items.iter().map(|item| &item.code).collect();
        assert_eq!((names.len(), codes.len()), (1000, 1000));
        assert!(codes.iter().all(|code| code.len() == 31));
    }

    #[test]
    fn the_written_items_are_two_dozen_for_people_and_sixteen_for_enterprises() {
        let items = read_items(40).unwrap();
        let personal = items.iter().filter(|item| item.audience == Audience::Personal).count();
        assert_eq!((personal, items.len() - personal), (24, 16));
    }
}
