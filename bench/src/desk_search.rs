//! How long a search takes in a ledger, on the processor: `bench desk-search FILE`.

use std::path::Path;

use gainsay::search::{Asked, Page, Search};

use crate::clock;

/// Names, slips, other scripts, rare words and those that stand in nearly every report.
const ASKED: [&str; 16] = [
    "qsayr",
    "القصير",
    "homs",
    "Islamic State",
    "الدولة الإسلامية",
    "people killed ",
    "said",
    "sai",
    "sh",
    "warplanes bombed raqqa ",
    "\"car bomb\" aleppo ",
    "children -women ",
    "Observatory killed children hospital ",
    "solwipool",
    "zzzzqqq",
    "deir ez zor shelling people fled ",
];
/// How often each is asked.
const TIMES: usize = 7;

/// Asks everything of a ledger and prints milliseconds, the least, the middle and the most.
///
/// # Errors
/// When the ledger cannot be read.
pub fn search(ledger: &Path) -> anyhow::Result<()> {
    let search = Search::over(ledger);
    let start = clock::process();
    search.make()?;
    println!("catalogue made\t{} ms", (clock::process() - start).as_millis());
    let page = Page { after: 0, limit: 50 };
    for filtered in [false, true] {
        for typed in ASKED {
            let mut asked = Asked { typed: typed.to_owned(), ..Asked::default() };
            if filtered {
                asked.from = Some("2012-06-01".parse()?);
                asked.place = vec!["syria".to_owned()];
            }
            let (mut took, mut found) = (Vec::new(), (None, None));
            for _ in 0..TIMES {
                let start = clock::process();
                found = search.ask(&asked, |asking| {
                    asking.names();
                    Ok((asking.reports(page)?.total, asking.claims(page)?.total))
                })?;
                took.push(clock::process() - start);
            }
            show(
                &format!("{typed}{}", if filtered { " (filtered)" } else { "" }),
                took,
                &format!("{found:?}"),
            );
        }
    }
    for typed in ["q", "ra", "qus", "الق", "deir ez", "observ", "xqzw"] {
        let mut took = Vec::new();
        let mut found = 0;
        for _ in 0..TIMES {
            let start = clock::process();
            found = search.suggest(typed, None)?.len();
            took.push(clock::process() - start);
        }
        show(&format!("suggest {typed}"), took, &found.to_string());
    }
    Ok(())
}

fn show(what: &str, mut took: Vec<std::time::Duration>, found: &str) {
    took.sort();
    let ms = |at: usize| took[at].as_secs_f64() * 1000.0;
    println!("{what}\t{:.1}\t{:.1}\t{:.1} ms\t{found}", ms(0), ms(TIMES / 2), ms(TIMES - 1));
}
