//! Taking in what timestamp services answered to a checkpoint: checked, and kept with it.

use std::path::Path;

use gainsay_custody::ots::{self, End, Proof};
use gainsay_custody::tsp::{self, Authorities, Chain, Signed};
use gainsay_custody::{Note, hex};
use gainsay_ledger::Checkpoint;
use gainsay_model::Warning;

use super::checkpoint;
use crate::{Error, clock, keys};

/// The words by which the log knows two kinds of answers.
pub(super) const RFC3161: &str = "rfc3161";
pub(super) const OPENTIMESTAMPS: &str = "opentimestamps";

/// By what answers are checked beyond what stands in them.
#[derive(Clone, Debug, Default)]
pub struct Means {
    authorities: Option<Authorities>,
    blocks: Vec<(u64, String)>,
}

impl Means {
    /// Certificates that are trusted, as the bytes of a file of them (PEM or DER), and blocks of Bitcoin that somebody
    /// looked up, each as `HEIGHT:MERKLEROOT` in the digits that block explorers show.
    ///
    /// # Errors
    /// When the bytes hold no certificate, or a block is not written so.
    pub fn new(authorities: Option<&[u8]>, blocks: &[String]) -> Result<Means, Error> {
        let authorities = authorities.map(Authorities::read).transpose();
        let block = |typed: &String| -> Result<(u64, String), Error> {
            let parts = typed.split_once(':').and_then(|(height, root)| {
                let root = hex::array::<32>(root)?;
                Some((height.parse().ok()?, hex::of(&root)))
            });
            parts.ok_or_else(|| {
                Error::input(format!("`{typed}` is no block; write it as HEIGHT:MERKLEROOT, with 64 digits"))
            })
        };
        Ok(Means {
            authorities: authorities.map_err(|error| Error::input(error.to_string()))?,
            blocks: blocks.iter().map(block).collect::<Result<_, _>>()?,
        })
    }
}

/// What was found of one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Examined {
    /// The latest moment at which the note may have been made, where the answer itself proves one.
    pub(super) time: Option<String>,
    /// What it says and what was checked, in one line.
    pub(super) told: String,
    /// What is wrong with it.
    pub(super) wrong: Option<String>,
}

/// Checks an answer that is kept, against the note that it is of.
pub(super) fn examine(note: &[u8; 32], kind: &str, bytes: &[u8], means: &Means) -> Examined {
    let wrong = |what: String| Examined { time: None, told: what.clone(), wrong: Some(what) };
    match kind {
        RFC3161 => match tsp::read(bytes, means.authorities.as_ref()) {
            Ok(stamp) if !stamp.is_over(note) => wrong("is over something else than the note".into()),
            Ok(stamp) => of_authority(note, &stamp, means.authorities.is_some()),
            Err(error) => wrong(format!("is {error}")),
        },
        OPENTIMESTAMPS => match ots::read(bytes) {
            Ok(proof) if proof.digest != Some(*note) => {
                wrong("begins at something else than the note".into())
            }
            Ok(proof) => of_calendars(&proof, means),
            Err(error) => wrong(format!("is {error}")),
        },
        other => wrong(format!("is of a kind that is not known here, `{other}`")),
    }
}

fn of_authority(note: &[u8; 32], stamp: &tsp::Stamp, asked: bool) -> Examined {
    let signer = stamp.signer.as_deref().unwrap_or("a certificate without a name");
    let (signed, mut wrong) = match &stamp.signed {
        Signed::Good => ("signature good".to_owned(), None),
        Signed::Unchecked(why) => {
            let told = format!("signature not checked: {why}");
            // Who said whom to trust takes nothing that leads to none of them.
            (told.clone(), asked.then_some(told))
        }
        Signed::Bad(why) => (format!("not good: {why}"), Some(why.clone())),
    };
    let chain = match &stamp.chain {
        Chain::NotAsked => "whose certificate it is was not checked (--ca)".to_owned(),
        Chain::Trusted(name) => format!("leads to {name}, which is trusted"),
        Chain::Untrusted(why) => {
            wrong.get_or_insert_with(|| why.clone());
            why.clone()
        }
    };
    let nonce = match &stamp.nonce {
        Some(nonce) if *nonce != tsp::nonce(note) => "; asked for by another request than gainsay's",
        _ => "",
    };
    let (time, policy, serial) = (stamp.second(), &stamp.policy, &stamp.serial);
    let told = format!("{time} by {signer}; {signed}; {chain}; policy {policy}, number {serial}{nonce}");
    // Anybody can make a certificate: without an authority that is trusted the time is what the token says, and no more.
    let proved = wrong.is_none() && matches!(stamp.chain, Chain::Trusted(_));
    Examined { time: proved.then_some(time), told, wrong }
}

