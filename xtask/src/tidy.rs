//! `cargo xtask tidy`: the rules of ARCHITECTURE.md and STYLE.md that a machine can check. Each is a test as well.

mod docs;
mod imports;
mod lists;
mod passes;
mod safety;
mod sources;
mod tree;

use tree::Tree;

/// A rule: what it is called, and what breaks it.
type Rule = (&'static str, fn(&Tree) -> Vec<String>);

/// All rules, in the order in which they are checked.
const RULES: &[Rule] = &[
    ("imports run one way", imports::one_way),
    ("only the ledger knows SQL, only the edge knows the terminal", imports::kept_apart),
    ("members, folders and code map are one list", imports::one_list),
    ("no pass of reading knows a later one", passes::in_order),
    ("every pass has its folder in the suite", passes::in_suite),
    ("no clock, file, environment or network in the core", sources::pure),
    ("every source file says what it is for", sources::opened),
    ("source files are short", sources::short),
    ("no stubs, no ignored tests", sources::finished),
    ("no paths of one machine", sources::portable),
    ("word lists have a licence, are sorted and hold no row twice", lists::lists),
    ("unsafe code stands where it is argued for", safety::argued),
    ("links and paths in Markdown lead somewhere", docs::links),
    ("Markdown holds one sentence a line", docs::sentences),
];

/// Checks every rule and prints what breaks it.
///
/// # Errors
/// When anything does.
pub fn run(_args: &[String]) -> anyhow::Result<()> {
    let tree = Tree::read()?;
    let mut broken = 0;
    for (name, rule) in RULES {
        let found = rule(&tree);
        for what in &found {
            println!("{name}: {what}");
        }
        broken += found.len();
    }
    anyhow::ensure!(broken == 0, "{broken} found; the rules stand in ARCHITECTURE.md and STYLE.md");
    println!("tidy: {} rules, {} files, nothing found", RULES.len(), tree.files.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test per rule, so that each fails under its own name.
    macro_rules! rules {
        ($($name:ident = $at:literal,)*) => {
            $(#[test]
            fn $name() {
                let (name, rule) = RULES[$at];
                let found = rule(&Tree::read().unwrap());
                assert!(found.is_empty(), "{name}:\n  {}", found.join("\n  "));
            })*

            #[test]
            fn every_rule_has_its_test() {
                assert_eq!([$($at),*].len(), RULES.len());
            }
        };
    }

    rules! {
        imports_run_one_way = 0,
        sql_and_terminal_are_kept_apart = 1,
        members_folders_and_code_map_are_one_list = 2,
        no_pass_knows_a_later_one = 3,
        every_pass_has_its_suite = 4,
        the_core_is_pure = 5,
        every_source_file_says_what_it_is_for = 6,
        source_files_are_short = 7,
        no_stubs = 8,
        no_paths_of_one_machine = 9,
        word_lists_are_in_order = 10,
        unsafe_code_is_argued_for = 11,
        links_lead_somewhere = 12,
        one_sentence_a_line = 13,
    }
}
