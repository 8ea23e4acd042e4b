//! Selenese: the HTML tables in which Selenium IDE kept tests and suites before there were projects.

use scraper::{ElementRef, Html, Selector};

use super::notes::Notes;
use super::side::{Command, Project, Suite, Test};

/// Reads a test case, or a suite with the test cases that lie beside it.
///
/// # Errors
/// In one Chinese clause, why it is neither.
pub(super) fn project(
    stem: &str,
    html: &str,
    beside: &dyn Fn(&str) -> Option<Vec<u8>>,
    notes: &mut Notes,
) -> Result<Project, String> {
    let page = Html::parse_document(html);
    let mut project = Project { version: "1.0".to_owned(), ..Project::default() };
    if let Some(table) = all(&page, "table#suiteTable").into_iter().next() {
        let name = first_row(table).filter(|name| !name.is_empty()).unwrap_or_else(|| stem.to_owned());
        let mut suite = Suite { name, ..Suite::default() };
        for (name, href) in links(table) {
            match beside(&href) {
                Some(content) => {
                    let inner = Html::parse_document(&String::from_utf8_lossy(&content));
                    add(&mut project, &inner, &name);
                    suite.tests.extend(project.tests.last().map(|test| test.id.clone()));
                }
                None => notes.refused(format!("测试文件“{href}”找不到（原文：The file {href} is missing）")),
            }
        }
        project.suites.push(suite);
    } else {
        add(&mut project, &page, stem);
    }
    let is_empty = project.tests.iter().all(|test| test.commands.is_empty()) && project.suites.is_empty();
    if is_empty {
        Err("不是 Selenium IDE 的测试表格（原文：Unknown file was received）".to_owned())
    } else {
        Ok(project)
    }
}

fn add(project: &mut Project, page: &Html, name: &str) {
    let base = all(page, "link[rel=\"selenium.base\"]").into_iter().find_map(|link| link.attr("href"));
    if project.url.is_empty() {
        base.unwrap_or_default().clone_into(&mut project.url);
    }
    let title = all(page, "thead td").into_iter().next().map(words).filter(|title| !title.is_empty());
    let commands = all(page, "tbody tr").into_iter().filter_map(command).collect();
    let id = format!("t{}", project.tests.len() + 1);
    project.tests.push(Test { id, name: title.unwrap_or_else(|| name.to_owned()), commands });
}

fn all<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(css).map(|selector| page.select(&selector).collect()).unwrap_or_default()
}

fn inside<'a>(element: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(css).map(|selector| element.select(&selector).collect()).unwrap_or_default()
}

fn first_row(table: ElementRef<'_>) -> Option<String> {
    inside(table, "tr").into_iter().next().filter(|row| inside(*row, "a").is_empty()).map(words)
}

fn links(table: ElementRef<'_>) -> Vec<(String, String)> {
    let link = |link: ElementRef<'_>| Some((words(link), link.attr("href")?.to_owned()));
    inside(table, "a[href]").into_iter().filter_map(link).collect()
}

/// A row of three cells; others are headings.
fn command(row: ElementRef<'_>) -> Option<Command> {
    let cells = inside(row, "td");
    let [name, target, value] = cells.as_slice() else { return None };
    let name = words(*name);
    if name.is_empty() {
        return None;
    }
    let name = name.strip_suffix("AndWait").map_or(name.clone(), ToOwned::to_owned);
    Some(Command { name, target: cell(*target), value: cell(*value), ..Command::default() })
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// A cell's text; `<br>` is a new line.
fn cell(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            scraper::Node::Text(part) => text.push_str(part),
            scraper::Node::Element(inner) if inner.name() == "br" => text.push_str("\\n"),
            _ => {}
        }
    }
    text.trim().to_owned()
}
