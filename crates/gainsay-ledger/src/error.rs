//! The crate's error: what went wrong, with which file, and what to do about it, in one line.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// How long a second writer waits for the first, in seconds.
pub(crate) const PATIENCE_SECONDS: u64 = 5;

/// Why a ledger could not be opened, read or written. One line on what, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct Error {
    path: PathBuf,
    kind: Box<Kind>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("no such file; make a ledger with `gainsay init`")]
    NoSuchFile,
    #[error("already there; open it, or choose another name")]
    Exists,
    #[error("not a gainsay ledger: {0}")]
    NotALedger(&'static str),
    #[error("made by a newer gainsay (schema {found}, this one reads up to {reads}); update gainsay")]
    Newer { found: u32, reads: u32 },
    #[error(
        "an older ledger (schema {found}, now {now}); open it once for writing, so that it can be brought up to date"
    )]
    Older { found: u32, now: u32 },
    #[error("in use by another program for more than {PATIENCE_SECONDS} s; try again when that is done")]
    Busy,
    #[error("the disk is full; the ledger is as it was before; free some space and try again")]
    Full,
    #[error(
        "no permission to write; change the file's or folder's permissions, or copy the ledger elsewhere"
    )]
    ReadOnly,
    #[error("cannot be opened, or nothing can be written in its folder; check the permissions of both")]
    CannotOpen,
    #[error(
        "its last writer was cut short, and what that left undone may not be taken back; change the permissions of \
             the file and its folder, or copy both it and its journal elsewhere"
    )]
    CutShort,
    #[error("was replaced by another program meanwhile; nothing was written; try again")]
    Replaced,
    #[error("takes too long to open: damaged, or made to hang; get a clean copy of the ledger")]
    TooLong,
    #[error("damaged: {0}; `gainsay verify` lists what is wrong")]
    Damaged(String),
    #[error("{0}")]
    Refused(String),
    #[error("cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    #[error("database error: {0}")]
    Sql(rusqlite::Error),
}

impl Error {
    #[cold]
    pub(crate) fn new(path: &Path, kind: Kind) -> Error {
        Error { path: path.to_owned(), kind: Box::new(kind) }
    }

    #[cold]
    pub(crate) fn io(path: &Path, error: std::io::Error) -> Error {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => Kind::NoSuchFile,
            std::io::ErrorKind::AlreadyExists => Kind::Exists,
            std::io::ErrorKind::PermissionDenied => Kind::ReadOnly,
            std::io::ErrorKind::StorageFull => Kind::Full,
            _ => Kind::Io(error),
        };
        Error::new(path, kind)
    }

    #[cold]
    pub(crate) fn sql(path: &Path, error: rusqlite::Error) -> Error {
        let extended = error.sqlite_error().map(|failure| failure.extended_code);
        let kind = match error.sqlite_error_code() {
            // Another file has taken its name since it was opened: writing would be into nowhere.
            _ if extended == Some(rusqlite::ffi::SQLITE_READONLY_DBMOVED) => Kind::Replaced,
            _ if extended == Some(rusqlite::ffi::SQLITE_READONLY_ROLLBACK) => Kind::CutShort,
            Some(ErrorCode::OperationInterrupted) => Kind::TooLong,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            Some(ErrorCode::DiskFull) => Kind::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Kind::ReadOnly,
            Some(ErrorCode::CannotOpen) => Kind::CannotOpen,
            Some(ErrorCode::NotADatabase) => Kind::NotALedger("no SQLite file"),
            Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged(error.to_string()),
            _ => match error {
                rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => Kind::Damaged(error.to_string()),
                _ => Kind::Sql(error),
            },
        };
        Error::new(path, kind)
    }

    #[cold]
    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Error {
        Error::new(path, Kind::Damaged(what.into()))
    }

    #[cold]
    pub(crate) fn refused(path: &Path, what: impl Into<String>) -> Error {
        Error::new(path, Kind::Refused(what.into()))
    }

    /// What went wrong, without the file's name.
    pub(crate) fn what(&self) -> String {
        self.kind.to_string()
    }

    /// There is no file of that name.
    pub fn is_no_such_file(&self) -> bool {
        matches!(*self.kind, Kind::NoSuchFile)
    }

    /// A ledger was to be made where there is a file already.
    pub fn is_already_there(&self) -> bool {
        matches!(*self.kind, Kind::Exists)
    }

    /// The file is something else: no SQLite file, no GeoPackage, or a GeoPackage of somebody else's.
    pub fn is_not_a_ledger(&self) -> bool {
        matches!(*self.kind, Kind::NotALedger(_))
    }

    /// The ledger was made by a newer gainsay.
    pub fn is_newer(&self) -> bool {
        matches!(*self.kind, Kind::Newer { .. })
    }

    /// Another program holds the ledger, or has put another file in its place.
    pub fn is_busy(&self) -> bool {
        matches!(*self.kind, Kind::Busy | Kind::Replaced)
    }

    /// A last writer was cut short, and whoever opens it may not tidy up.
    pub(crate) fn is_cut_short(&self) -> bool {
        matches!(*self.kind, Kind::CutShort)
    }

    /// The disk is full.
    pub fn is_full(&self) -> bool {
        matches!(*self.kind, Kind::Full)
    }

    /// The file or its folder may not be written, or not even be read.
    pub fn is_read_only(&self) -> bool {
        matches!(*self.kind, Kind::ReadOnly | Kind::CannotOpen | Kind::CutShort)
    }

    /// What the file holds cannot be so; [`Ledger::verify`](crate::Ledger::verify) says more.
    pub fn is_damaged(&self) -> bool {
        matches!(*self.kind, Kind::Damaged(_) | Kind::TooLong)
    }

    /// What was asked for is not to be had: no such report, an entry that only the ledger itself may write.
    pub fn is_refused(&self) -> bool {
        matches!(*self.kind, Kind::Refused(_))
    }
}
