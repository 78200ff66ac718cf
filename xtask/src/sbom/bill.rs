//! The bill of materials as CycloneDX 1.5 has it.

use serde_json::{Map, Value, json};

use super::packages::Package;

/// The bill, as JSON with a line end.
///
/// # Errors
/// None that can be met; JSON is written.
pub fn text(packages: &[Package]) -> anyhow::Result<String> {
    let program = packages.iter().find(|one| one.own && one.name == "gainsay-cli");
    let components: Vec<Value> = packages.iter().filter(|one| Some(*one) != program).map(component).collect();
    let dependencies: Vec<Value> =
        packages.iter().map(|one| json!({"ref": one.purl, "dependsOn": one.needs})).collect();
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": program.map(component)},
        "components": components,
        "dependencies": dependencies,
    });
    Ok(serde_json::to_string_pretty(&bill)? + "\n")
}

fn component(of: &Package) -> Value {
    let mut one = Map::new();
    let kind = if of.name == "gainsay-cli" { "application" } else { "library" };
    one.insert("type".into(), kind.into());
    one.insert("bom-ref".into(), of.purl.clone().into());
    one.insert("name".into(), of.name.clone().into());
    one.insert("version".into(), of.version.clone().into());
    // What only builds the program is not in it.
    one.insert("scope".into(), if of.builds { "excluded" } else { "required" }.into());
    if !of.licence.is_empty() {
        one.insert("licenses".into(), json!([{"expression": of.licence}]));
    }
    if let Some((algorithm, hash)) = &of.hash {
        one.insert("hashes".into(), json!([{"alg": algorithm, "content": hash}]));
    }
    one.insert("purl".into(), of.purl.clone().into());
    if let Some(library) = &of.links {
        one.insert("properties".into(), json!([{"name": "gainsay:links", "value": library}]));
    }
    one.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_is_a_component_and_a_node() {
        let one = |name: &str, builds| Package {
            purl: format!("pkg:cargo/{name}@1.0.0"),
            name: name.into(),
            version: "1.0.0".into(),
            licence: "MIT".into(),
            own: name == "gainsay-cli",
            builds,
            ..Package::default()
        };
        let packages = [one("gainsay-cli", false), one("inside", false), one("macro", true)];
        let bill: Value = serde_json::from_str(&text(&packages).unwrap()).unwrap();
        assert_eq!(bill["metadata"]["component"]["type"], "application");
        let scopes: Vec<&Value> =
            bill["components"].as_array().unwrap().iter().map(|component| &component["scope"]).collect();
        assert_eq!(scopes, ["required", "excluded"]);
        assert_eq!(bill["dependencies"].as_array().unwrap().len(), 3);
        assert_eq!(text(&packages).unwrap(), text(&packages).unwrap());
    }
}
