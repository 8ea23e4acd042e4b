//! 事项列表: what a visitor asks to see of the items (an audience, a theme, a department, words) and one page of it.

use super::form::field;
use super::item::Item;
use super::search::find;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many page numbers stand in a row below a list.
const NUMBERS: usize = 7;

/// What a list is asked for; empty fields ask for everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    audience: String,
    theme: String,
    department: String,
    pub(crate) words: String,
    page: usize,
}

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Listed<'a> {
    pub(crate) found: Vec<&'a Item>,
    pub(crate) turning: Turning,
}

/// Where a page of a list stands, and the addresses of its neighbours; an address is empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Turning {
    pub(crate) count: usize,
    pub(crate) page: usize,
    pub(crate) pages: usize,
    pub(crate) previous: String,
    pub(crate) next: String,
    pub(crate) last: String,
    pub(crate) numbers: Vec<Numbered>,
}

/// One of the page numbers below a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Numbered {
    pub(crate) number: usize,
    pub(crate) address: String,
}

impl Wanted {
    /// Reads the query string of a list or search page.
    pub(crate) fn read(raw: &str) -> Self {
        Self {
            audience: field(raw, "audience"),
            theme: field(raw, "theme"),
            department: field(raw, "department"),
            words: field(raw, "q").trim().to_owned(),
            page: field(raw, "page").parse().unwrap_or(1),
        }
    }

    /// The page that is asked for, `size` items a page; a search for nothing finds nothing.
    pub(crate) fn search<'a>(&self, items: &'a [Item], path: &str, size: usize) -> Listed<'a> {
        self.cut(find(items, &self.words, items.len()), path, size)
    }

    /// The page that is asked for of the items of an audience, theme or department.
    pub(crate) fn list<'a>(&self, items: &'a [Item], path: &str, size: usize) -> Listed<'a> {
        self.cut(items.iter().filter(|item| self.chooses(item)).collect(), path, size)
    }

    fn chooses(&self, item: &Item) -> bool {
        (self.audience.is_empty() || item.audience.word() == self.audience)
            && (self.theme.is_empty() || item.theme == self.theme)
            && (self.department.is_empty() || item.office_name() == self.department)
    }

    fn cut<'a>(&self, all: Vec<&'a Item>, path: &str, size: usize) -> Listed<'a> {
        let pages = all.len().div_ceil(size).max(1);
        let page = self.page.clamp(1, pages);
        let turning = self.turning(path, all.len(), page, pages);
        Listed { found: all.into_iter().skip((page - 1) * size).take(size).collect(), turning }
    }

    fn turning(&self, path: &str, count: usize, page: usize, pages: usize) -> Turning {
        let to =
            |wanted: usize, exists: bool| if exists { self.address(path, wanted) } else { String::new() };
        let first = page.saturating_sub(NUMBERS / 2).clamp(1, pages.saturating_sub(NUMBERS - 1).max(1));
        let numbers = (first..=pages.min(first + NUMBERS - 1))
            .map(|number| Numbered { number, address: to(number, number != page) })
            .collect();
        Turning {
            count,
            page,
            pages,
            previous: to(page.saturating_sub(1), page > 1),
            next: to(page + 1, page < pages),
            last: to(pages, page < pages),
            numbers: if pages > 1 { numbers } else { Vec::new() },
        }
    }

    fn address(&self, path: &str, page: usize) -> String {
        let fields = [
            ("audience", &self.audience),
            ("theme", &self.theme),
            ("department", &self.department),
            ("q", &self.words),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(fields.into_iter().filter(|(_, value)| !value.is_empty()));
        query.append_pair("page", &page.to_string());
        format!("{path}?{}", query.finish())
    }

    /// What the list is called: the audience, theme or department that was chosen.
    pub(crate) fn title(&self) -> &str {
        match self.audience.as_str() {
            "personal" => "个人办事",
            "enterprise" => "法人办事",
            _ if !self.theme.is_empty() => &self.theme,
            _ if !self.department.is_empty() => &self.department,
            _ => "全部事项",
        }
    }
}

/// A category and how many items it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Category {
    pub(crate) name: String,
    pub(crate) count: usize,
}

/// The themes of the items.
pub(crate) fn themes(items: &[Item]) -> Vec<Category> {
    counted(items.iter().map(|item| item.theme.as_str()))
}

/// The departments of the items.
pub(crate) fn departments(items: &[Item]) -> Vec<Category> {
    counted(items.iter().map(Item::office_name))
}

fn counted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Category> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().map(|(name, count)| Category { name: name.to_owned(), count }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::item::read_items;
    use std::collections::BTreeSet;

    /// Follows 下一页 from an address to the end.
    fn walked<'a>(items: &'a [Item], query: &str) -> Vec<&'a str> {
        let mut names = Vec::new();
        let mut query = query.to_owned();
        loop {
            let listed = Wanted::read(&query).list(items, "/list", 20);
            names.extend(listed.found.iter().map(|item| item.name.as_str()));
            match listed.turning.next.split_once('?') {
                Some((_, next)) => next.clone_into(&mut query),
                None => return names,
            }
        }
    }

    #[test]
    fn turning_pages_shows_every_item_once_whatever_the_category() {
        let items = read_items(1000).unwrap();
        let all = walked(&items, "");
        assert_eq!(all.len(), 1000);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 1000);
        for categories in [("theme", themes(&items)), ("department", departments(&items))] {
            let (field, categories) = categories;
            let total: usize = categories
                .iter()
                .map(|category| {
                    let shown = walked(&items, &format!("{field}={}", category.name)).len();
                    assert_eq!(shown, category.count, "{}", category.name);
                    shown
                })
                .sum();
            assert_eq!(total, 1000, "{field}");
        }
    }

    #[test]
    fn numbers_stand_around_the_page_and_the_page_itself_is_no_link() {
        let items = read_items(400).unwrap();
        let turning = Wanted::read("audience=enterprise&page=9").list(&items, "/list", 20).turning;
        let numbers: Vec<usize> = turning.numbers.iter().map(|number| number.number).collect();
        assert_eq!(numbers, [6, 7, 8, 9, 10, 11, 12]);
        assert!(turning.numbers[3].address.is_empty());
        assert_eq!(turning.next, "/list?audience=enterprise&page=10");
        let last = Wanted::read("page=999").list(&items, "/list", 20).turning;
        assert_eq!((last.page, last.next.as_str()), (20, ""));
    }

    #[test]
    fn a_short_list_has_no_numbers() {
        let items = read_items(10).unwrap();
        assert_eq!(Wanted::default().list(&items, "/list", 20).turning.numbers, []);
    }
}
