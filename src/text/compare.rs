//! How alike two values are: normal forms first, then a score.

use crate::model::Likeness;

use super::glance::{Glance, glance};
use super::{Sort, address, answer, date, hours, law, limit, money, phone, plain, set, words};

/// More passes than this change nothing more in any text that was tried.
const PASSES: usize = 8;

/// The normal form of a value: equal forms say the same thing in other clothes. Idempotent. Good as a key for grouping;
/// [`likeness`] knows more about two values that it sees side by side.
#[must_use]
pub fn normal(sort: Sort, text: &str) -> String {
    settled(sort, pass(sort, text))
}

/// A form after one pass, folded until nothing changes any more.
fn settled(sort: Sort, mut form: String) -> String {
    for _ in 0..PASSES {
        // Without its punctuation a text may begin with a bullet, or two numbers may have become one: look again.
        if matches!(sort, Sort::Words | Sort::Name) && words::is_final(&form) {
            break;
        }
        let next = pass(sort, &form);
        if next == form {
            break;
        }
        form = next;
    }
    form
}

fn pass(sort: Sort, text: &str) -> String {
    match sort {
        Sort::Words | Sort::Name => words::words(text),
        Sort::Limit => limit::normal(text),
        Sort::Phones => phone::normal(text),
        Sort::Hours => hours::normal(text),
        Sort::Address => address::normal(text),
        Sort::Date => date::normal(text),
        Sort::Money => money::normal(text),
        Sort::Fee => answer::fee_normal(text),
        Sort::YesNo => answer::yes_no_normal(text),
        Sort::Count => answer::count_normal(text),
        Sort::Code => code(text),
        Sort::Set => set::normal(text),
        Sort::Law => law::normal(text),
        Sort::Stages => set::stages(text),
    }
}

/// Codes and addresses of pages: no white space, letters in capitals unless it is an address, whose case may matter.
fn code(text: &str) -> String {
    let visible = words::visible(text);
    let visible = visible.trim_end_matches(['。', ';', ',', '、']);
    let visible = match visible.split_once([':', '：']) {
        Some((label, code)) if !code.is_empty() && label.chars().all(super::is_han) => code,
        _ => visible,
    };
    if visible.contains("://") { visible.to_owned() } else { visible.to_uppercase() }
}

/// Compares two values: equal bytes are [`Likeness::Same`], the same content in other clothes [`Likeness::Formal`],
/// everything else [`Likeness::Differs`]; never [`Likeness::Missing`] or [`Likeness::Alone`]. Symmetric.
///
/// Side by side, an area code, a region, or the amount of a fee that only one side states is a difference of form, and
/// regions that both state must agree.
#[must_use]
pub fn likeness(sort: Sort, left: &str, right: &str) -> Likeness {
    if left == right {
        return Likeness::Same;
    }
    match glance(sort, left, right) {
        Glance::Alike if sort != Sort::Code => return Likeness::Formal,
        Glance::Unlike => return Likeness::Differs,
        _ => {}
    }
    let alike = match sort {
        Sort::Address => address::is_same_place(left, right),
        Sort::Fee => have_one_form(sort, left, right) || answer::is_same_charge(left, right),
        Sort::Phones => have_one_form(sort, left, right) || phone::are_same_lines(left, right),
        _ => have_one_form(sort, left, right),
    };
    if alike { Likeness::Formal } else { Likeness::Differs }
}

/// Whether the normal forms are equal; mostly the first pass tells.
fn have_one_form(sort: Sort, left: &str, right: &str) -> bool {
    let (left, right) = (pass(sort, left), pass(sort, right));
    left == right || settled(sort, left) == settled(sort, right)
}

/// How alike the plain forms of two texts are, from 0 (nothing in common) to 1 (equal).
#[must_use]
pub fn similarity(left: &str, right: &str) -> f64 {
    if left == right {
        return 1.0;
    }
    rapidfuzz::fuzz::ratio(plain(left).chars(), plain(right).chars())
}
