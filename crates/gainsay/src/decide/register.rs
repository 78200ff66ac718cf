//! The decisions of one ledger as they are taken, many in a day: each checked against the ledger's own rows and appended
//! to its log, and nothing weighed.
//!
//! **Takes** decisions, who takes them, and the entry of the log up to which that person had seen.
//! **Gives** their entries; or what somebody else decided meanwhile on the same.
//! **Never** writes two batches at once, half a batch, or into another file than the one it was opened on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};

use gainsay_ledger::{Action, Head, Ledger};

use super::check::{self, Roles};
use super::overlay::{Overlay, touched};
use super::proposals::{Answer, Line};
use super::record::payloads;
use super::{Decided, Decision, Entry, Proposal, Proposals, entry_of};
use crate::keys::{self, Signing};
use crate::{Error, clock};

/// How often a batch is tried again when other programs write between looking and writing.
const TRIES: usize = 5;

/// A ledger's decisions and proposals, kept in mind.
pub struct Register {
    path: PathBuf,
    /// Held by whoever writes, for as long as that takes.
    kept: Mutex<Kept>,
    /// What everybody else looks at meanwhile.
    shown: RwLock<Shown>,
}

/// The decisions as they stood when somebody last looked.
#[derive(Clone)]
struct Shown {
    decided: Arc<Decided>,
    proposals: Arc<Proposals>,
    overlay: Arc<Overlay>,
}

struct Kept {
    /// The hash of the first entry of the log: whose ledger it is.
    first: String,
    /// The last entry read, and its hash.
    last: u64,
    hash: String,
    shown: Shown,
}

/// Who decides, and what they knew.
#[derive(Clone, Copy, Debug)]
pub struct By<'b> {
    /// Their name.
    pub name: &'b str,
    /// Why they decide so.
    pub why: &'b str,
    /// The last entry of the log that what they saw was made from.
    pub seen: u64,
    /// The key that they sign by, where it is not the ledger's own.
    pub signs: Option<&'b Signing>,
}

/// What must be looked up in answers to check a decision.
pub struct Known<'k> {
    /// What an id is known as.
    pub roles: &'k Roles<'k>,
    /// The event of a claim.
    pub event_of: &'k dyn Fn(&str) -> Option<String>,
}

/// Why nothing was decided.
#[derive(Debug)]
pub enum Refused {
    /// Others decided on the same meanwhile; these are their decisions.
    Stale(Vec<Entry>),
    /// There is no such proposal.
    NoProposal(u64),
    /// Who proposed it cannot agree to it.
    Own,
    /// It was answered before.
    Answered(Box<Proposal>),
    /// It cannot be decided so, or the ledger cannot be read or written.
    Error(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Error(error)
    }
}

impl From<gainsay_ledger::Error> for Refused {
    fn from(error: gainsay_ledger::Error) -> Refused {
        Refused::Error(Error::of_ledger(error))
    }
}

impl Register {
    /// Reads the decisions of a ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds a decision that this version does not know.
    pub fn open(path: &Path) -> Result<Register, Error> {
        let ledger = keys::read(path)?;
        let (head, shown) = Shown::of(&ledger)?;
        let kept = Kept { first: first(&ledger)?, last: head.seq, hash: head.hash, shown: shown.clone() };
        Ok(Register { path: path.to_owned(), kept: Mutex::new(kept), shown: RwLock::new(shown) })
    }

    /// All decisions, with those that were undone.
    pub fn decided(&self) -> Arc<Decided> {
        self.shown().decided.clone()
    }

    /// All proposals, with those that were answered.
    pub fn proposals(&self) -> Arc<Proposals> {
        self.shown().proposals.clone()
    }

    /// What was decided, to lay over answers made before.
    pub fn overlay(&self) -> Arc<Overlay> {
        self.shown().overlay.clone()
    }

    /// Takes in what other programs wrote meanwhile; the last entry of the log that is known.
    ///
    /// # Errors
    /// When the ledger cannot be read, or is another one than it was.
    pub fn catch_up(&self) -> Result<u64, Error> {
        let mut kept = self.kept();
        let ledger = Ledger::open_read_only(&self.path).map_err(Error::of_ledger)?;
        self.take_in(&mut kept, &ledger)?;
        Ok(kept.last)
    }

