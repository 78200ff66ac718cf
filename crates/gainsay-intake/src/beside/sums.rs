//! Checksums, as `sha256sum`, `shasum` and BSD's `sha256` write them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gainsay_model::Checked;

use super::{Found, Hashes, small};

/// The names of lists of checksums of a folder.
const LISTS: &[&str] = &["SHA256SUMS", "SHA256SUMS.txt", "sha256sums.txt", "sha256sums"];

/// Whether a file of that name is a list of checksums.
pub(super) fn is_list(name: &str) -> bool {
    LISTS.contains(&name)
}

/// The list of the folder that was last asked about.
#[derive(Default)]
pub(crate) struct Sums {
    folder: Option<PathBuf>,
    list: &'static str,
    lines: BTreeMap<String, String>,
}

impl Sums {
    /// The line of its folder's list that names a file, with the list's name.
    pub(super) fn line_of(&mut self, path: &Path, file: &str) -> Option<(String, Vec<u8>)> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        if self.folder.as_ref() != Some(&folder) {
            self.lines.clear();
            let found = LISTS.iter().find_map(|list| Some((*list, small(&folder.join(list))?)));
            if let Some((list, bytes)) = found {
                self.list = list;
                let text = String::from_utf8_lossy(&bytes);
                let named = text.lines().filter_map(|line| Some((parse(line)?.1?, line.to_owned())));
                self.lines.extend(named);
            }
            self.folder = Some(folder);
        }
        self.lines.get(file).map(|line| (self.list.to_owned(), line.clone().into_bytes()))
    }
}

/// Checks a file's own checksum, or the line of a list.
pub(super) fn check(bytes: &[u8], file: &str, hashes: &Hashes) -> Found {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<(Vec<u8>, Option<String>)> = text.lines().filter_map(parse).collect();
    let named = lines.iter().find(|(_, name)| name.as_deref() == Some(file));
    match named.or(if let [one] = lines.as_slice() { Some(one) } else { None }) {
        Some((hash, _)) => Found::fits(*hash == hashes.sha256, "The checksum (SHA-256) is of these bytes."),
        None => Found::new(Checked::Unchecked, "It holds no checksum (SHA-256) of this file."),
    }
}

/// The hash and the name of a line: `<hash>`, `<hash>  name`, `<hash> *name`, `SHA256 (name) = <hash>`.
fn parse(line: &str) -> Option<(Vec<u8>, Option<String>)> {
    let line = line.trim_start_matches('\u{FEFF}').trim();
    let short = |name: &str| name.trim_start_matches("./").to_owned();
    if let Some(rest) = line.strip_prefix("SHA256 (") {
        let (name, hash) = rest.rsplit_once(") = ")?;
        return Some((unhex(hash)?, Some(short(name))));
    }
    let (hash, name) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let name = name.trim_start().trim_start_matches('*');
    Some((unhex(hash.trim_start_matches('\\'))?, (!name.is_empty()).then(|| short(name))))
}

/// 64 hexadecimal digits as bytes.
fn unhex(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.trim().as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    digits.chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_several_programs() {
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for (line, name) in [
            (hash.to_owned(), None),
            (hash.to_uppercase(), None),
            (format!("{hash}  a b.pdf"), Some("a b.pdf")),
            (format!("{hash} *./a.pdf\r"), Some("a.pdf")),
            (format!("SHA256 (a.pdf) = {hash}"), Some("a.pdf")),
        ] {
            let (found, called) = parse(&line).unwrap();
            assert_eq!((found[0], found[31], called.as_deref()), (0xba, 0xad, name), "{line}");
        }
        for none in
            ["", "# a list", "abc  a.pdf", "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"]
        {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}
