//! What was typed as input: files, folders, standard input, and addresses, which are fetched now.

use std::path::{Path, PathBuf};

use gainsay_intake::{Columns, Input};
use gainsay_model::Warning;

use crate::fetch::{Address, fetch};
use crate::{Error, clock};

/// The inputs of these arguments, and what of them could not be had. `http://…` and `https://…` are fetched, one after
/// another, since somebody asked for just these; `columns` lies over all of them.
pub fn inputs(typed: &[PathBuf], columns: &Columns) -> (Vec<Input>, Vec<Warning>) {
    let (mut inputs, mut refused) = (Vec::new(), Vec::new());
    for one in typed {
        let input = match one.to_str().filter(|one| is_address(one)) {
            Some(address) => match page(address) {
                Ok(input) => input,
                Err(error) => {
                    let message = error.to_string();
                    let message =
                        message.strip_prefix(&format!("{address}: ")).unwrap_or(&message).to_owned();
                    refused.push(Warning { subject: address.to_owned(), line: None, message });
                    continue;
                }
            },
            None => Input::from_arg(one),
        };
        inputs.push(if *columns == Columns::default() {
            input
        } else {
            Input::Mapped(Box::new(input), columns.clone())
        });
    }
    (inputs, refused)
}

/// The column map that arguments say: `text=body`, or the name of a file of such lines.
///
/// # Errors
/// When a file cannot be read, or what is said is no map.
pub fn columns(typed: &[String]) -> Result<Columns, Error> {
    let mut said: Vec<String> = Vec::new();
    for one in typed {
        if one.contains('=') && !Path::new(one).is_file() {
            said.push(one.clone());
            continue;
        }
        let text = std::fs::read_to_string(one).map_err(|error| {
            Error::input(format!(
                "{one}: no column map ({error}); write text=COLUMN, or name a file of such lines"
            ))
        })?;
        // A file is checked alone, so that what is wrong in it is said with its name.
        Columns::of_file(&text).map_err(|why| Error::input(format!("{one}: {why}")))?;
        let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
        said.extend(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned));
    }
    Columns::of(&said).map_err(|why| Error::input(format!("column map: {why}")))
}

fn is_address(typed: &str) -> bool {
    typed.starts_with("http://") || typed.starts_with("https://")
}

fn page(address: &str) -> Result<Input, Error> {
    let page = fetch(&Address::of(address)?)?;
    Ok(Input::Fetched(Box::new(page.fetched(clock::now()?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_cannot_be_had_are_one_line_and_the_rest_goes_on() {
        let typed: Vec<PathBuf> =
            ["a.txt", "http://127.0.0.1:9/x", "-", "https://a b/"].map(PathBuf::from).to_vec();
        let (found, refused) = inputs(&typed, &Columns::default());
        assert_eq!(found, [Input::Path("a.txt".into()), Input::Stdin]);
        assert_eq!(refused.len(), 2);
        assert_eq!(refused[0].subject, "http://127.0.0.1:9/x");
        assert!(refused[0].message.starts_with("it lies in a private network"), "{}", refused[0]);
    }

    #[test]
    fn a_map_is_typed_or_lies_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("our.map");
        std::fs::write(&file, "# ours\ntext = body\n").unwrap();
        let file = file.display().to_string();
        let both = columns(&[file.clone(), "published=when".to_owned()]).unwrap();
        assert_eq!(both, Columns::of(&["text=body", "published=when"]).unwrap());
        assert!(columns(&["nowhere.map".to_owned()]).unwrap_err().to_string().contains("no column map"));
        assert!(columns(&[file, "text=x".to_owned()]).unwrap_err().to_string().contains("two columns"));
        let (mapped, _) = inputs(&["a.csv".into()], &both);
        assert_eq!(mapped, [Input::Mapped(Box::new(Input::Path("a.csv".into())), both)]);
    }
}
