//! The commands, one a file.

// Without a ledger.
mod annotate;
mod code;
mod extract;

// Filling one.
mod add;
pub mod init;
pub mod watch;

// Listing what it holds.
mod actors;
mod claims;
mod disputes;
mod events;
mod places;
mod sources;

// Answering from it.
mod access;
mod control;
mod displacement;
mod needs;
mod points;
mod sieges;
mod site;
mod tally;
mod ties;
mod why;

// Deciding.
mod decide;
mod decisions;
mod review;

mod brief;
mod coarsen;
pub(crate) mod export;

// The desk.
mod account;
mod serve;
mod weigh;

// Keeping it.
pub mod encrypt;
pub mod key;
pub mod read;
mod rebuild;
pub mod remove;
pub mod verify;

// What leaves the house as proof.
pub mod bundle;
pub mod checkpoint;
pub mod custody;
pub mod stamp;

// Its words.
pub mod codebook;
pub mod gazetteer;
pub mod lexicon;
mod words;

mod eval;

use std::path::Path;

use anyhow::Result;
use gainsay::shelf::Shelf;

pub use add::ReadElsewhere;
pub use coarsen::{Coarsen, coarsen};
pub use init::who;
pub use tally::measure;

use crate::Outcome;
use crate::args::{Args, Command, Filters, Format};
use crate::job::Job;

/// What every command is given.
struct Context<'a> {
    ledger: &'a Path,
    format: Format,
    quiet: bool,
    lists: Option<&'a Path>,
}

/// Runs what was typed.
pub fn run(args: Args) -> Result<Outcome> {
    if !args.quiet {
        gainsay::steps::listen(crate::out::steps);
    }
    crate::passphrase::prepare(args.passphrase_file.clone(), args.quiet);
    if args.keys_handed {
        crate::passphrase::take_over(&args.ledger)?;
    }
    let context = Context {
        ledger: &args.ledger,
        format: args.lists(),
        quiet: args.quiet,
        lists: args.words.as_deref(),
    };
    words::note(&context, &args.command);
    match args.command {
        Command::Extract(inputs) => extract::run(&context, &inputs),
        Command::Code(inputs) => code::run(&context, &inputs),
        Command::Annotate(inputs) => annotate::run(&context, &inputs),
        Command::Init(typed) => init::run(&context, typed),
        Command::Add(add) => add::run(&context, add),
        Command::Watch(watch) => watch::run(&context, watch),
        Command::Claims(filters) => context.ask(&filters, |job| claims::run(&context, job)),
        Command::Events(filters) => context.ask(&filters, |job| events::run(&context, job)),
        Command::Disputes(filters) => context.ask(&filters, |job| disputes::run(&context, job)),
        Command::Sources(filters) => context.ask(&filters, |job| sources::run(&context, job)),
        Command::Actors(filters) => context.ask(&filters, |job| actors::run(&context, job)),
        Command::Places(filters) => context.ask(&filters, |job| places::run(&context, job)),
        Command::Tally(tally) => context.ask(&tally.filters, |job| tally::run(&context, job, &tally)),
        Command::Control(control) => {
            context.ask(&control.filters, |job| control::run(&context, job, &control))
        }
        Command::Sieges(filters) => context.ask(&filters, |job| sieges::run(&context, job)),
        Command::Ties(ties) => context.ask(&ties.filters, |job| ties::run(&context, job, &ties)),
        Command::Displacement(filters) => context.ask(&filters, |job| displacement::run(&context, job)),
        Command::Needs(filters) => context.ask(&filters, |job| needs::run(&context, job)),
        Command::Access(typed) => {
            context.ask(&access::filters(&typed), |job| access::run(&context, job, &typed))
        }
        Command::Why { id } => why::run(&context, &id),
        Command::Review(review) => {
            context.ask(&review.filters, |job| review::run(&context, job, review.limit))
        }
        Command::Merge(merge) => decide::merge(&context, merge),
        Command::Split(split) => decide::split(&context, split),
        Command::Set(set) => decide::set(&context, set),
        Command::Link(link) => decide::link(&context, link),
        Command::Undo(undo) => decide::undo(&context, undo),
        Command::Decisions(which) if which.proposed => decisions::proposed(&context),
        Command::Decisions(_) => decisions::run(&context),
        Command::Brief(brief) => brief::run(&context, &brief),
        Command::Export(typed) => export::run(&context, &typed),
        Command::Site(site) => site::run(&context, &site),
        Command::Weigh(typed) => weigh::run(&context, &typed),
        Command::Serve(typed) => serve::run(&context, typed),
        Command::Account(typed) => account::run(&context, typed),
        Command::Encrypt(typed) => encrypt::run(&context, typed),
        Command::Decrypt(typed) => encrypt::back(&context, typed),
        Command::Key(typed) => key::run(&context, typed),
        Command::Verify(typed) => verify::run(&context, &typed),
        Command::Checkpoint(typed) => checkpoint::run(&context, typed),
        Command::Stamp(typed) => stamp::run(&context, typed),
        Command::Custody(typed) => custody::run(&context, &typed),
        Command::Bundle(typed) => bundle::run(&context, &typed),
        Command::Rebuild => rebuild::run(&context),
        Command::Remove(remove) => remove::run(&context, remove),
        Command::Read(typed) => read::run(&context, typed),
        Command::Gazetteer(typed) => gazetteer::run(&context, typed),
        Command::Lexicon(typed) => lexicon::run(&context, typed),
        Command::Codebook(typed) => codebook::run(&context, typed),
        Command::Eval(eval) => eval::run(&context, eval),
    }
}

impl Context<'_> {
    /// Opens and weighs the ledger, looks up what was typed, and answers.
    fn ask(&self, filters: &Filters, answer: impl FnOnce(&Job) -> Result<()>) -> Result<Outcome> {
        let shelf = Shelf::open_read_by(self.ledger, &filters.reader)?;
        answer(&Job::new(&shelf, filters)?)?;
        Ok(Outcome::Done)
    }
}

/// Says to people, on standard error, which claims an answer leaves out, and why.
fn left_out(context: &Context, lines: &[gainsay::ask::LeftOut]) {
    let people = context.format == Format::Table && !context.quiet;
    for line in lines.iter().filter(|_| people) {
        let shown: Vec<&str> = line.claims.iter().take(3).map(String::as_str).collect();
        let more = if line.claims.len() > shown.len() { ", …" } else { "" };
        let many = line.claims.len();
        crate::out::tell(&format!("left out: {many} {}: {}{more}", line.reason, shown.join(", ")));
    }
}

/// Several ids or names in one cell.
fn join<S: AsRef<str>>(many: &[S]) -> String {
    many.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")
}

/// A value that may be unknown in one cell.
fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| value.to_string())
}
