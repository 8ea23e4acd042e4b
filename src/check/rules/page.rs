//! One page as a rule sees it: what it surely states, and what it surely leaves out.

use crate::model::{Download, Guide, Reading};
use crate::text;

use super::super::attachments;
use super::super::sides::Side;
use super::super::standing::{Row, Standing};

/// The guide of one channel, beside the others.
pub(in super::super) struct Page<'a> {
    pub(super) side: &'a Side<'a>,
    pub(super) at: usize,
    pub(super) rows: &'a [Row],
}

impl<'a> Page<'a> {
    /// The whole guide.
    pub(super) fn guide(&self) -> &'a Guide {
        self.side.guide
    }

    /// The words of an element that the page surely states (无 included); `None` where it does not.
    pub(super) fn says(&self, element: &str) -> Option<&'a str> {
        let text = self.reading(element)?.text.trim();
        Some(text).filter(|text| !text.is_empty())
    }

    /// The reading of an element that the page surely states.
    pub(super) fn reading(&self, element: &str) -> Option<&'a Reading> {
        match self.standing(element)? {
            Standing::Stated | Standing::Nothing => self.side.reading(element),
            _ => None,
        }
    }

    /// Whether the page surely leaves an element open: it answers 无, or neither it nor any other channel shows it.
    /// What only this channel lacks is a missing element, and already a finding.
    pub(super) fn leaves_open(&self, element: &str) -> bool {
        match self.standing(element) {
            Some(Standing::Nothing) => true,
            Some(Standing::Absent) => self.is_shown_nowhere(element),
            _ => false,
        }
    }

    /// 是/否 of an element; `None` where it is neither.
    pub(super) fn yes(&self, element: &str) -> Option<bool> {
        text::yes_no(self.says(element)?)
    }

    /// 到办事现场次数.
    pub(super) fn visits(&self) -> Option<u32> {
        text::count(self.says("visits")?)
    }

    /// 是否收费.
    pub(super) fn is_charged(&self) -> Option<bool> {
        text::fee(self.says("fee_flag")?)
    }

    /// Whether the item is a 行政许可.
    pub(super) fn is_licence(&self) -> bool {
        self.says("item_type").is_some_and(|kind| kind.contains("行政许可") || kind.trim() == "01")
    }

    /// A code as plain capitals and digits.
    pub(super) fn code(&self, element: &str) -> Option<String> {
        let said = self.says(element)?;
        Some(text::normal(text::Sort::Code, said).to_ascii_uppercase()).filter(|code| !code.is_empty())
    }

    /// Other values that the page gives for the same element.
    pub(super) fn rivals(&self, element: &str) -> &'a [String] {
        self.side.guide.rivals.get(element).map_or(&[], Vec::as_slice)
    }

    /// Why the links of an element lead nowhere: all of those that were asked for are dead.
    pub(super) fn dead_entry(&self, element: &str) -> Option<String> {
        let links = &self.side.reading(element)?.links;
        let urls = links.iter().filter_map(|link| self.guide().absolute(link));
        let asked: Vec<&Download> =
            urls.filter_map(|url| attachments::download_of(self.side, url.as_str())).collect();
        let reasons: Vec<String> =
            asked.iter().filter_map(|download| attachments::why_dead(download)).collect();
        (reasons.len() == asked.len()).then(|| reasons.into_iter().next()).flatten()
    }

    fn row(&self, element: &str) -> Option<&'a Row> {
        self.rows.iter().find(|row| row.element.id == element)
    }

    fn standing(&self, element: &str) -> Option<&'a Standing> {
        self.row(element)?.standings.get(self.at)
    }

    fn is_shown_nowhere(&self, element: &str) -> bool {
        self.row(element).is_some_and(|row| !row.standings.iter().any(Standing::is_shown))
    }
}
