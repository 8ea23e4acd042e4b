//! Cuts a page's markup into the tokens that html5ever's tree builder takes, the way that html5ever's own tokenizer does (HTML
//! standard §13.2.5), in a fraction of its time: that one steps from letter to letter, because its input may end anywhere and
//! go on later; ours is whole, and is searched for what ends a piece. What no usual page has (a null character, CDATA, a script
//! with `<!--` in it, anything that the page's end cuts through) is left to html5ever, with all that comes after it. A property
//! test holds one against the other.

mod reference;
mod tag;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{
    BufferQueue, Doctype, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use memchr::{memchr, memchr_iter, memmem};

/// A page that is being cut.
pub(super) struct Lexer {
    page: StrTendril,
    at: usize,
    inside: Inside,
    names: tag::Names,
    /// Whether there is a null character somewhere.
    null: bool,
}

/// What the letters here belong to.
enum Inside {
    /// Text and tags.
    Page,
    /// An element that holds text only.
    Raw(RawKind, LocalName),
    /// What is never text and tags again.
    Plain,
}

/// What came of one step.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A token was handed on, or nothing was worth one.
    Done,
    /// The page is over.
    Over,
    /// The rest is html5ever's.
    Odd,
}

/// What is left to html5ever's own tokenizer.
pub(super) struct Rest {
    /// The markup from here on.
    pub(super) markup: StrTendril,
    /// How to take it up.
    pub(super) begin: TokenizerOpts,
}

impl Lexer {
    /// A page from its beginning. Line ends become the one kind that the standard knows.
    pub(super) fn new(markup: &str) -> Self {
        let markup = markup.strip_prefix('\u{feff}').unwrap_or(markup);
        let page: StrTendril = match memchr(b'\r', markup.as_bytes()) {
            Some(_) => markup.replace("\r\n", "\n").replace('\r', "\n").into(),
            None => markup.into(),
        };
        let null = memchr(0, page.as_bytes()).is_some();
        Self { page, at: 0, inside: Inside::Page, names: tag::Names::default(), null }
    }

    /// Hands the next token to the tree builder.
    pub(super) fn step(&mut self, sink: &impl TokenSink) -> Step {
        if self.at >= self.page.len() {
            return Step::Over;
        }
        let end = match &self.inside {
            _ if self.null => None,
            Inside::Plain => None,
            Inside::Raw(kind, name) => {
                let end = self.raw(sink, *kind, name);
                if end.is_some() {
                    self.inside = Inside::Page;
                }
                end
            }
            Inside::Page if self.page.as_bytes()[self.at] == b'<' => return self.markup(sink),
            Inside::Page => Some(self.text(sink, self.at)),
        };
        self.went_to(end)
    }

    /// What is not cut yet.
    pub(super) fn rest(self) -> Rest {
        let (state, name) = match &self.inside {
            Inside::Page => (State::Data, None),
            Inside::Raw(kind, name) => (State::RawData(*kind), Some(name.to_string())),
            Inside::Plain => (State::Plaintext, None),
        };
        let begin = TokenizerOpts {
            discard_bom: false,
            initial_state: Some(state),
            last_start_tag_name: name,
            ..TokenizerOpts::default()
        };
        Rest { markup: self.piece(self.at, self.page.len()), begin }
    }

    fn went_to(&mut self, end: Option<usize>) -> Step {
        match end {
            Some(end) => {
                self.at = end;
                Step::Done
            }
            None => Step::Odd,
        }
    }

    fn piece(&self, from: usize, to: usize) -> StrTendril {
        self.page.subtendril(from as u32, (to - from) as u32)
    }

    fn find(&self, what: u8, from: usize) -> Option<usize> {
        memchr(what, self.page.as_bytes().get(from..)?).map(|at| from + at)
    }

    /// Text up to the next `<`, which is looked for behind `from`. Gives where it ends.
    fn text(&self, sink: &impl TokenSink, from: usize) -> usize {
        let end = self.find(b'<', from).unwrap_or(self.page.len());
        self.say(sink, end, true)
    }

    /// Hands on the text up to `end`, which it gives back; its character references are read where `read` says so.
    fn say(&self, sink: &impl TokenSink, end: usize, read: bool) -> usize {
        if end > self.at {
            let text = self.piece(self.at, end);
            let text = if read { reference::read(text, false) } else { text };
            let _ = sink.process_token(Token::CharacterTokens(text), 1);
        }
        end
    }

