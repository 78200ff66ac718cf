//! What was typed, checked for its form and nothing more; what it means is in [`crate::job`].

use std::path::PathBuf;

use clap::builder::{EnumValueParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use gainsay::model::{Date, Measure};

/// Reads reports of a conflict and keeps a ledger of claims: who says that who did what, to whom, where, when, how
/// many, and how sure they are.
#[derive(Debug, Parser)]
#[command(name = "gainsay", version, max_term_width = 100)]
#[command(
    after_help = "Exits with 0 when done, 1 when something was checked and found wrong, 2 on bad usage or input."
)]
pub struct Args {
    /// The ledger
    #[arg(long, global = true, value_name = "FILE", env = "GAINSAY_LEDGER", default_value = "gainsay.gpkg")]
    pub ledger: PathBuf,
    /// How to list
    // As words, for `export` has an option of the same name with other values.
    #[arg(long, global = true, value_name = "FORMAT", value_parser = lists(), default_value = "table")]
    pub format: String,
    /// Print results and errors alone
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// A folder of word lists: for `extract`, `code`, `annotate`, `eval`, and to add lists to; a ledger has its own
    #[arg(long, global = true, value_name = "FOLDER", env = "GAINSAY_WORDS")]
    pub words: Option<PathBuf>,
    /// A file whose first line is the passphrase of the ledger's keys [default: GAINSAY_PASSPHRASE, else it is asked for]
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// The ledger's keys come by standard input, from the desk
    #[arg(long, global = true, hide = true)]
    pub keys_handed: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// How lists are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns, for people
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated, with a header
    Csv,
}

fn lists() -> impl TypedValueParser<Value = String> {
    EnumValueParser::<Format>::new().map(|format| format!("{format:?}").to_lowercase())
}

impl Args {
    /// How lists are printed.
    pub fn lists(&self) -> Format {
        Format::from_str(&self.format, true).unwrap_or(Format::Table)
    }
}

/// The commands, in the order in which they are needed.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read inputs and print their claims as JSON lines; no ledger
    Extract(Inputs),
    /// Read inputs and print one coded row a report, its main event; no ledger
    Code(Inputs),
    /// Read inputs and print all layers, one JSON object a report; no ledger
    Annotate(Inputs),
    /// Make a ledger
    Init(crate::commands::init::Init),
    /// Take reports into the ledger, and claims that others read from them; again is harmless
    Add(Add),
    /// Keep taking reports in: files that come to lie in folders, entries of feeds
    Watch(crate::commands::watch::Watch),
    /// List claims
    Claims(Filters),
    /// List events: what several claims are held to be about
    Events(Filters),
    /// List disputes: claims about one thing that cannot all be true
    Disputes(Filters),
    /// List sources: whom they cite, who cites them, whose side they are on
    Sources(Filters),
    /// List actors
    Actors(Filters),
    /// List places
    Places(Filters),
    /// Count, by source and under a policy
    Tally(Tally),
    /// Say who holds which place on a day
    Control(Control),
    /// List sieges
    Sieges(Filters),
    /// Say how two actors stood to each other
    Ties(Ties),
    /// List figures of displaced people
    Displacement(Filters),
    /// List figures of people in need or under siege
    Needs(Filters),
    /// Say which ways lead into a place on a day, and through whose hands
    Access(Access),
    /// Show everything behind a claim, event or dispute: words, rules, chain, decisions
    Why {
        /// The id of a claim, event or dispute
        id: String,
    },
    /// List what a person should look at first: events that are likely one, figures and doers in doubt
    Review(Review),
    /// Decide that two or more are one: events, claims' events, actors, places, sources
    Merge(Merge),
    /// Decide that two are not one, or that claims are not of an event
    Split(Merge),
    /// Decide of a claim: confirmed, rejected, or actor=…, place=…, count=… …; of a source: letter=B
    Set(Set),
    /// Decide whom words mean, in a claim or in all claims of a report
    Link(Link),
    /// Undo decisions by their log entries
    Undo(Undo),
    /// List the decisions taken, or what is proposed
    Decisions(Decisions),
    /// Write a brief in which every figure leads to the words it came from
    Brief(Brief),
    /// Write what the ledger holds for other programs: geojson, csv, jsonl, parquet, gpkg, hxl, ged, acled …
    Export(crate::commands::export::Export),
    /// Write a folder of pages with map, timeline and figures, to read without any server
    Site(Site),
    /// Weigh all of the ledger and write the answers that the desk works from, and the ledger's own tables
    Weigh(Weigh),
    /// Serve the desk: pages in a browser, where people read, confirm, correct and publish
    Serve(Serve),
    /// Give, change and list the accounts by which people sign in at the desk
    Account(Account),
    /// The keys that sign the ledger's log: show, list, next one, passphrase, retire, copy and put back
    Key(crate::commands::key::Key),
    /// Encrypt the ledger as a whole, under a key that lies in its file of keys
    Encrypt(crate::commands::encrypt::Encrypt),
    /// Make an encrypted ledger plain again
    Decrypt(crate::commands::encrypt::Decrypt),
    /// Check every hash, the chain of the log, signatures, time stamps, and all that is derived
    Verify(crate::commands::verify::Verify),
    /// Sign a note of where the log stands, to be published or time-stamped
    Checkpoint(crate::commands::checkpoint::Checkpoint),
    /// Take in what timestamp services answered to a checkpoint
    Stamp(crate::commands::stamp::Stamp),
    /// Show how reports came into the ledger, and what binds them since
    Custody(crate::commands::custody::Reports),
    /// Pack everything behind an event into one archive that verifies without gainsay
    Bundle(crate::commands::bundle::Bundle),
    /// Make anew all that is derived
    Rebuild,
    /// Remove reports for good, with all that tells of them; a signed word that it was done stays
    Remove(crate::commands::remove::Remove),
    /// Read the ledger's reports again, after its words changed
    Read(crate::commands::read::Read),
    /// Places that a desk brings: list them, add a list, take one away
    Gazetteer(crate::commands::gazetteer::Gazetteer),
    /// Actors, sources and people that a desk brings
    Lexicon(crate::commands::lexicon::Lexicon),
    /// Kinds' words that a desk brings: check a table, add it, take it away
    Codebook(crate::commands::codebook::Codebook),
    /// Score on labelled data
    #[command(subcommand)]
    Eval(Eval),
}

