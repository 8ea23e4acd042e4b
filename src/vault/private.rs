//! Files that only their owner reads.

use std::fs::{self, DirBuilder, File};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::VaultError;

/// A private file larger than this is none of ours, in bytes.
const LARGEST: u64 = 16 << 20;
/// What group and others may do.
const OTHERS: u32 = 0o077;
const MODE: u32 = 0o7777;

/// Makes the folder, for its owner alone and out of reach of git, where it is not there yet.
///
/// # Errors
/// When it cannot be written.
pub fn private_folder(folder: &Path) -> Result<(), VaultError> {
    if folder.is_dir() {
        return Ok(());
    }
    let refused = |path: PathBuf| move |source| VaultError::Write { path, source };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(refused(folder.to_owned()))?;
    let ignore = folder.join(".gitignore");
    fs::write(&ignore, "*\n").map_err(refused(ignore.clone()))
}

/// The bytes of a private file; `None` where there is none.
///
/// # Errors
/// When others can read it, too, or it cannot be read.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, VaultError> {
    let refused = |source| VaultError::Read { path: path.to_owned(), source };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused(error)),
    };
    // Of the file that was opened: the name may mean another one by now.
    let mode = file.metadata().map_err(refused)?.permissions().mode() & MODE;
    if mode & OTHERS != 0 {
        return Err(VaultError::OpenToOthers { path: path.to_owned(), mode });
    }
    let mut bytes = Vec::new();
    (&mut file).take(LARGEST).read_to_end(&mut bytes).map_err(refused)?;
    Ok(Some(bytes))
}

/// Writes a private file whole, or leaves the old one as it was.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let refused = |source| VaultError::Write { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private_folder(folder)?;
    // Only its owner can read a temporary file, and it becomes the file at once.
    let mut fresh = tempfile::NamedTempFile::new_in(folder).map_err(refused)?;
    fresh.write_all(bytes).map_err(refused)?;
    fresh.as_file().sync_all().map_err(refused)?;
    fresh.persist(path).map_err(|error| refused(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_for_its_owner_alone_and_out_of_reach_of_git() {
        let world = tempfile::tempdir().unwrap();
        let path = world.path().join("private/secrets");
        assert!(read(&path).unwrap().is_none());
        write(&path, b"A=b").unwrap();
        write(&path, b"A=c").unwrap();
        assert_eq!(read(&path).unwrap().unwrap(), b"A=c");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & MODE;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_to_string(world.path().join("private/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let world = tempfile::tempdir().unwrap();
        let path = world.path().join("secrets");
        write(&path, b"A=geheim").unwrap();
        for open in [0o640, 0o604, 0o620, 0o610] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).unwrap();
            let error = read(&path).unwrap_err();
            assert!(matches!(error, VaultError::OpenToOthers { mode, .. } if mode == open), "{error}");
            assert!(error.advice().contains("chmod 600"), "{}", error.advice());
        }
    }
}
