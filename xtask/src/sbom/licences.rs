//! The licences of what is built in, in one text, for whoever passes the program on.

use std::collections::BTreeMap;
use std::path::Path;

use super::packages::Package;

/// A licence longer than this is none (bytes).
const LONGEST: u64 = 200_000;

/// The names of packages under their licences, and each text that lies beside their sources once.
///
/// # Errors
/// A folder of sources that cannot be read.
pub fn text(packages: &[Package]) -> anyhow::Result<String> {
    let inside = || packages.iter().filter(|one| !one.builds && !one.own);
    let mut out = String::from(
        "What is built into gainsay, and the licences it is passed on under.\n\
         The desk's pages carry the licences of their own parts in licences.md.\n\
         libcrypto of OpenSSL (Apache-2.0) is linked from the system and is not part of the program.\n\n",
    );
    for one in inside() {
        let licence = if one.licence.is_empty() { "see below" } else { &one.licence };
        out.push_str(&format!("{} {}: {licence}\n", one.name, one.version));
    }
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for one in inside().filter(|one| one.folder.is_some()) {
        let found = one.folder.as_deref().map(beside).transpose()?.unwrap_or_default();
        if found.is_empty() {
            without.push(format!("{} {}", one.name, one.version));
        }
        for text in found {
            texts.entry(text).or_default().push(format!("{} {}", one.name, one.version));
        }
    }
    for (text, of) in texts {
        out.push_str(&format!("\n{}\n\n{}\n\n{}\n", "-".repeat(80), of.join(", "), text.trim_end()));
    }
    if !without.is_empty() {
        let line = "-".repeat(80);
        out.push_str(&format!("\n{line}\n\nWithout a text of their own: {}\n", without.join(", ")));
    }
    Ok(out)
}

/// The texts of licences in a folder, by name.
fn beside(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut texts = Vec::new();
    for file in files {
        let name = file.file_name().to_string_lossy().to_lowercase();
        let called = ["license", "licence", "copying", "notice", "unlicense"];
        let code = [".rs", ".toml", ".json", ".py"].iter().any(|end| name.ends_with(end));
        if !called.iter().any(|word| name.starts_with(word)) || code {
            continue;
        }
        let about = file.metadata()?;
        if about.is_file() && about.len() <= LONGEST {
            texts.push(String::from_utf8_lossy(&std::fs::read(file.path())?).replace("\r\n", "\n"));
        }
    }
    Ok(texts)
}
