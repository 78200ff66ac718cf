//! The packages of the program and of its pages, as their lock files know them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, bail};
use serde_json::Value;

/// The package that is shipped.
const PROGRAM: &str = "gainsay-cli";

/// One package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// Its address among all packages (package URL).
    pub purl: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence as an SPDX expression; empty where it names none.
    pub licence: String,
    /// Algorithm and hash (hexadecimal) of what was downloaded; none of our own.
    pub hash: Option<(&'static str, String)>,
    /// The package URLs of what it needs, sorted.
    pub needs: Vec<String>,
    /// It only helps to build, and nothing of it is in the program.
    pub builds: bool,
    /// It is our own.
    pub own: bool,
    /// The library of C that it brings or links, if any.
    pub links: Option<String>,
    /// Where its sources lie.
    pub folder: Option<PathBuf>,
}

/// The checksums of a `Cargo.lock`, by name and version.
pub fn sums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |line: &str, key: &str| {
        line.strip_prefix(key)?.trim().strip_prefix("= \"")?.strip_suffix('"').map(str::to_owned)
    };
    let mut sums = BTreeMap::new();
    for block in lock.split("[[package]]") {
        let of = |key: &str| block.lines().find_map(|line| value(line, key));
        if let (Some(name), Some(version), Some(sum)) = (of("name"), of("version"), of("checksum")) {
            sums.insert((name, version), sum);
        }
    }
    sums
}

/// What is built into the program, and what helps to build it, of what `cargo metadata` tells; sorted by package URL.
///
/// # Errors
/// Metadata without the program.
pub fn of_cargo(metadata: &Value, sums: &BTreeMap<(String, String), String>) -> anyhow::Result<Vec<Package>> {
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let by_id: BTreeMap<String, Value> =
        list(metadata, "packages").into_iter().map(|package| (text(&package, "id"), package)).collect();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"], "nodes").into_iter().map(|node| (text(&node, "id"), node)).collect();
    let program = by_id.iter().find(|(_, package)| package["name"] == PROGRAM).map(|(id, _)| id.clone());
    let Some(program) = program else { bail!("no package {PROGRAM}") };
    let kinds = |dep: &Value| -> BTreeSet<String> {
        let kind = |kind: &Value| kind["kind"].as_str().unwrap_or("normal").to_owned();
        list(dep, "dep_kinds").iter().map(kind).collect()
    };
    let macros = |id: &str| {
        let targets = by_id.get(id).map(|package| list(package, "targets")).unwrap_or_default();
        targets.iter().any(|target| list(target, "kind").iter().any(|kind| kind == "proc-macro"))
    };
    // What is reached without passing a build script or a macro is in the program; the rest only builds it.
    let (mut inside, mut all) = (BTreeSet::new(), BTreeSet::new());
    let mut next = vec![(program, true)];
    let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some((id, ships)) = next.pop() {
        let ships = ships && !macros(&id);
        if !(all.insert(id.clone()) | (ships && inside.insert(id.clone()))) {
            continue;
        }
        for dep in nodes.get(&id).map(|node| list(node, "deps")).unwrap_or_default() {
            let (on, kinds) = (text(&dep, "pkg"), kinds(&dep));
            if kinds.contains("normal") || kinds.contains("build") {
                needs.entry(id.clone()).or_default().insert(on.clone());
                next.push((on, ships && kinds.contains("normal")));
            }
        }
    }
    let purl =
        |id: &str| by_id.get(id).map(|of| format!("pkg:cargo/{}@{}", text(of, "name"), text(of, "version")));
    let mut packages: Vec<Package> = all
        .iter()
        .filter_map(|id| {
            let of = by_id.get(id)?;
            let (name, version) = (text(of, "name"), text(of, "version"));
            let sum = sums.get(&(name.clone(), version.clone())).cloned();
            let needed = needs.get(id).into_iter().flatten().filter_map(|id| purl(id));
            let mut needed: Vec<String> = needed.collect();
            needed.sort();
            Some(Package {
                purl: purl(id)?,
                licence: text(of, "license").replace('/', " OR "),
                hash: sum.map(|sum| ("SHA-256", sum)),
                needs: needed,
                builds: !inside.contains(id),
                own: of["source"].is_null(),
                links: of["links"].as_str().map(str::to_owned),
                folder: PathBuf::from(text(of, "manifest_path")).parent().map(PathBuf::from),
                name,
                version,
            })
        })
        .collect();
    packages.sort_by(|a, b| a.purl.cmp(&b.purl));
    Ok(packages)
}

