//! Behaviour of intake as its callers see it: pages, good input, bad input, any bytes at all.

// Pages with the text and metadata that are expected of them.
mod pages;
// How well pages are read, in figures.
mod scored;
// Files, folders and streams, good ones.
mod good;
// Feeds, and other programs' exports.
mod exports;
// Tables, and other people's columns.
mod tables;
// Everything that cannot be read: one line each, and the rest goes on.
mod bad;
// Archives of all kinds, whole and broken, and what they are called when they are made.
mod archives;
mod made;
// Office documents and mail.
mod documents;
// Checksums and time stamps that lie beside files.
mod beside;
// Reports made to mislead.
mod poisoned;
// Parquet files of reports.
mod parquets;
// Laws that hold for archives and documents that are damaged.
mod mutants;
// PDFs, made here.
mod pdfs;
// Web archives.
mod warcs;
// Laws that hold for any bytes.
mod laws;

use std::path::{Path, PathBuf};

use gainsay_intake::{Input, Intake, take_in_from};
use gainsay_model::Warning;

/// Takes in paths and keeps everything that comes, apart.
fn take(paths: &[&Path]) -> (Vec<Intake>, Vec<Warning>) {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::Path(path.to_path_buf())).collect();
    let (mut taken, mut warnings) = (Vec::new(), Vec::new());
    take_in_from(&inputs, &mut std::io::empty(), |outcome| match outcome {
        Ok(intake) => taken.push(intake),
        Err(warning) => warnings.push(warning),
    });
    (taken, warnings)
}

/// Takes in what stands on standard input.
fn take_stream(bytes: &[u8]) -> (Vec<Intake>, Vec<Warning>) {
    let (mut taken, mut warnings) = (Vec::new(), Vec::new());
    take_in_from(&[Input::Stdin], &mut &bytes[..], |outcome| match outcome {
        Ok(intake) => taken.push(intake),
        Err(warning) => warnings.push(warning),
    });
    (taken, warnings)
}

/// Takes in one file under a name, with what was noted.
fn take_file(name: &str, bytes: &[u8]) -> (Vec<Intake>, Vec<Warning>, Vec<Warning>) {
    let folder = folder(&[(name, bytes)]);
    let (mut taken, mut warnings) = (Vec::new(), Vec::new());
    let input = Input::Path(folder.path().join(name));
    let notes = take_in_from(&[input], &mut std::io::empty(), |outcome| match outcome {
        Ok(intake) => taken.push(intake),
        Err(warning) => warnings.push(warning),
    });
    (taken, warnings, notes)
}

/// A folder with files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path: PathBuf = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

fn ids(taken: &[Intake]) -> Vec<&str> {
    taken.iter().map(|intake| intake.report.id.as_str()).collect()
}
