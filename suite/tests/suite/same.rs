//! Same input, same bytes: whatever the number of threads, whatever the order of the files.

use gainsay::Input;
use libtest_mimic::Trial;
use suite::examples::{examples, extracted, folder, lines, report_files, shelf};

use crate::trial;

/// The trials.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("same: one thread or two, the same bytes", threads),
        trial("same: files in any order, the same claims, events and disputes", order),
    ]
}

fn threads() -> Result<(), String> {
    let read = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| error.to_string())?;
        let inputs = [Input::from_arg(folder().join("reports"))];
        let read = pool.install(|| extracted(&inputs))?;
        lines(read.into_iter().flat_map(|(_, claims)| claims))
    };
    let (one, two) = (read(1)?, read(2)?);
    if one == two { Ok(()) } else { Err("the claims differ".to_string()) }
}

fn order() -> Result<(), String> {
    let mut files = report_files()?;
    files.reverse();
    let inputs: Vec<Input> = files.into_iter().map(Input::from_arg).collect();
    let (there, back) = (&examples()?.shelf, shelf(&inputs)?);
    let sorted = |claims: &[gainsay_model::Claim]| {
        let mut claims = claims.to_vec();
        claims.sort_by(|a, b| a.id.cmp(&b.id));
        lines(claims)
    };
    if sorted(&there.claims)? != sorted(&back.claims)? {
        return Err("the claims differ".to_string());
    }
    let (there, back) = (there.weigh(None), back.weigh(None));
    if there.events != back.events {
        return Err("the events differ".to_string());
    }
    if there.disputes != back.disputes || there.roots != back.roots || there.sources != back.sources {
        return Err("disputes, roots or sources differ".to_string());
    }
    Ok(())
}