/// What to read.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// Files, folders, the address of a page or feed, or - for standard input; .jsonl holds a report a line
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Which column of a table, or field of JSON (a.b.0), holds which part of a report; or a file of such lines
    #[arg(long = "map", value_name = "PART=COLUMN")]
    pub map: Vec<String>,
}

/// How the desk is served.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Where to listen; beyond this computer only once there are accounts
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    pub listen: std::net::SocketAddr,
    /// A name that the desk is asked by, where a proxy forwards requests to it
    #[arg(long = "host", value_name = "NAME")]
    pub hosts: Vec<String>,
    /// Who comes by the one-time link.
    #[command(flatten)]
    pub by: By,
}

/// Accounts.
#[derive(Debug, clap::Args)]
pub struct Account {
    /// What to do.
    #[command(subcommand)]
    pub job: AccountJob,
    /// Who does it.
    #[command(flatten)]
    pub by: By,
}

/// What to do with accounts; a password is asked for at the terminal, else read from standard input.
#[derive(Debug, Subcommand)]
pub enum AccountJob {
    /// Make an account; its password is asked for
    Add {
        /// The name to sign in by: letters, digits and any of . _ - @
        name: String,
        /// What they may do
        #[arg(long, value_enum)]
        role: Role,
    },
    /// List the accounts
    List,
    /// Give an account another password; whoever was signed in by it is out
    Password {
        /// Its name
        name: String,
    },
    /// Give an account another role
    Role {
        /// Its name
        name: String,
        /// What they may do
        #[arg(value_enum)]
        role: Role,
    },
    /// Let nobody sign in by an account any more; it stays, for the log names it
    Disable {
        /// Its name
        name: String,
    },
    /// Let an account sign in again
    Enable {
        /// Its name
        name: String,
    },
}

/// What somebody may do; each may do all that the one before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Read; private persons bear pseudonyms
    Reader,
    /// Add reports; confirm, correct and reject claims
    Coder,
    /// Decide on everything; publish; see private persons' names
    Reviewer,
    /// Give accounts and settings besides
    Admin,
}

/// What is written.
#[derive(Debug, clap::Args)]
pub struct Weigh {
    /// Only the answers, beside the ledger; nothing in the ledger itself
    #[arg(long)]
    pub answers: bool,
}

/// Who does it.
#[derive(Debug, clap::Args)]
pub struct By {
    /// Who does it, for the log [default: the name you are logged in by]
    #[arg(long, global = true, value_name = "NAME", env = "GAINSAY_BY", hide_env_values = true)]
    pub by: Option<String>,
}