    /// As [`Register::catch_up`], for whoever only looks: while somebody writes, or where the ledger cannot be read, what
    /// is known will do.
    pub fn look(&self) {
        let kept = match self.kept.try_lock() {
            Ok(kept) => Some(kept),
            Err(TryLockError::Poisoned(kept)) => Some(kept.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        if let Some(mut kept) = kept
            && let Ok(ledger) = Ledger::open_read_only(&self.path)
        {
            let _ = self.take_in(&mut kept, &ledger);
        }
    }

    /// Writes decisions to the log, all of them or none, and gives their entries. What is derived from them is stale
    /// until the ledger is weighed anew.
    ///
    /// # Errors
    /// See [`Refused`]; nothing is written then.
    pub fn decide(&self, by: By, decisions: &[Decision], known: &Known) -> Result<Vec<u64>, Refused> {
        self.write(
            |kept, ledger| {
                check::all(decisions, by.why, ledger, &kept.shown.decided, known.roles)?;
                kept.fresh(by, decisions, by.seen, known)?;
                Ok((Action::Decision, payloads(decisions.to_vec(), by.why, None)))
            },
            by,
        )
    }

    /// Whether these could be decided now; writes nothing.
    ///
    /// # Errors
    /// As [`Register::decide`].
    pub fn check(&self, by: By, decisions: &[Decision], known: &Known) -> Result<(), Refused> {
        let mut kept = self.kept();
        let ledger = Ledger::open_read_only(&self.path)?;
        self.take_in(&mut kept, &ledger)?;
        check::all(decisions, by.why, &ledger, &kept.shown.decided, known.roles)?;
        kept.fresh(by, decisions, by.seen, known)
    }

    /// Writes to the log that somebody proposes these decisions; gives the entry.
    ///
    /// # Errors
    /// As [`Register::decide`].
    pub fn propose(&self, by: By, decisions: &[Decision], known: &Known) -> Result<u64, Refused> {
        let entries = self.write(
            |kept, ledger| {
                check::all(decisions, by.why, ledger, &kept.shown.decided, known.roles)?;
                kept.fresh(by, decisions, by.seen, known)?;
                let line = Line::Made { decisions: decisions.to_vec(), why: by.why.to_owned() };
                Ok((
                    Action::Proposal,
                    vec![serde_json::to_value(line).expect("a proposal is written as JSON")],
                ))
            },
            by,
        )?;
        Ok(entries.first().copied().unwrap_or_default())
    }

    /// Agrees to a proposal: its decisions are written to the log with both names. Gives their entries.
    ///
    /// # Errors
    /// See [`Refused`]; also when others decided on the same after it was proposed.
    pub fn agree(&self, by: By, proposal: u64, known: &Known) -> Result<Vec<u64>, Refused> {
        self.write(
            |kept, ledger| {
                let found = kept.open(proposal)?;
                if found.by == by.name {
                    return Err(Refused::Own);
                }
                let why = [found.why.as_str(), by.why].into_iter().filter(|why| !why.trim().is_empty());
                let why = why.collect::<Vec<_>>().join("\n");
                check::all(&found.decisions, by.why, ledger, &kept.shown.decided, known.roles)?;
                let proposer = By { name: &found.by, ..by };
                kept.fresh(proposer, &found.decisions, proposal, known)?;
                let agreed = Some((proposal, found.by.as_str()));
                Ok((Action::Decision, payloads(found.decisions.clone(), &why, agreed)))
            },
            by,
        )
    }

    /// Refuses a proposal, or takes one's own back; gives the entry.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn refuse(&self, by: By, proposal: u64) -> Result<u64, Refused> {
        let entries = self.write(
            |kept, _| {
                kept.open(proposal)?;
                if by.why.chars().count() > check::LONGEST_WHY {
                    let longest = check::LONGEST_WHY;
                    return Err(Error::input(format!(
                        "the reason is longer than {longest} characters; shorten it"
                    ))
                    .into());
                }
                let line = Line::Refused { of: proposal, why: by.why.to_owned() };
                Ok((
                    Action::Proposal,
                    vec![serde_json::to_value(line).expect("a refusal is written as JSON")],
                ))
            },
            by,
        )?;
        Ok(entries.first().copied().unwrap_or_default())
    }

    /// One batch at a time: looks at the log as it stands, asks `what` is to be written, and writes it if nobody else
    /// wrote meanwhile.
    fn write(
        &self,
        what: impl Fn(&Kept, &Ledger) -> Result<(Action, Vec<serde_json::Value>), Refused>,
        by: By,
    ) -> Result<Vec<u64>, Refused> {
        let mut kept = self.kept();
        let mut ledger = Ledger::open(&self.path)?;
        keys::unlock(&self.path, by.name)?;
        if let Some(signing) = by.signs {
            signing.sign(&mut ledger)?;
        }
        for _ in 0..TRIES {
            self.take_in(&mut kept, &ledger)?;
            let (action, payloads) = what(&kept, &ledger)?;
            if let Some(entries) =
                ledger.decide_after(kept.last, by.name, clock::now()?, action, &payloads)?
            {
                self.take_in(&mut kept, &ledger)?;
                ledger.close()?;
                return Ok(entries);
            }
        }
        Err(Refused::Error(Error::busy("others write to the ledger all the time; try again")))
    }

    /// Reads on in the log, and shows what is new to everybody.
    fn take_in(&self, kept: &mut Kept, ledger: &Ledger) -> Result<(), Error> {
        if kept.catch_up(ledger)? {
            *self.shown.write().unwrap_or_else(PoisonError::into_inner) = kept.shown.clone();
        }
        Ok(())
    }

    fn shown(&self) -> Shown {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // What is kept is changed by whole steps alone; a panic between them leaves it as it was.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shown {
    /// All that a ledger holds, and up to which entry.
    fn of(ledger: &Ledger) -> Result<(Head, Shown), Error> {
        for _ in 0..TRIES {
            let head = ledger.head().map_err(Error::of_ledger)?;
            let decided = Decided::of(ledger)?;
            let proposals = Proposals::of(ledger, &decided)?;
            // What others wrote meanwhile may be among them or not.
            if ledger.head().map_err(Error::of_ledger)? == head {
                let overlay = Arc::new(Overlay::of(&decided, &proposals));
                let (decided, proposals) = (Arc::new(decided), Arc::new(proposals));
                return Ok((head, Shown { decided, proposals, overlay }));
            }
        }
        Err(Error::busy("others write to the ledger all the time; try again"))
    }
}

/// The hash of the first entry.
fn first(ledger: &Ledger) -> Result<String, Error> {
    let entry = ledger.entry(1).map_err(Error::of_ledger)?;
    entry.map(|entry| entry.hash).ok_or_else(|| Error::wrong("the log of the ledger is empty"))
}

impl Kept {
    /// Takes in what the log holds beyond what was read; whether anything was decided or proposed.
    fn catch_up(&mut self, ledger: &Ledger) -> Result<bool, Error> {
        let path = ledger.path().display();
        if first(ledger)? != self.first {
            return Err(Error::busy(format!(
                "{path} is another ledger than the desk was started on; start it anew"
            )));
        }
        let known = ledger.entry(self.last).map_err(Error::of_ledger)?;
        if known.is_none_or(|entry| entry.hash != self.hash) {
            return Err(Error::busy(format!(
                "{path} was put back to an earlier state while the desk was open; start the desk anew"
            )));
        }
        let (mut decided, mut proposals) = (Vec::new(), Vec::new());
        let (mut last, mut hash) = (self.last, None);
        for line in ledger.log_after(self.last) {
            let line = line.map_err(Error::of_ledger)?;
            (last, hash) = (line.seq, Some(line.hash.clone()));
            // Entries that were read before have lost their particulars.
            if line.action == Action::ReportRemoved {
                let (head, shown) = Shown::of(ledger)?;
                (self.last, self.hash, self.shown) = (head.seq, head.hash, shown);
                return Ok(true);
            }
            match line.action {
                _ if line.removed => {}
                Action::Decision => decided.push(entry_of(line, ledger)?),
                Action::Proposal => proposals.push(line),
                _ => {}
            }
        }
        let news = !decided.is_empty() || !proposals.is_empty();
        if news {
            let mut made = Proposals::clone(&self.shown.proposals);
            for line in proposals {
                made.take(line, ledger)?;
            }
            decided.iter().for_each(|entry| made.agreed(entry));
            if !decided.is_empty() {
                let all = Arc::make_mut(&mut self.shown.decided);
                all.entries.extend(decided);
                all.settle_undone();
            }
            self.shown.overlay = Arc::new(Overlay::of(&self.shown.decided, &made));
            self.shown.proposals = Arc::new(made);
        }
        if let Some(hash) = hash {
            (self.last, self.hash) = (last, hash);
        }
        Ok(news)
    }

    /// Nobody else decided on the same after `seen`.
    fn fresh(&self, by: By, decisions: &[Decision], seen: u64, known: &Known) -> Result<(), Refused> {
        let start = self.shown.decided.entries.partition_point(|entry| entry.entry <= seen);
        let later: Vec<&Entry> =
            self.shown.decided.entries[start..].iter().filter(|entry| by_another(entry, by.name)).collect();
        if later.is_empty() {
            return Ok(());
        }
        let of = |decision: &Decision| touched(decision, &self.shown.decided, known.event_of);
        let own: BTreeSet<String> = decisions.iter().flat_map(of).collect();
        let meets = |entry: &&&Entry| of(&entry.decision).iter().any(|one| own.contains(one));
        let changed: Vec<Entry> = later.iter().filter(meets).map(|entry| Entry::clone(entry)).collect();
        if changed.is_empty() { Ok(()) } else { Err(Refused::Stale(changed)) }
    }

    fn open(&self, proposal: u64) -> Result<&Proposal, Refused> {
        let found = self.shown.proposals.entry(proposal).ok_or(Refused::NoProposal(proposal))?;
        if found.state == Answer::Open { Ok(found) } else { Err(Refused::Answered(Box::new(found.clone()))) }
    }
}

/// Whether somebody else took a decision: neither wrote it nor proposed it.
fn by_another(entry: &Entry, name: &str) -> bool {
    entry.by != name && entry.proposed_by.as_deref() != Some(name)
}
