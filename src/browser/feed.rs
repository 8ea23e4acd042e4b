//! Markup handed to the parser in pieces, so that a page which makes much out of little can be stopped in between: unclosed
//! `<font>` tags are repeated in every paragraph after them, and each attribute is compared with all before it.

use std::time::Instant;

/// The largest piece: a usual page is a few.
const LARGEST: usize = 16 * 1024;
/// The smallest piece.
const SMALLEST: usize = 16;
/// About so many nodes may come out of one piece.
const NODES: usize = 1_000_000;
/// Tags that the parser repeats where they were not closed.
const REPEATED: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// The longest of them.
const LONGEST_NAME: usize = 6;

/// The pieces of a page, as long as there is patience.
pub(super) struct Feed<'a> {
    rest: &'a str,
    repeated: usize,
    until: Instant,
}

impl<'a> Feed<'a> {
    /// A page that is handed out until then.
    pub(super) fn new(markup: &'a str, until: Instant) -> Self {
        Self { rest: markup, repeated: 0, until }
    }

    /// Whether something of the page was not handed out.
    pub(super) fn is_cut(&self) -> bool {
        !self.rest.is_empty()
    }
}

impl<'a> Iterator for Feed<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() || Instant::now() > self.until {
            return None;
        }
        let mut size = self.piece().min(self.rest.len());
        // The tags of a piece can be repeated in that piece already.
        self.repeated += repeated(&self.rest[..self.rest.floor_char_boundary(size)]);
        size = size.min(self.piece());
        let (piece, rest) = self.rest.split_at(self.rest.ceil_char_boundary(size));
        self.rest = rest;
        Some(piece)
    }
}

impl Feed<'_> {
    fn piece(&self) -> usize {
        (NODES / (self.repeated + 1)).clamp(SMALLEST, LARGEST)
    }
}

/// How many tags that may be repeated begin here, at most.
fn repeated(markup: &str) -> usize {
    markup.match_indices('<').filter(|(at, _)| is_repeated(&markup.as_bytes()[at + 1..])).count()
}

fn is_repeated(tag: &[u8]) -> bool {
    // Most tags are longer than all that are repeated, or begin like none of them.
    let length =
        tag.iter().take(LONGEST_NAME + 1).take_while(|letter| letter.is_ascii_alphanumeric()).count();
    length > 0
        && length <= LONGEST_NAME
        && REPEATED
            .iter()
            .any(|known| known.len() == length && known.as_bytes().eq_ignore_ascii_case(&tag[..length]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(page: &str) -> Feed<'_> {
        Feed::new(page, Instant::now() + std::time::Duration::from_secs(30))
    }

    #[test]
    fn a_usual_page_is_few_pieces_and_a_page_of_open_tags_is_many() {
        assert_eq!(pieces(&"<p>办事指南</p>".repeat(1_000)).count(), 2);
        let fonts = "<font color=1>".repeat(100_000);
        let mut feed = pieces(&fonts);
        let last = feed.by_ref().last().unwrap();
        assert!(last.len() <= SMALLEST && !feed.is_cut());
    }

    #[test]
    fn only_tags_that_are_repeated_count() {
        assert_eq!(repeated("<a href=x><B>字</b></B><br><body><table><i><s/>"), 4);
    }

    proptest! {
        #[test]
        fn the_pieces_make_the_page(page in "(<b>|<p>|字|x|<font a=1>){0,2000}") {
            prop_assert_eq!(pieces(&page).collect::<String>(), page);
        }
    }
}