fn of_calendars(proof: &Proof, means: &Means) -> Examined {
    let (mut said, mut wrong) = (Vec::new(), None);
    for end in &proof.ends {
        said.push(match end {
            End::Bitcoin { height, root: None } => {
                format!("block {height} of Bitcoin, by a step that is not computed here")
            }
            End::Bitcoin { height, root: Some(root) } => {
                match means.blocks.iter().find(|(own, _)| own == height) {
                    Some((_, block)) if block == root => {
                        format!("block {height} of Bitcoin, whose Merkle root {root} was compared and fits")
                    }
                    Some((_, block)) => {
                        let what = format!(
                            "leads to the Merkle root {root} for block {height} of Bitcoin, which has {block}"
                        );
                        wrong.get_or_insert_with(|| what.clone());
                        what
                    }
                    None => format!("block {height} of Bitcoin, if its Merkle root is {root} (--block)"),
                }
            }
            End::Pending { calendar, commitment } => {
                let ask = commitment.as_ref().map(|digits| format!(" for {digits}")).unwrap_or_default();
                format!("pending: to be asked of {calendar}{ask}")
            }
            End::Unknown => "something that is not known here".to_owned(),
        });
    }
    Examined { time: None, told: said.join("; "), wrong }
}

/// An answer that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The file that it came as.
    pub file: String,
    /// The entry that records the checkpoint it is of.
    pub checkpoint: u64,
    /// The entry that records it; none where the ledger had it already.
    pub entry: Option<u64>,
    /// `rfc3161` or `opentimestamps`.
    pub kind: &'static str,
    /// What it says, in one line.
    pub told: String,
}

/// Takes answers of timestamp services in: finds the checkpoint that each is of, checks it, and keeps it. Bare answers
/// of calendars do not say what they are of: they are taken to be of the checkpoint `of`, else of the newest. Those that
/// are no good are not taken in, and come back as warnings.
///
/// # Errors
/// When the ledger has no checkpoint, there is no key to sign by, or the ledger cannot be written.
pub fn stamp(
    path: &Path,
    files: &[(String, Vec<u8>)],
    of: Option<u64>,
    means: &Means,
    by: &str,
) -> Result<(Vec<Stamped>, Vec<Warning>), Error> {
    let at = clock::now()?;
    let mut ledger = keys::write(path, by)?;
    let checkpoints = ledger.checkpoints()?;
    let named = match of {
        Some(entry) => Some(checkpoint::find(&ledger, entry)?),
        None => checkpoints.last().cloned(),
    };
    let Some(named) = named else {
        let what = "has no checkpoint that could be stamped; make one with `gainsay checkpoint`";
        return Err(Error::input(format!("{}: {what}", path.display())));
    };
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for (file, bytes) in files {
        let found = match sort(bytes, &checkpoints, &named, means) {
            Ok(found) => found,
            Err(message) => {
                refused.push(Warning { subject: file.clone(), line: None, message });
                continue;
            }
        };
        let Found { checkpoint, kind, bytes, told } = found;
        let sha256 = hex::sha256(&bytes);
        let there = ledger.stamps()?.iter().any(|one| one.checkpoint == checkpoint && one.sha256 == sha256);
        let entry = match there {
            true => None,
            false => Some(ledger.put_stamp(by, at, checkpoint, kind, &bytes, &told)?),
        };
        taken.push(Stamped { file: file.clone(), checkpoint, entry, kind, told });
    }
    ledger.close()?;
    Ok((taken, refused))
}