/// What to take in.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Make the ledger where there is none
    #[arg(long)]
    pub init: bool,
    /// What of it was read elsewhere.
    #[command(flatten)]
    pub elsewhere: crate::commands::ReadElsewhere,
    /// Who does it.
    #[command(flatten)]
    pub by: By,
}

/// What to list; without any, everything.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Filters {
    /// A place with all it contains: an id, or any name in any spelling
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,
    /// An actor with its parts: an id, or any name in any spelling
    #[arg(long, value_name = "ACTOR")]
    pub actor: Vec<String>,
    /// An outlet or source: an id, or any name in any spelling
    #[arg(long, value_name = "SOURCE")]
    pub source: Vec<String>,
    /// The kind: capture, airstrike, casualties, control …
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// The report's id
    #[arg(long, value_name = "ID")]
    pub report: Option<String>,
    /// First day on which it may have happened
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<Date>,
    /// Last day on which it may have happened
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub to: Option<Date>,
    /// Only what had been said by this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub known_by: Option<Date>,
    /// Only what this source says
    #[arg(long, value_name = "SOURCE")]
    pub according_to: Vec<String>,
    /// Only claims that this reader read: a name, or NAME@VERSION
    #[arg(long, value_name = "READER")]
    pub reader: Vec<String>,
}

/// What to count.
#[derive(Debug, clap::Args)]
pub struct Tally {
    /// How low, best and high are chosen
    #[arg(long, value_enum, default_value = "ucdp")]
    pub policy: Policy,
    /// What is counted: killed, injured, displaced …
    #[arg(long, value_name = "MEASURE", value_parser = crate::commands::measure)]
    pub measure: Option<Measure>,
    /// Of whom: civilians, children, government-side, all …
    #[arg(long, value_name = "GROUP")]
    pub group: Option<String>,
    /// The event's id
    #[arg(long, value_name = "ID")]
    pub event: Option<String>,
    /// What to count in.
    #[command(flatten)]
    pub filters: Filters,
}

/// How figures are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Policy {
    /// Low, best and high of independent voices; a tie takes the low one
    Ucdp,
    /// Every source's figure side by side
    BySource,
    /// Least and greatest, raised to the dead who are named; graded
    Airwars,
    /// One number, the most conservative
    Acled,
}

/// Where and when.
#[derive(Debug, clap::Args)]
pub struct Control {
    /// The day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub at: Date,
    /// What it takes for a place to change hands
    #[arg(long, value_enum, default_value = "voices")]
    pub policy: Hands,
    /// Where, and by whose word.
    #[command(flatten)]
    pub filters: Filters,
}

/// What it takes for a place to change hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Hands {
    /// The loser's own word, or two independent voices
    Voices,
    /// Any one source's word; the newest stands
    Acled,
}

/// Into where and when.
#[derive(Debug, clap::Args)]
pub struct Access {
    /// The place: an id, or any name in any spelling
    pub into: String,
    /// The day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub at: Date,
    /// Roads, bridges and crossings as GeoJSON [default: the Euphrates valley from Raqqa to al-Qaim]
    #[arg(long, value_name = "FILE")]
    pub network: Option<PathBuf>,
    /// By whose word.
    #[command(flatten)]
    pub filters: Filters,
}

/// Of whom.
#[derive(Debug, clap::Args)]
pub struct Ties {
    /// One actor
    pub a: String,
    /// The other
    pub b: String,
    /// Where and when.
    #[command(flatten)]
    pub filters: Filters,
}

/// What to look at.
#[derive(Debug, clap::Args)]
pub struct Review {
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Of what.
    #[command(flatten)]
    pub filters: Filters,
}

/// Which decisions to list.
#[derive(Debug, clap::Args)]
pub struct Decisions {
    /// What was proposed at a desk where decisions take two people, and what became of it
    #[arg(long)]
    pub proposed: bool,
}

/// Who decides, and why.
#[derive(Debug, clap::Args)]
pub struct Deciding {
    /// Why, for the log
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub why: String,
    /// Who decides.
    #[command(flatten)]
    pub by: By,
}

