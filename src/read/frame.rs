//! The frame around the content (menus, footers, hot lists): labels there are no guide's.

use super::noise::{self, Frame};
use super::page::Page;
use super::spot::Spots;

/// A part that only its class name calls frame, but that holds so many labels, is content.
const LABELS_OF_CONTENT: usize = 6;

/// For each position whether it stands in the frame.
pub(super) fn flags(page: &Page<'_>, spots: &Spots) -> Vec<bool> {
    let mut flags = vec![false; page.len()];
    let mut until = 0;
    for (at, flag) in flags.iter_mut().enumerate() {
        if at >= until && is_frame(page, spots, at) {
            until = page.end(at);
        }
        *flag = at < until;
    }
    flags
}

fn is_frame(page: &Page<'_>, spots: &Spots, at: usize) -> bool {
    match noise::frame(page.node(at)) {
        Frame::No => false,
        Frame::Yes => true,
        Frame::Perhaps => spots.marks_in(page.span(at)).len() < LABELS_OF_CONTENT,
    }
}
