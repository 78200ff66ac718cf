//! The word lists: where they come from, their order, their doubles.

use super::tree::Tree;

/// Lists in groups that are read as groups: number words by what they do, from small to large; voices by what they
/// mean.
const GROUPED: &[&str] = &["codebook/numbers.tsv", "data/voices.tsv"];

/// Every list under a `data` folder has a licence at its head, is sorted by its first column, and holds no row twice.
pub fn lists(tree: &Tree) -> Vec<String> {
    let lists = tree
        .ending(".tsv")
        .chain(tree.ending(".txt"))
        .filter(|(path, _)| path.contains("/data/") || path.contains("/gold/"));
    let all = lists.flat_map(|(path, text)| {
        let grouped = GROUPED.iter().any(|list| path.ends_with(list));
        list(text, path.ends_with(".tsv"), grouped).into_iter().map(move |what| format!("{path}: {what}"))
    });
    all.collect()
}

fn list(text: &str, table: bool, grouped: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let (head, rows): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
    if !head.iter().any(|line| line.contains("icence")) {
        wrong.push("says no licence at its head".to_string());
    }
    // A table's first row names its columns.
    let rows: Vec<&str> = rows.into_iter().skip(usize::from(table)).filter(|row| !row.is_empty()).collect();
    let key = |row: &str| row.split('\t').next().unwrap_or_default().to_string();
    // Bytewise, or without regard to capitals.
    let before = |a: &str, b: &str| a <= b || a.to_lowercase() <= b.to_lowercase();
    let unsorted = rows.windows(2).find(|pair| !before(&key(pair[0]), &key(pair[1])));
    if let Some(pair) = unsorted.filter(|_| !grouped) {
        wrong.push(format!("not sorted: `{}` stands before `{}`", key(pair[0]), key(pair[1])));
    }
    let mut seen = std::collections::BTreeSet::new();
    wrong.extend(rows.iter().filter(|row| !seen.insert(**row)).map(|row| format!("twice: {row}")));
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_doubles_and_licence() {
        assert!(list("# Licence: CC0-1.0.\nword\tx\na\t1\na\t2\nb\t1\n", true, false).is_empty());
        assert!(list("# Licence: CC0-1.0.\na\nb\n", false, false).is_empty());
        assert_eq!(list("# Licence: CC0-1.0.\nword\tx\nb\t1\na\t1\na\t1\n", true, false).len(), 2);
        assert_eq!(list("# Licence: CC0-1.0.\nword\tx\nb\t1\na\t1\n", true, true).len(), 0);
        assert_eq!(list("a\nb\n", false, false).len(), 1);
    }
}
