//! Which speed reads a channel's guides well enough: the same page read in several ways must say the same.

use std::collections::BTreeSet;

use url::Url;

use super::reader::{Page, Reader, Seen};
use crate::audit::error::AuditError;
use crate::model::{Catalogue, Guide, MediumKind, ObstacleKind, Speed, Sureness};
use crate::text;

/// The speed that was found to do, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) speed: Speed,
    pub(super) why: String,
}

/// Reads each of these guides at every speed; the cheapest one that reads all of them as the full browser does is chosen.
pub(super) async fn try_speeds(reader: &Reader, samples: &[Url], from: Speed) -> Result<Verdict, AuditError> {
    let mut painted = Vec::new();
    for url in samples {
        // Without a browser a redirect is looked at before it is followed; one that leaves is not shown to a browser.
        let first = reader.read(url, Speed::Http).await?;
        if matches!(&first, Seen::Blocked(obstacle) if obstacle.kind == ObstacleKind::LeftHosts) {
            continue;
        }
        if let Seen::Page(page) = reader.read(url, Speed::Painted).await?
            && is_guide(&page.guide)
        {
            painted.push((url, page));
        }
    }
    if painted.is_empty() {
        let why = "试读的页面在完整浏览器里也没有读到办事指南".to_owned();
        return Ok(Verdict { speed: Speed::Painted, why });
    }
    let mut reasons = Vec::new();
    for speed in [Speed::Http, Speed::Light].into_iter().filter(|speed| *speed >= from) {
        match first_disagreement(reader, &painted, speed).await? {
            None => {
                let why = format!("试读 {} 个页面，读到的要素与完整浏览器相同", painted.len());
                reasons.push(why);
                return Ok(Verdict { speed, why: reasons.join("；") });
            }
            Some(reason) => reasons.push(format!("{}：{reason}", speed.name())),
        }
    }
    Ok(Verdict { speed: Speed::Painted, why: reasons.join("；") })
}

async fn first_disagreement(
    reader: &Reader,
    painted: &[(&Url, Box<Page>)],
    speed: Speed,
) -> Result<Option<String>, AuditError> {
    for (url, full) in painted {
        match reader.read(url, speed).await? {
            Seen::Blocked(obstacle) => return Ok(Some(obstacle.said)),
            Seen::Page(page) => {
                if let Some(reason) = disagreement(&page.guide, &full.guide) {
                    return Ok(Some(reason));
                }
            }
        }
    }
    Ok(None)
}

/// The first thing that a cheaper reading has differently from the full one, in Chinese; `None` when they agree by normal form.
pub(super) fn disagreement(cheap: &Guide, full: &Guide) -> Option<String> {
    let said = |guide: &Guide, id: &str| {
        guide.elements.get(id).map(|reading| text::plain(&reading.text)).unwrap_or_default()
    };
    let is_guess = |guide: &Guide, id: &str| {
        guide.elements.get(id).is_none_or(|reading| reading.sure == Sureness::Doubtful)
    };
    for element in &Catalogue::embedded().elements {
        let id = element.id.as_str();
        let (here, there) = (said(cheap, id), said(full, id));
        if here != there && !(is_guess(cheap, id) && is_guess(full, id)) {
            let how = if here.is_empty() { "没有读到" } else { "读到的不一样：" };
            return Some(format!("{how}“{}”", element.name));
        }
    }
    let rows = |guide: &Guide| -> Vec<String> {
        guide.materials.iter().map(|material| text::plain(material.name())).collect()
    };
    if rows(cheap) != rows(full) {
        return Some(format!("申请材料读到 {} 份，应为 {} 份", cheap.materials.len(), full.materials.len()));
    }
    let media = |guide: &Guide| -> BTreeSet<String> {
        let shown = guide.media.iter().filter(|medium| medium.kind != MediumKind::Audio);
        shown.map(|medium| medium.element.clone()).collect()
    };
    (media(cheap) != media(full)).then(|| "图片或视频读到的不一样".to_owned())
}

/// Elements that a guide has and hardly any other page.
const TELLING: [&str; 14] = [
    "condition",
    "legal_limit",
    "promise_limit",
    "law_basis",
    "flow",
    "place",
    "time",
    "item_type",
    "impl_code",
    "project_type",
    "fee_flag",
    "consult",
    "complain",
    "service_object",
];

/// Whether a page is somebody's guide and not a list, a news page or a refusal.
pub(super) fn is_guide(guide: &Guide) -> bool {
    let said = |id: &str| {
        guide
            .elements
            .get(id)
            .is_some_and(|reading| reading.sure > Sureness::Doubtful && !reading.text.trim().is_empty())
    };
    let telling = TELLING.iter().filter(|id| said(id)).count();
    let all = guide.elements.keys().filter(|id| said(id)).count() + usize::from(!guide.materials.is_empty());
    all >= 4 && telling + usize::from(!guide.materials.is_empty()) >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Place, Reading};

    fn guide(elements: &[(&str, &str)]) -> Guide {
        let reading = |text: &str| Reading {
            text: text.to_owned(),
            label: String::new(),
            place: Place::Table,
            sure: Sureness::Certain,
            visible: true,
            node: 0,
            links: Vec::new(),
        };
        let elements = elements.iter().map(|(id, text)| ((*id).to_owned(), reading(text))).collect();
        Guide { elements, ..Guide::default() }
    }

    #[test]
    fn readings_are_compared_by_normal_form() {
        let full = guide(&[("promise_limit", "5个工作日"), ("place", "文昌西街 2026 号")]);
        let cheap = guide(&[("promise_limit", "５个工作日"), ("place", "文昌西街2026号")]);
        assert_eq!(disagreement(&cheap, &full), None);
        let thin = guide(&[("promise_limit", "5个工作日")]);
        assert!(disagreement(&thin, &full).unwrap().contains("办理地点"));
    }

    #[test]
    fn a_list_is_no_guide() {
        assert!(!is_guide(&guide(&[("item_name", "甲"), ("dept", "乙"), ("item_type", "丙")])));
        assert!(is_guide(&guide(&[
            ("item_name", "甲"),
            ("place", "乙"),
            ("time", "丙"),
            ("condition", "丁")
        ])));
    }
}
