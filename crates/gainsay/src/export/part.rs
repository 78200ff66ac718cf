//! An export of a part of the answers, as one archive: what the desk gives away.

use std::fs;
use std::path::Path;

use super::{Target, Wanted, export};
use crate::Error;
use crate::answers::Answers;
use crate::archive::{Put, zip};
use crate::ask::Ask;

/// The export with its loss report, as the bytes of an archive with one folder in it.
///
/// # Errors
/// As [`export`], and when the answers cannot be read or the archive would be too great.
pub fn export_from(answers: &Answers, asked: &Ask, wanted: &Wanted) -> Result<Vec<u8>, Error> {
    let format = wanted.format;
    let part = answers.part(asked)?;
    // It is written beside the ledger, which is where the desk may write, and is gone when it is packed.
    let beside = answers.ledger().parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder =
        tempfile::Builder::new().prefix(".gainsay-export-").tempdir_in(beside.unwrap_or(Path::new(".")));
    let folder = folder.map_err(|error| Error::io("no folder to write the export to", error))?;
    let target = match format.is_folder_of_tables() {
        true => folder.path().join("tables"),
        false => folder.path().join(format!("gainsay.{}", format.extension())),
    };
    export(answers.ledger(), part.shelf(), &part.weighed(), asked, wanted, Target::Path(&target))?;
    let failed = |error| Error::io("the export cannot be read again", error);
    zip(&format!("gainsay-{}", format.as_str()), |put| pack(folder.path(), "", put).map_err(failed))
}

/// Every file of a folder and the folders in it, by name.
fn pack(folder: &Path, above: &str, put: Put) -> std::io::Result<()> {
    let entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    let mut names: Vec<String> =
        entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let name = format!("{above}{name}");
        match path.is_dir() {
            true => pack(&path, &format!("{name}/"), put)?,
            false => put(&name, &fs::read(&path)?)?,
        }
    }
    Ok(())
}