/// What is one, or is not.
#[derive(Debug, clap::Args)]
pub struct Merge {
    /// Ids of events or claims; ids or names of actors, places or sources
    #[arg(required = true, num_args = 2.., value_name = "ID")]
    pub ids: Vec<String>,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// What is so.
#[derive(Debug, clap::Args)]
pub struct Set {
    /// The id of a claim, or an id or name of a source
    pub id: String,
    /// For a claim: confirmed, rejected, or SLOT=VALUE of actor, target, place, source, time, count, status, kind,
    /// degree; for a source: letter=A to F and since=DAY
    #[arg(required = true, value_name = "VALUE")]
    pub values: Vec<String>,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// Whom words mean.
#[derive(Debug, clap::Args)]
pub struct Link {
    /// The id of a claim or of a report
    pub of: String,
    /// The words, as the claim has them
    pub mention: String,
    /// An id or name of an actor, place or source
    pub entity: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// What no longer holds.
#[derive(Debug, clap::Args)]
pub struct Undo {
    /// Numbers of log entries, as `gainsay decisions` lists them
    #[arg(required = true, value_name = "ENTRY")]
    pub entries: Vec<u64>,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// What to brief on.
#[derive(Debug, clap::Args)]
pub struct Brief {
    /// Where to write it; .html or .md
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// The headline
    #[arg(long)]
    pub title: Option<String>,
    /// Show the names of private persons instead of pseudonyms
    #[arg(long)]
    pub names: bool,
    /// What keeps pseudonyms from being guessed [default: made from the ledger's keys]
    #[arg(long, env = "GAINSAY_SALT", hide_env_values = true)]
    pub salt: Option<String>,
    /// Move coordinates to the middle of squares of so many kilometres, or call places by their district or governorate
    #[arg(long, value_name = "KM|district|governorate", default_value = "0", value_parser = crate::commands::coarsen)]
    pub coarsen: crate::commands::Coarsen,
    /// Where and when.
    #[command(flatten)]
    pub filters: Filters,
}

/// What to make a site of.
#[derive(Debug, clap::Args)]
pub struct Site {
    /// The folder to write; a site that is there is replaced
    #[arg(long, short, value_name = "FOLDER")]
    pub output: PathBuf,
    /// The headline
    #[arg(long)]
    pub title: Option<String>,
    /// Show the names of private persons instead of pseudonyms
    #[arg(long)]
    pub names: bool,
    /// What keeps pseudonyms from being guessed [default: made from the ledger's keys]
    #[arg(long, env = "GAINSAY_SALT", hide_env_values = true)]
    pub salt: Option<String>,
    /// Move coordinates to the middle of squares of so many kilometres, or call places by their district or governorate
    #[arg(long, value_name = "KM|district|governorate", default_value = "0", value_parser = crate::commands::coarsen)]
    pub coarsen: crate::commands::Coarsen,
    /// Where and when.
    #[command(flatten)]
    pub filters: Filters,
}

/// What to score.
#[derive(Debug, Subcommand)]
pub enum Eval {
    /// Claims against gold claims
    Claims(EvalClaims),
    /// Coded rows against human codes
    Codes(EvalCodes),
}

/// Claims to score.
#[derive(Debug, clap::Args)]
pub struct EvalClaims {
    /// Gold claims, one a line
    pub gold: PathBuf,
    /// What to score, and how.
    #[command(flatten)]
    pub scoring: Scoring,
}

/// Rows to score.
#[derive(Debug, clap::Args)]
pub struct EvalCodes {
    /// Human codes, one row a line
    pub codes: PathBuf,
    /// What to score, and how.
    #[command(flatten)]
    pub scoring: Scoring,
}

/// What to score, and how.
#[derive(Debug, clap::Args)]
pub struct Scoring {
    /// Predictions, one a line
    #[arg(required_unless_present = "documents", conflicts_with = "documents")]
    pub pred: Option<PathBuf>,
    /// Reports to read and score in the place of predictions
    #[arg(long, value_name = "INPUT")]
    pub documents: Vec<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Show so many errors first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub errors: usize,
    /// Exit with 1 when the main figure (slots F1; mean accuracy) is below this
    #[arg(long, value_name = "SHARE")]
    pub floor: Option<f64>,
}

/// A day as `2014-06-03`.
pub fn day(text: &str) -> Result<Date, String> {
    let fits = text.len() == 10 && text.is_ascii();
    fits.then(|| text.parse().ok()).flatten().ok_or_else(|| "give a day as 2014-06-03".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_tree_of_commands_holds_together() {
        super::Args::command().debug_assert();
    }
}
