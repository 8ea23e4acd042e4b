//! 法言法语: how hard a text is to read, by the measures that told real guides from real letters of citizens.
//!
//! Measured on 231 conditions of acceptance and 460 questions of citizens, the length of clauses (21.3 against 12.0
//! characters), the words of law (3.03 against 0.20 in a hundred characters) and the missing 您 or 你 (0 against 2.76)
//! tell the two apart; formulas for whole books do not, on texts this short. One measure alone says little: a text is
//! hard when two of them say so.

mod prose;
mod words;

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// Below this many characters of prose nothing can be said.
const SHORTEST: usize = 60;

/// Mean characters in a clause above which a text is hard going.
const CLAUSE: f64 = 18.0;

/// Words of law in a hundred characters above which a text reads like a law.
const DENSITY: f64 = 1.5;
/// A density per hundred characters says little about a text that has fewer: three words of law in four short lines are no
/// jargon.
const A_HUNDRED: usize = 100;

/// Characters in one clause that are read at a glance.
const AT_A_GLANCE: usize = 25;

/// Characters in one clause above which nobody reads it in one breath.
const BREATH: usize = 40;

/// Words of law that make one sentence worth quoting, and a density worth speaking of.
const MANY_TERMS: usize = 2;

/// How a text reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Readability {
    /// Characters of prose, without punctuation, citations, names of materials and addresses.
    pub characters: usize,
    /// Mean characters in a clause.
    pub clause_length: f64,
    /// Characters in the longest clause.
    pub longest_clause: usize,
    /// Words of law in a hundred characters; 0 when there is only one.
    pub legal_per_hundred: f64,
    /// Whether it speaks to somebody: 您, 你, 我, or a clause that begins with 请.
    pub addresses_reader: bool,
    /// What makes it hard, in the order of [`Hurdle`].
    pub hurdles: Vec<Hurdle>,
    /// The sentences to rewrite, the hardest first, as they stand in the text; the hardest one where none stands out.
    pub sentences: Vec<HardSentence>,
}

/// One thing that makes a text hard to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hurdle {
    /// The clauses are long throughout: more than 18 characters in the mean.
    LongClauses,
    /// Words of law: more than 1.5 in a hundred characters.
    LegalWords,
    /// It speaks to nobody.
    NoReader,
    /// One clause at least has more than 40 characters.
    OverlongClause,
}

/// A sentence that should be written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HardSentence {
    /// The sentence as it stands in the text, without its end mark.
    pub text: String,
    /// The words of law in it that have a plain substitute.
    pub terms: Vec<LegalTerm>,
    /// Characters in its longest clause.
    pub longest_clause: usize,
}

/// A word of law and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalTerm {
    /// The word.
    pub word: String,
    /// The everyday word, or in brackets what to do (“（写明是哪条规定）”).
    pub plain: String,
}

impl Readability {
    /// 偏法言法语: two hurdles together.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        self.hurdles.len() >= 2
    }
}

static READER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "您|你|我[^国省市县区州局部委厅院校中所镇]|我$|(?:^|[，。；：！？,;:!?\\s、）)])(?:敬|烦|还)?请[^示求假]",
    )
});

/// How a text reads; `None` when it has fewer than 60 characters of prose.
#[must_use]
pub fn readability(text: &str) -> Option<Readability> {
    let readings: Vec<Reading<'_>> = text.split(is_end).map(Reading::of).collect();
    let lengths: Vec<usize> = readings.iter().flat_map(|reading| reading.lengths.iter().copied()).collect();
    let characters: usize = lengths.iter().sum();
    if characters < SHORTEST {
        return None;
    }
    let counted: usize = readings.iter().map(|reading| reading.counted).sum();
    // In a short text one word alone would be a high density.
    let counted = if counted < MANY_TERMS { 0 } else { counted };
    let mut told = Readability {
        characters,
        clause_length: characters as f64 / lengths.len() as f64,
        longest_clause: lengths.into_iter().max().unwrap_or(0),
        legal_per_hundred: counted as f64 * 100.0 / characters as f64,
        addresses_reader: READER.is_match(text),
        hurdles: Vec::new(),
        sentences: hardest_first(readings),
    };
    told.hurdles = hurdles(&told);
    Some(told)
}

/// Where a sentence ends.
fn is_end(character: char) -> bool {
    matches!(character, '。' | '；' | ';' | '！' | '!' | '？' | '?' | '\n')
}

fn hurdles(told: &Readability) -> Vec<Hurdle> {
    let counts = told.characters >= A_HUNDRED || told.longest_clause > AT_A_GLANCE;
    [
        (told.clause_length > CLAUSE, Hurdle::LongClauses),
        (counts && told.legal_per_hundred > DENSITY, Hurdle::LegalWords),
        (!told.addresses_reader, Hurdle::NoReader),
        (told.longest_clause > BREATH, Hurdle::OverlongClause),
    ]
    .into_iter()
    .filter_map(|(stands, hurdle)| stands.then_some(hurdle))
    .collect()
}

/// One sentence as it was read.
struct Reading<'a> {
    text: &'a str,
    /// Characters in each clause.
    lengths: Vec<usize>,
    /// Words of law.
    counted: usize,
    terms: Vec<LegalTerm>,
}

