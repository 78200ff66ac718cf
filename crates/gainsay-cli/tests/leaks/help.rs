//! The commands and options of the program, as its own help gives them.

/// A command, and what may be typed after it.
#[derive(Debug)]
pub struct Command {
    /// Its words: `account add`.
    pub path: Vec<String>,
    /// Its options.
    pub options: Vec<Opt>,
    /// The names of the commands below it.
    below: Vec<String>,
}

/// An option.
#[derive(Debug)]
pub struct Opt {
    /// Its long name, with its dashes.
    pub name: String,
    /// The values that it may have, where the help lists them.
    pub values: Vec<String>,
}

/// Every command that does something.
pub fn commands(run: &dyn Fn(&[&str]) -> String) -> Vec<Command> {
    let mut all = Vec::new();
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let command = command(run, &words);
        for below in &command.below {
            open.push([path.clone(), vec![below.clone()]].concat());
        }
        if command.below.is_empty() {
            all.push(command);
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// One command.
pub fn command(run: &dyn Fn(&[&str]) -> String, path: &[&str]) -> Command {
    let help = run(&[path, &["-h"]].concat());
    let mut command = Command {
        path: path.iter().map(|word| (*word).to_owned()).collect(),
        options: Vec::new(),
        below: Vec::new(),
    };
    let mut section = "";
    for line in help.lines() {
        if !line.starts_with(' ') {
            section = line;
            continue;
        }
        let plain = line.trim_start();
        let indent = line.len() - plain.len();
        if section == "Commands:" && indent == 2 {
            let name = plain.split_whitespace().next().unwrap_or_default();
            if name != "help" {
                command.below.push(name.to_owned());
            }
        } else if let Some(name) = plain.split_whitespace().take(2).find(|word| word.starts_with("--")) {
            command.options.push(Opt { name: name.trim_end_matches(',').to_owned(), values: values(plain) });
        } else if let Some(option) = command.options.last_mut() {
            // Where lines are long the help of an option stands on the next one.
            option.values.extend(values(plain));
        }
    }
    assert!(help.contains("Usage: "), "{path:?}: {help}");
    command
}

/// The values that a line of help lists.
fn values(line: &str) -> Vec<String> {
    let listed = line.split("[possible values: ").nth(1).and_then(|rest| rest.split(']').next());
    listed.map(|values| values.split(", ").map(str::to_owned).collect()).unwrap_or_default()
}
