//! Single files: names that are safe, writing that is whole or not at all.

use std::fs::{self, File};
use std::io::{BufReader, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::Builder;

use super::StoreError;

/// Longest name of a run, a visit or a file, in bytes; the common limit of file systems is 255.
const LONGEST_NAME: usize = 200;

/// Refuses what may not become one part of a path: only `a-z`, `0-9`, `.` and `-`, and no dot in front.
pub(super) fn checked(name: &str) -> Result<&str, StoreError> {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
    let is_safe = (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(allowed)
        && !name.starts_with(['.', '-'])
        && !name.ends_with('.');
    if is_safe { Ok(name) } else { Err(StoreError::Name(name.chars().take(80).collect())) }
}

/// Writes a file so that a reader sees the old or the new one, never half of it.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let write = || {
        let mut temporary = builder().tempfile_in(folder)?;
        temporary.write_all(content)?;
        temporary.as_file().sync_data()?;
        temporary.persist(path).map_err(|error| error.error).map(drop)
    };
    write().map_err(StoreError::write(path))
}

/// A temporary file that, once it has its name, other people of the office may read as the umask says.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".zoutong-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder
}

/// Writes a value as indented JSON, whole or not at all.
pub(super) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_vec_pretty(value)
        .map_err(|source| StoreError::Shape { path: path.to_owned(), source })?;
    write_whole(path, &text)
}

/// Reads a JSON file.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, StoreError> {
    let file = File::open(path).map_err(StoreError::read(path))?;
    serde_json::from_reader(BufReader::new(file))
        .map_err(|source| StoreError::Shape { path: path.to_owned(), source })
}

/// Creates a folder and those above it.
pub(super) fn create_folders(path: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(path).map_err(StoreError::write(path))
}
