//! What stands between a program and the system: built once from `shim.c`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What becomes of the changes that a program makes to a folder. They are counted from 1: files made, written, cut,
/// synced, renamed and removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// From this one on nothing fits on the disk; half of this one does, where it is a write.
    Full(usize),
    /// This one alone fails, as on a bad disk.
    Fails(usize),
    /// Before this one the program is killed.
    Kills(usize),
    /// Nothing may be changed at all.
    ReadOnly,
}

/// Puts the shim between a program and its folder.
pub fn changes(command: &mut Command, folder: &Path, change: Change) {
    let (word, at) = match change {
        Change::Full(at) => ("full", at),
        Change::Fails(at) => ("fail", at),
        Change::Kills(at) => ("kill", at),
        Change::ReadOnly => ("readonly", 0),
    };
    let command = command.env("LD_PRELOAD", library()).env("TORTURE_FOLDER", folder);
    command.env("TORTURE_DO", word).env("TORTURE_AT", at.to_string());
}

/// Has a program count its changes to a folder into a file elsewhere.
pub fn counts(command: &mut Command, folder: &Path, told: &Path) {
    command.env("LD_PRELOAD", library()).env("TORTURE_FOLDER", folder).env("TORTURE_TOLD", told);
}

/// Has a program's clock go wrong by as many seconds as a file says at the time.
pub fn clock(command: &mut Command, file: &Path) {
    command.env("LD_PRELOAD", library()).env("TORTURE_CLOCK", file).env_remove("SOURCE_DATE_EPOCH");
}

fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/torture/shim.c");
        let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("torture-{}.so", std::process::id()));
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let done = Command::new(compiler)
            .args(["-O1", "-shared", "-fPIC", "-o"])
            .arg(&built)
            .arg(source)
            .arg("-ldl")
            .status();
        assert!(done.is_ok_and(|status| status.success()), "the torture tests need a C compiler, `cc`");
        built
    })
}