/// An answer that is good, and whose.
struct Found {
    checkpoint: u64,
    kind: &'static str,
    bytes: Vec<u8>,
    told: String,
}

/// What an answer is, which checkpoint it is of, and what it says; or why it is not taken in.
fn sort(
    bytes: &[u8],
    checkpoints: &[Checkpoint],
    named: &Checkpoint,
    means: &Means,
) -> Result<Found, String> {
    let note = |one: &Checkpoint| Note::parse(&one.note).map(|note| note.sha256());
    let of = |digest: &dyn Fn(&[u8; 32]) -> bool| -> Result<(u64, [u8; 32]), String> {
        let notes = checkpoints.iter().rev().filter_map(|one| Some((one.entry, note(one).ok()?)));
        let mut fitting = notes.filter(|(_, sha256)| digest(sha256));
        fitting
            .next()
            .ok_or_else(|| "it is over no checkpoint of this ledger's; was it asked for another?".to_owned())
    };
    let (checkpoint, sha256, kind, bytes) = if ots::is_proof(bytes) {
        let proof = ots::read(bytes).map_err(|error| error.to_string())?;
        let (entry, sha256) = of(&|sha256| proof.digest == Some(*sha256))?;
        (entry, sha256, OPENTIMESTAMPS, bytes.to_vec())
    } else {
        match tsp::read(bytes, None) {
            Ok(stamp) => {
                let (entry, sha256) = of(&|sha256| stamp.is_over(sha256))?;
                (entry, sha256, RFC3161, bytes.to_vec())
            }
            Err(error) => {
                let sha256 = note(named).map_err(|error| error.to_string())?;
                let Ok(proof) = ots::of_answer(&sha256, bytes) else {
                    return Err(format!("{error}, nor an answer of OpenTimestamps"));
                };
                (named.entry, sha256, OPENTIMESTAMPS, proof)
            }
        }
    };
    let examined = examine(&sha256, kind, &bytes, means);
    match examined.wrong {
        Some(wrong) => Err(format!("it is no good: {wrong}")),
        None => Ok(Found { checkpoint, kind, bytes, told: examined.told }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_proved_by_a_good_signature_that_leads_to_somebody_who_is_trusted() {
        let stamp = |signed, chain| tsp::Stamp {
            hash: tsp::Hash::Sha256,
            imprint: vec![7; 32],
            time: "2016-01-18T09:30:00Z".parse().unwrap(),
            policy: "1.2".into(),
            serial: "01".into(),
            nonce: None,
            signer: None,
            signed,
            chain,
        };
        let unknown = || Signed::Unchecked("the way in which it is signed is not known here".into());
        let good = stamp(Signed::Good, Chain::Trusted("CN=A".into()));
        assert!(of_authority(&[7; 32], &good, true).time.is_some());
        let loose = of_authority(&[7; 32], &stamp(Signed::Good, Chain::NotAsked), false);
        assert!(loose.time.is_none() && loose.wrong.is_none());
        let unread = of_authority(&[7; 32], &stamp(unknown(), Chain::NotAsked), false);
        assert!(unread.time.is_none() && unread.wrong.is_none());
        assert!(of_authority(&[7; 32], &stamp(unknown(), Chain::NotAsked), true).wrong.is_some());
    }

    #[test]
    fn blocks_are_written_in_one_way() {
        let root = "ab".repeat(32);
        assert!(Means::new(None, &[format!("358391:{root}")]).is_ok());
        for wrong in ["358391", "358391:ab", "x:", &format!("-1:{root}")] {
            assert!(Means::new(None, &[wrong.to_owned()]).unwrap_err().is_input(), "{wrong}");
        }
        assert!(Means::new(Some(b"hello"), &[]).unwrap_err().is_input());
    }
}
