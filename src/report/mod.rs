//! One outcome, many formats: the page that an official shows, the lists that a bureau works off, the file that a
//! build server reads, the summary on the terminal, and one visit as a replay. It judges nothing and knows no browser; everything that it
//! is handed came from pages and is hostile.

mod difference;
mod error;
mod evidence;
mod guide;
mod hitches;
mod ink;
mod junit;
mod junit_walks;
mod page;
mod picture;
mod tally;
mod terminal;
mod trace;
mod wording;
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};

pub use error::ReportError;
pub use evidence::{Evidence, Material, NoEvidence};
pub use guide::{GuideReport, guide_json, guide_page, guide_terminal, guide_workbook};
pub use junit::junit;
pub use page::{comparison_page, html};
pub use terminal::terminal;
pub use trace::trace;
pub use workbook::{comparison_workbook, xlsx};

/// Name of the page inside the report folder.
pub const PAGE: &str = "index.html";
/// Name of the issue list inside the report folder.
pub const WORKBOOK: &str = "问题清单.xlsx";
/// Name of the build server's file inside the report folder.
pub const JUNIT: &str = "junit.xml";

/// Writes every format into `folder` (the run's `report/`), each file at once and whole, and gives back their paths.
///
/// # Errors
/// When a format cannot be made or a file cannot be written; files written before stay.
pub fn write_all(folder: &Path, material: &Material<'_>) -> Result<Vec<PathBuf>, ReportError> {
    fs::create_dir_all(folder)
        .map_err(|source| ReportError::Folder { path: folder.to_path_buf(), source })?;
    let files = [
        (PAGE, html(material)?.into_bytes()),
        (WORKBOOK, xlsx(material)?),
        (JUNIT, junit(material)?.into_bytes()),
    ];
    files.into_iter().map(|(name, bytes)| write_whole(folder.join(name), &bytes)).collect()
}

/// Writes one file that a person named, at once and whole.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    write_whole(path.to_owned(), bytes).map(|_| ())
}

/// A reader never meets half a file: it is written beside its place and then moved there.
fn write_whole(path: PathBuf, bytes: &[u8]) -> Result<PathBuf, ReportError> {
    let beside = path.with_extension("part");
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, &path));
    match written {
        Ok(()) => Ok(path),
        Err(source) => Err(ReportError::Write { path, source }),
    }
}
