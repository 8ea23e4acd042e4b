//! `zoutong read`: the guide on any page, how each element was found, and what is wrong with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::arguments::{ReadArguments, ShownAs};
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use super::{now, wait_for};
use crate::audit::{self, AuditError, PageReading};
use crate::browser::Browser;
use crate::check;
use crate::model::Catalogue;
use crate::report::{self, GuideReport, ReportError};

pub(in super::super) fn run(arguments: &ReadArguments, screen: &Screen) -> Result<Code, Failure> {
    let page = read(arguments)?;
    // Files that the page links are looked at where a walk has its guard and its pace.
    let findings = check::inspect(&page.guide, &[]);
    let shown = GuideReport {
        source: &page.source,
        seen_as: page.seen_as,
        at: now(),
        guide: &page.guide,
        findings: &findings,
        notes: &page.snapshot.notes,
    };
    if arguments.shown_as.json {
        screen.line(&report::guide_json(&shown).unwrap_or_default());
    } else {
        screen.line(&report::guide_terminal(&shown, screen.width, screen.color));
    }
    let html = || report::guide_page(&shown).map(String::into_bytes);
    write(&arguments.shown_as, html, || report::guide_workbook(&shown), screen).map_err(AuditError::from)?;
    Ok(if page.guide.elements.is_empty() { Code::Incomplete } else { Code::Nothing })
}

fn read(arguments: &ReadArguments) -> Result<PageReading, Failure> {
    let file = Path::new(&arguments.source);
    if file.is_file() {
        return Ok(audit::read_file(file)?);
    }
    let browser = audit::browser(&arguments.browser.choice()).map_err(AuditError::from)?;
    wait_for(async {
        let page = if arguments.twice {
            read_twice(&browser, &arguments.source).await
        } else {
            audit::read_address(&browser, &arguments.source).await
        };
        browser.close().await;
        Ok(page?)
    })
}

/// Reads a page and notes what it shows differently a second time.
async fn read_twice(browser: &Arc<dyn Browser>, address: &str) -> Result<PageReading, AuditError> {
    let mut page = audit::read_address(browser, address).await?;
    let note = match audit::changed_since(browser, &page).await? {
        None => Some("再打开一次没有看到办事指南".to_owned()),
        Some(changed) if changed.is_empty() => None,
        Some(changed) => {
            let names: Vec<&str> = changed.elements().map(|id| Catalogue::embedded().name_of(id)).collect();
            Some(format!("打开两次不一样的内容（易变内容）：{}", names.join("、")))
        }
    };
    page.snapshot.notes.extend(note);
    Ok(page)
}

/// Writes the files that were asked for and says where they are.
pub(super) fn write(
    wanted: &ShownAs,
    html: impl FnOnce() -> Result<Vec<u8>, ReportError>,
    xlsx: impl FnOnce() -> Result<Vec<u8>, ReportError>,
    screen: &Screen,
) -> Result<(), ReportError> {
    let written = |path: &PathBuf, bytes: &[u8]| -> Result<(), ReportError> {
        report::write_file(path, bytes)?;
        // Standard output belongs to the JSON, where that was asked for.
        screen.error(&format!("已写入 {}", path.display()));
        Ok(())
    };
    if let Some(path) = &wanted.html {
        written(path, &html()?)?;
    }
    if let Some(path) = &wanted.xlsx {
        written(path, &xlsx()?)?;
    }
    Ok(())
}
