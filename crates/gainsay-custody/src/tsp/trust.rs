//! Whose certificate signed a token: its name, whether it is one for time stamps, and whether it leads to an authority
//! that is trusted. Chains are checked by `webpki` (RFC 5280), as of the time that the token bears.

use std::time::Duration;

use jiff::Timestamp;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};

use super::plain;
use crate::Error;
use crate::der::{BOOLEAN, FIRST, FOURTH, INTEGER, OCTETS, OID, SEQUENCE, all, maybe, take};

/// 1.3.6.1.5.5.7.3.8, time stamping.
const TIME_STAMPING: &[u8] = b"\x2B\x06\x01\x05\x05\x07\x03\x08";
/// 2.5.29.37, what else a key is for.
const EXTENDED_KEY_USAGE: &[u8] = b"\x55\x1D\x25";
/// 2.5.4, below which 3 is a common name, 10 an organisation.
const NAMES: [(&[u8], &str); 2] = [(b"\x55\x04\x03", "CN"), (b"\x55\x04\x0A", "O")];

/// A file of more certificates than this is none.
const MOST_CERTIFICATES: usize = 256;

/// Where a signer's certificate leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Nobody said whom to trust, or the signature is not good.
    NotAsked,
    /// To an authority that is trusted: its name.
    Trusted(String),
    /// To none of them, and why.
    Untrusted(String),
}

/// Certificates that are trusted.
#[derive(Clone, Debug)]
pub struct Authorities(Vec<CertificateDer<'static>>);

impl Authorities {
    /// Those in a file: PEM, one or several, or one in DER.
    ///
    /// # Errors
    /// When it holds none, or more than a file of authorities does.
    pub fn read(bytes: &[u8]) -> Result<Authorities, Error> {
        let none = |what: &str| Error::new(format!("no file of certificates: {what}"));
        let mut found: Vec<CertificateDer<'static>> = Vec::new();
        if bytes.first() == Some(&SEQUENCE) {
            found.push(CertificateDer::from(bytes.to_vec()));
        } else {
            for one in CertificateDer::pem_slice_iter(bytes).take(MOST_CERTIFICATES + 1) {
                found.push(one.map_err(|_| none("PEM that cannot be read"))?);
            }
        }
        if found.is_empty() || found.len() > MOST_CERTIFICATES {
            return Err(none("it holds none, or too many"));
        }
        if found.iter().any(|one| anchor_from_trusted_cert(one).is_err()) {
            return Err(none("it holds something else"));
        }
        Ok(Authorities(found))
    }

    /// Their bytes.
    pub(super) fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(AsRef::as_ref)
    }
}

/// Where a certificate leads to, by way of those that came with it, as of a time.
pub(super) fn chain(
    certificate: &[u8],
    others: &[&[u8]],
    time: Timestamp,
    authorities: Option<&Authorities>,
) -> Chain {
    let Some(authorities) = authorities else { return Chain::NotAsked };
    let own_name = || name(certificate).unwrap_or_else(|| "a certificate without a name".into());
    let untrusted = |why: String| Chain::Untrusted(why);
    let read = CertificateDer::from(certificate);
    let key = match EndEntityCert::try_from(&read) {
        Ok(key) => key,
        Err(error) => return untrusted(format!("its certificate is not read here ({error})")),
    };
    let anchors: Vec<TrustAnchor<'_>> =
        authorities.0.iter().filter_map(|one| anchor_from_trusted_cert(one).ok()).collect();
    let others: Vec<CertificateDer<'_>> = others.iter().map(|one| CertificateDer::from(*one)).collect();
    let seconds = u64::try_from(time.as_second()).unwrap_or_default();
    let when = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let usage = KeyUsage::required(TIME_STAMPING);
    match key.verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, &others, when, usage, None, None) {
        Ok(path) => {
            let subject = names(path.anchor().subject.as_ref());
            Chain::Trusted(subject.unwrap_or_else(|| "an authority without a name".into()))
        }
        // Somebody trusts the signer itself: its own dates are then held to by nobody but here.
        Err(_) if authorities.certificates().any(|one| one == certificate) && is_valid(certificate, time) => {
            Chain::Trusted(own_name())
        }
        Err(error) => untrusted(format!("{} leads to no certificate that is trusted ({error})", own_name())),
    }
}

/// The parts of a certificate that are looked at here (RFC 5280, 4.1).
struct Certificate<'a> {
    validity: &'a [u8],
    subject: &'a [u8],
    extensions: Option<&'a [u8]>,
}

fn certificate(bytes: &[u8]) -> Option<Certificate<'_>> {
    let (signed, _) = take(take(bytes, SEQUENCE)?.0, SEQUENCE)?;
    let (_, rest) = maybe(signed, FIRST);
    let (_, rest) = take(rest, INTEGER)?;
    let (_, rest) = take(rest, SEQUENCE)?;
    let (_, rest) = take(rest, SEQUENCE)?;
    let (validity, rest) = take(rest, SEQUENCE)?;
    let (subject, rest) = take(rest, SEQUENCE)?;
    let (_, rest) = take(rest, SEQUENCE)?;
    let (_, rest) = maybe(rest, 0x81);
    let (_, rest) = maybe(rest, 0x82);
    let (extensions, _) = maybe(rest, FOURTH);
    Some(Certificate { validity, subject, extensions })
}

/// The name of whom a certificate is for.
pub(super) fn name(bytes: &[u8]) -> Option<String> {
    names(certificate(bytes)?.subject)
}

/// Common name and organisation, of the parts of a name.
fn names(subject: &[u8]) -> Option<String> {
    let mut found = Vec::new();
    for set in all(subject)? {
        for one in all(set.inside)? {
            let (kind, value) = take(one.inside, OID)?;
            if let Some((_, called)) = NAMES.iter().find(|(own, _)| *own == kind) {
                found.push(format!("{called}={}", plain(all(value)?.first()?.inside)));
            }
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}

/// Whether a certificate is for time stamps and nothing else (RFC 3161, 2.3).
pub(super) fn stamps(bytes: &[u8]) -> bool {
    let uses = || -> Option<bool> {
        let (extensions, _) = take(certificate(bytes)?.extensions?, SEQUENCE)?;
        for extension in all(extensions)? {
            let (kind, rest) = take(extension.inside, OID)?;
            let (critical, rest) = maybe(rest, BOOLEAN);
            if kind == EXTENDED_KEY_USAGE {
                let (uses, _) = take(take(rest, OCTETS)?.0, SEQUENCE)?;
                let uses = all(uses)?;
                let stamping = uses.iter().map(|one| one.inside).eq([TIME_STAMPING]);
                return Some(stamping && critical == Some(&[0xFF]));
            }
        }
        Some(false)
    };
    uses().unwrap_or(false)
}

/// Whether a time lies between the dates of a certificate.
fn is_valid(bytes: &[u8], time: Timestamp) -> bool {
    let dates = || -> Option<(Timestamp, Timestamp)> {
        let dates = all(certificate(bytes)?.validity)?;
        let [from, to] = dates.as_slice() else { return None };
        let date = |value: &crate::der::Value<'_>| match value.tag {
            super::TIME => super::time_of(value.inside),
            // Two digits of a year: to 49 of this century (RFC 5280, 4.1.2.5.1).
            0x17 => {
                let century: &[u8] = if value.inside.first()? < &b'5' { b"20" } else { b"19" };
                super::time_of(&[century, value.inside].concat())
            }
            _ => None,
        };
        Some((date(from)?, date(to)?))
    };
    dates().is_some_and(|(from, to)| from <= time && time <= to)
}
