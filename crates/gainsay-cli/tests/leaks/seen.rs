//! What can be read in a file: its bytes as text, and what its format packs.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// The texts of a file.
pub fn texts(path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).unwrap();
    let mut texts = vec![String::from_utf8_lossy(&bytes).into_owned()];
    if bytes.starts_with(b"SQLite format 3\0") {
        texts.push(cells(path));
    }
    if bytes.starts_with(b"PK") {
        texts.extend(packed(&bytes));
    }
    if bytes.starts_with(b"PAR1") {
        texts.extend(frames(&bytes));
    }
    texts
}

/// The names and texts of the files of an archive.
fn packed(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut found = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut text).unwrap();
        found.push(format!("{}\n{}", file.name().unwrap(), String::from_utf8_lossy(&text)));
    }
    found
}

/// Every text of every table: a long one is not in one piece in the file.
fn cells(path: &Path) -> String {
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = String::new();
    for table in tables {
        let Ok(mut rows) = file.prepare(&format!("SELECT * FROM \"{table}\"")) else { continue };
        let columns = rows.column_count();
        let Ok(mut rows) = rows.query([]) else { continue };
        while let Ok(Some(row)) = rows.next() {
            for column in 0..columns {
                if let Ok(ValueRef::Text(text) | ValueRef::Blob(text)) = row.get_ref(column) {
                    all.push_str(&String::from_utf8_lossy(text));
                    all.push('\n');
                }
            }
        }
    }
    all
}

/// The pages of a Parquet file, each packed by itself.
fn frames(bytes: &[u8]) -> Vec<String> {
    const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
    let starts = (0..bytes.len().saturating_sub(4)).filter(|&at| bytes[at..at + 4] == MAGIC);
    let mut found = Vec::new();
    for start in starts {
        let mut page = Vec::new();
        let decoder = zstd::stream::read::Decoder::new(&bytes[start..]).map(|decoder| decoder.single_frame());
        if let Ok(mut decoder) = decoder
            && std::io::Read::read_to_end(&mut decoder, &mut page).is_ok()
        {
            found.push(String::from_utf8_lossy(&page).into_owned());
        }
    }
    found
}