    /// The text of an element that holds nothing else, up to its end tag.
    fn raw(&self, sink: &impl TokenSink, kind: RawKind, name: &str) -> Option<usize> {
        let rest = &self.page.as_bytes()[self.at..];
        let ends = |at: &usize| {
            let tag = &rest[*at..];
            tag.get(1) == Some(&b'/')
                && tag.get(2..2 + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
                && tag
                    .get(2 + name.len())
                    .is_some_and(|next| tag::is_blank(*next) || matches!(next, b'/' | b'>'))
        };
        let length = memchr_iter(b'<', rest).find(ends)?;
        if kind == RawKind::ScriptData && memmem::find(&rest[..length], b"<!--").is_some() {
            return None;
        }
        Some(self.say(sink, self.at + length, kind == RawKind::Rcdata))
    }

    /// What begins with `<`.
    fn markup(&mut self, sink: &impl TokenSink) -> Step {
        let here = self.at;
        let next = |at: usize| self.page.as_bytes().get(here + at).copied();
        let end = match (next(1), next(2)) {
            (Some(b'/'), Some(next)) if next.is_ascii_alphabetic() => {
                return self.tag(sink, TagKind::EndTag, here + 2);
            }
            (Some(next), _) if next.is_ascii_alphabetic() => {
                return self.tag(sink, TagKind::StartTag, here + 1);
            }
            (Some(b'/'), Some(b'>')) => Some(here + 3),
            (Some(b'/'), Some(_)) | (Some(b'?'), _) => self.bogus(sink, here + 2),
            (Some(b'!'), _) => self.declaration(sink),
            (None, _) | (Some(b'/'), None) => None,
            (Some(_), _) => Some(self.text(sink, here + 1)),
        };
        self.went_to(end)
    }

    fn tag(&mut self, sink: &impl TokenSink, kind: TagKind, name: usize) -> Step {
        let Some((tag, end)) = tag::read(&self.page, &mut self.names, name, kind) else { return Step::Odd };
        let name = tag.name.clone();
        self.at = end;
        self.inside = match sink.process_token(Token::TagToken(tag), 1) {
            TokenSinkResult::RawData(kind) => Inside::Raw(kind, name),
            TokenSinkResult::Plaintext => Inside::Plain,
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => Inside::Page,
        };
        Step::Done
    }

    /// What begins with `<!`.
    fn declaration(&self, sink: &impl TokenSink) -> Option<usize> {
        let inside = self.at + 2;
        let rest = &self.page.as_bytes()[inside..];
        if rest.starts_with(b"--") {
            return self.comment(sink, inside + 2);
        }
        if rest.starts_with(b"[CDATA[") {
            return None;
        }
        if !rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            return self.bogus(sink, inside);
        }
        // Whatever stands in it, quoted or not, the first `>` is its end.
        let end = self.find(b'>', inside)? + 1;
        let doctype = doctype(self.piece(self.at, end))?;
        let _ = sink.process_token(Token::DoctypeToken(doctype), 1);
        Some(end)
    }

    /// A comment whose text begins at `from`. Nobody reads it: it is handed on empty.
    fn comment(&self, sink: &impl TokenSink, from: usize) -> Option<usize> {
        let rest = &self.page.as_bytes()[from..];
        let length = if rest.starts_with(b">") {
            1
        } else if rest.starts_with(b"->") {
            2
        } else {
            let ends = |at: &usize| rest[..*at].ends_with(b"--") || rest[..*at].ends_with(b"--!");
            1 + memchr_iter(b'>', rest).find(ends)?
        };
        let _ = sink.process_token(Token::CommentToken(StrTendril::new()), 1);
        Some(from + length)
    }

    /// What browsers take for a comment though it is none.
    fn bogus(&self, sink: &impl TokenSink, from: usize) -> Option<usize> {
        let end = self.find(b'>', from)? + 1;
        let _ = sink.process_token(Token::CommentToken(StrTendril::new()), 1);
        Some(end)
    }
}

/// What a `<!doctype …>` says: there is one on a page, and html5ever reads it well.
fn doctype(markup: StrTendril) -> Option<Doctype> {
    /// Keeps the one token.
    #[derive(Default)]
    struct Only(std::cell::RefCell<Option<Doctype>>);

    impl TokenSink for Only {
        type Handle = ();

        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            if let Token::DoctypeToken(doctype) = token {
                self.0.replace(Some(doctype));
            }
            TokenSinkResult::Continue
        }
    }

    let tokenizer = Tokenizer::new(Only::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(markup);
    let _ = tokenizer.feed(&queue);
    tokenizer.sink.0.take()
}