impl<'a> Reading<'a> {
    fn of(sentence: &'a str) -> Self {
        let clauses = prose::clauses(sentence);
        let joined = clauses.join("，");
        Self {
            text: sentence.trim(),
            lengths: clauses.iter().map(|clause| prose::length(clause)).collect(),
            counted: words::counted(&joined),
            terms: words::terms(&joined),
        }
    }
}

fn hardest_first(readings: Vec<Reading<'_>>) -> Vec<HardSentence> {
    let mut sentences: Vec<HardSentence> = readings
        .into_iter()
        .map(|reading| HardSentence {
            text: reading.text.to_owned(),
            longest_clause: reading.lengths.into_iter().max().unwrap_or(0),
            terms: reading.terms,
        })
        .filter(|sentence| !sentence.terms.is_empty() || sentence.longest_clause as f64 > CLAUSE)
        .collect();
    sentences.sort_by_key(|sentence| {
        std::cmp::Reverse((sentence.longest_clause > BREATH, sentence.terms.len(), sentence.longest_clause))
    });
    let outstanding = sentences.iter().take_while(|sentence| sentence.is_outstanding()).count();
    sentences.truncate(outstanding.max(1));
    sentences
}

impl HardSentence {
    fn is_outstanding(&self) -> bool {
        self.longest_clause > BREATH || self.terms.len() >= MANY_TERMS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LAW: &str = "申请人应当具备下列条件之一，方可依照本办法的有关规定向所在地县级以上人民政府市场监督管理主管部门提出申请；\
        逾期未提交的，不予受理。申请人取得许可证后，其有效期届满前三十日内须依法申请延续。";

    const PLAIN: &str = "您年满18周岁，住在本市，就可以来办。带上身份证和户口本，到家门口的大厅就行。不想跑腿，也可以在手机上办，\
        三天就能办好。证丢了不用登报，直接来补一张就可以，当天就能拿走。";

    #[test]
    fn the_language_of_laws_is_hard_and_everyday_language_is_not() {
        let law = readability(LAW).unwrap();
        assert!(law.is_hard());
        assert!(law.hurdles.contains(&Hurdle::LegalWords) && law.hurdles.contains(&Hurdle::NoReader));
        let plain = readability(PLAIN).unwrap();
        assert_eq!((plain.hurdles.len(), plain.sentences.len()), (0, 0), "{plain:?}");
        let bare = readability(&LAW.replace("申请人应当具备下列条件之一，方可", "")).unwrap();
        assert!(bare.is_hard() && !bare.sentences.is_empty(), "there is always something to quote");
    }

    #[test]
    fn hard_sentences_are_quoted_as_they_stand_with_the_plain_words() {
        let law = readability(LAW).unwrap();
        let first = &law.sentences[0];
        assert!(LAW.contains(&first.text) && first.text.starts_with("申请人应当具备"), "{}", first.text);
        let plain = |word: &str| first.terms.iter().find(|term| term.word == word).map(|term| &*term.plain);
        assert_eq!(plain("应当"), Some("要"));
        assert_eq!(plain("方可"), Some("才可以"));
        assert_eq!(plain("以上"), None, "it has no plain substitute");
    }

    #[test]
    fn one_hurdle_alone_is_not_hard() {
        let text = "年满18周岁，住在本市，就可以来办。带上照片，到家门口的大厅就行。不想跑腿，也可以在手机上办，三天就能办好。\
            丢了不用登报，直接来补一张就可以，当天就能拿走。";
        let told = readability(text).unwrap();
        assert_eq!(told.hurdles, [Hurdle::NoReader]);
        assert!(!told.is_hard());
    }

    #[test]
    fn laws_materials_and_addresses_are_no_prose() {
        let text = "《中华人民共和国行政许可法》第十二条第一款第三项；《国务院对确需保留的行政审批项目设定行政许可的决定》（国务院令第412号）附件第五十二项；\
            居民身份证、居民户口簿、不动产权证书、营业执照副本复印件；山西省晋城市城区凤台西街2189号市民中心三层12号窗口；0356-2026101";
        assert_eq!(readability(text), None);
        assert_eq!(readability("年满18周岁。"), None);
    }

    #[test]
    fn a_request_speaks_to_the_reader_and_an_authority_does_not() {
        for text in ["年满18周岁，请到窗口办理", "请携带身份证", "我要办身份证", "您好"]
        {
            assert!(READER.is_match(text), "{text}");
        }
        for text in ["申请材料", "我国公民", "在我市居住", "须提出申请，请求复核", "聘请律师"]
        {
            assert!(!READER.is_match(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_measured(text in ".{0,200}") {
            if let Some(told) = readability(&text) {
                prop_assert!(told.characters >= SHORTEST && told.clause_length.is_finite());
                prop_assert!(told.longest_clause as f64 >= told.clause_length - 1e-9);
            }
        }

        #[test]
        fn quoted_sentences_stand_in_the_text(text in "[申请人应当具备下列条件之一，。；方可《法》第一条\n 0-9]{60,160}") {
            for sentence in readability(&text).into_iter().flat_map(|told| told.sentences) {
                prop_assert!(text.contains(&sentence.text));
            }
        }
    }
}