/// The packages of the pages, sorted by package URL.
///
/// # Errors
/// A list of an older form than 3, or a hash that is none.
pub fn of_npm(lock: &Value) -> anyhow::Result<Vec<Package>> {
    if lock["lockfileVersion"] != 3 {
        bail!("package-lock.json: not of version 3");
    }
    let entries = lock["packages"].as_object().context("package-lock.json: no packages")?;
    let mut packages = Vec::new();
    for (path, of) in entries.iter().filter(|(path, _)| !path.is_empty()) {
        let name = path.rsplit_once("node_modules/").map_or(path.as_str(), |(_, name)| name).to_owned();
        let version = of["version"].as_str().unwrap_or_default().to_owned();
        let hash = of["integrity"].as_str().map(|sum| {
            let sum = sum.strip_prefix("sha512-").and_then(hex_of_base64);
            sum.map(|sum| ("SHA-512", sum)).with_context(|| format!("package-lock.json: {name}: no SHA-512"))
        });
        packages.push(Package {
            purl: format!("pkg:npm/{}@{version}", name.replace('@', "%40")),
            licence: of["license"].as_str().unwrap_or_default().to_owned(),
            hash: hash.transpose()?,
            builds: of["dev"] == true || of["devOptional"] == true,
            name,
            version,
            ..Package::default()
        });
    }
    packages.sort_by(|a, b| a.purl.cmp(&b.purl));
    packages.dedup_by(|a, b| a.purl == b.purl);
    Ok(packages)
}

/// Base64 (RFC 4648) as hexadecimal digits.
fn hex_of_base64(text: &str) -> Option<String> {
    let (mut bits, mut held, mut out) = (0_u32, 0, String::new());
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push_str(&format!("{:02x}", bits >> held & 0xff));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn metadata() -> Value {
        let package = |name: &str, source: Value, kind: &str| {
            json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": source, "links": null,
                "manifest_path": format!("/x/{name}/Cargo.toml"), "targets": [{"kind": [kind]}]})
        };
        let dep = |on: &str, kind: Value| json!({"pkg": on, "dep_kinds": [{"kind": kind}]});
        json!({
            "packages": [package("gainsay-cli", Value::Null, "bin"), package("inside", json!("r"), "lib"),
                package("macro", json!("r"), "proc-macro"), package("of-macro", json!("r"), "lib"),
                package("script", json!("r"), "lib"), package("tests", json!("r"), "lib")],
            "resolve": {"nodes": [
                {"id": "gainsay-cli", "deps": [dep("macro", Value::Null), dep("tests", json!("dev")), dep("inside", Value::Null)]},
                {"id": "inside", "deps": [dep("script", json!("build"))]},
                {"id": "macro", "deps": [dep("of-macro", Value::Null), dep("inside", Value::Null)]},
            ]},
        })
    }

    #[test]
    fn what_is_in_the_program_is_told_from_what_builds_it() {
        let lock = "[[package]]\nname = \"inside\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n";
        let packages = of_cargo(&metadata(), &sums(lock)).unwrap();
        let told: Vec<(&str, bool)> = packages.iter().map(|one| (one.name.as_str(), one.builds)).collect();
        assert_eq!(
            told,
            [
                ("gainsay-cli", false),
                ("inside", false),
                ("macro", true),
                ("of-macro", true),
                ("script", true)
            ]
        );
        assert_eq!(packages[1].hash, Some(("SHA-256", "ab".to_owned())));
        assert_eq!(packages[1].licence, "MIT OR Apache-2.0");
        assert!(packages[0].own && packages[0].hash.is_none());
        assert_eq!(packages[0].needs, ["pkg:cargo/inside@1.0.0", "pkg:cargo/macro@1.0.0"]);
    }

    #[test]
    fn pages_have_packages_too() {
        let lock = json!({"lockfileVersion": 3, "packages": {"": {"version": "0"},
            "node_modules/@a/b": {"version": "2.0.0", "license": "ISC", "integrity": "sha512-/+8="},
            "node_modules/vite": {"version": "1.0.0", "license": "MIT", "dev": true}}});
        let packages = of_npm(&lock).unwrap();
        assert_eq!(packages[0].purl, "pkg:npm/%40a/b@2.0.0");
        assert_eq!(packages[0].hash, Some(("SHA-512", "ffef".to_owned())));
        assert!(!packages[0].builds && packages[1].builds);
        assert!(of_npm(&json!({"lockfileVersion": 2})).is_err());
    }
}
