//! Whether the signature of a token is of what it says, by the certificate that it names.
//!
//! RFC 5652, 5.4 and 5.6 (what is signed), RFC 3161, 2.4.2 and RFC 5035 (which certificate signed it). The signatures
//! themselves are checked by `webpki` and `ring`.

use jiff::Timestamp;
use ring::digest;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use webpki::EndEntityCert;
use webpki::ring as algorithms;

use super::trust::{self, Authorities, Chain};
use super::{Hash, Parts, Signed, TST_INFO};
use crate::der::{self, FIRST, INTEGER, OCTETS, OID, SEQUENCE, SET, all, maybe, take};

/// 1.2.840.113549.1.9.3, 1.9.4, 1.9.16.2.12, 1.9.16.2.47.
const CONTENT_TYPE: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x03";
const MESSAGE_DIGEST: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04";
const SIGNING_CERTIFICATE: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x0C";
const SIGNING_CERTIFICATE_2: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x2F";

/// 1.2.840.113549.1.1, below which 1 is RSA, 10 is RSA-PSS, 11 to 13 RSA with SHA-256, 384, 512.
const RSA: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x01";
/// 1.2.840.10045.4.3, below which 2 to 4 is ECDSA with SHA-256, 384, 512.
const ECDSA: &[u8] = b"\x2A\x86\x48\xCE\x3D\x04\x03";
/// 1.2.840.10045.2.1, a key on an elliptic curve.
const ELLIPTIC: &[u8] = b"\x2A\x86\x48\xCE\x3D\x02\x01";

/// What was found of a token's signature.
pub(super) struct Checked {
    pub signed: Signed,
    pub signer: Option<String>,
    pub chain: Chain,
}

/// Why a signature is not found good.
enum No {
    Unchecked(String),
    Bad(String),
}

pub(super) fn check(parts: &Parts<'_>, time: Timestamp, authorities: Option<&Authorities>) -> Checked {
    let mut signer = None;
    let (signed, chain) = match good(parts, authorities, &mut signer) {
        Ok(certificate) => {
            let chain = trust::chain(certificate, &parts.certificates, time, authorities);
            match trust::stamps(certificate) {
                true => (Signed::Good, chain),
                false => (
                    Signed::Bad("the certificate that signed it is not one for time stamps alone".into()),
                    chain,
                ),
            }
        }
        Err(No::Unchecked(why)) => (Signed::Unchecked(why), Chain::NotAsked),
        Err(No::Bad(why)) => (Signed::Bad(why), Chain::NotAsked),
    };
    Checked { signed, signer, chain }
}

/// The certificate by which the signature is good.
fn good<'a>(
    parts: &Parts<'a>,
    authorities: Option<&'a Authorities>,
    signer: &mut Option<String>,
) -> Result<&'a [u8], No> {
    let broken = || No::Bad("its signature is not laid out as one".into());
    let unknown = |what: &str| No::Unchecked(format!("{what} is not known here"));
    let [one] = parts.signers.as_slice() else {
        return Err(match parts.signers.is_empty() {
            true => No::Bad("it bears no signature".into()),
            false => No::Bad("it bears more signatures than one".into()),
        });
    };
    let (_, rest) = take(one.inside, INTEGER).ok_or_else(broken)?;
    // Who signed, by name and number or by key; the signed attributes say it better.
    let (_, rest) = der::next(rest).ok_or_else(broken)?;
    let (algorithm, rest) = take(rest, SEQUENCE).ok_or_else(broken)?;
    let (digest, _) = take(algorithm, OID).ok_or_else(broken)?;
    let hash = Hash::of(digest);
    let (attributes, _) = der::next(rest).filter(|(value, _)| value.tag == FIRST).ok_or_else(broken)?;
    let (_, rest) = take(rest, FIRST).ok_or_else(broken)?;
    let (algorithm, rest) = take(rest, SEQUENCE).ok_or_else(broken)?;
    let (signature, _) = take(rest, OCTETS).ok_or_else(broken)?;

    let one_of = |kind: &[u8]| attribute(attributes.inside, kind);
    let (kind, _) = one_of(CONTENT_TYPE).and_then(|kind| take(kind, OID)).ok_or_else(broken)?;
    let (message, _) = one_of(MESSAGE_DIGEST).and_then(|digest| take(digest, OCTETS)).ok_or_else(broken)?;
    if kind != TST_INFO {
        return Err(No::Bad("what is signed is another kind of content".into()));
    }
    let Some(found) = hash.digest(parts.content) else {
        return Err(unknown("the hash that its signature is made of"));
    };
    if found != message {
        return Err(No::Bad("what it says was changed: its signature is of another hash".into()));
    }
    let certificate = certificate_of(parts, authorities, attributes.inside)?;
    *signer = trust::name(certificate);
    // What is signed is the attributes as a set (RFC 5652, 5.4).
    let mut set = attributes.whole.to_vec();
    set[0] = SET;
    let algorithms = by(algorithm, hash).ok_or_else(|| unknown("the way in which it is signed"))?;
    let read = CertificateDer::from(certificate);
    let key = EndEntityCert::try_from(&read)
        .map_err(|error| No::Unchecked(format!("its signer's certificate is not read here ({error})")))?;
    let tried = algorithms.iter().map(|algorithm| key.verify_signature(*algorithm, &set, signature));
    let tried: Vec<Result<(), webpki::Error>> = tried.collect();
    if tried.iter().any(Result::is_ok) {
        return Ok(certificate);
    }
    match tried.contains(&Err(webpki::Error::InvalidSignatureForPublicKey)) {
        true => Err(No::Bad("its signature is not by the certificate that it names".into())),
        false => Err(unknown("the kind of key that signed it")),
    }
}

/// Whether a certificate is the one that is named.
type Fits<'a> = Box<dyn Fn(&[u8]) -> bool + 'a>;

/// The certificate whose hash the signed attributes bear: among those of the token, else among those that are trusted.
fn certificate_of<'a>(
    parts: &Parts<'a>,
    authorities: Option<&'a Authorities>,
    attributes: &[u8],
) -> Result<&'a [u8], No> {
    let broken = || No::Bad("it does not say which certificate signed it".into());
    let first = |inside| -> Option<&[u8]> {
        let (certificates, _) = take(take(inside, SEQUENCE)?.0, SEQUENCE)?;
        Some(take(certificates, SEQUENCE)?.0)
    };
    let fits: Fits<'_> = if let Some(inside) = attribute(attributes, SIGNING_CERTIFICATE_2) {
        let first = first(inside).ok_or_else(broken)?;
        let (algorithm, rest) = maybe(first, SEQUENCE);
        let hash = match algorithm {
            Some(algorithm) => Hash::of(take(algorithm, OID).ok_or_else(broken)?.0),
            None => Hash::Sha256,
        };
        let (named, _) = take(rest, OCTETS).ok_or_else(broken)?;
        if hash == Hash::Other {
            return Err(No::Unchecked("the hash by which it names its certificate is not known here".into()));
        }
        Box::new(move |certificate| hash.digest(certificate).is_some_and(|found| found == named))
    } else {
        let inside = attribute(attributes, SIGNING_CERTIFICATE).ok_or_else(broken)?;
        let (named, _) = first(inside).and_then(|first| take(first, OCTETS)).ok_or_else(broken)?;
        Box::new(move |certificate| {
            digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, certificate).as_ref() == named
        })
    };
    let trusted = authorities.into_iter().flat_map(Authorities::certificates);
    let mut known = parts.certificates.iter().copied().chain(trusted);
    known.find(|certificate| fits(certificate)).ok_or_else(|| {
        No::Unchecked("the certificate that signed it is not in it; give it by a file of certificates".into())
    })
}

/// The value of an attribute that stands once and has one value.
fn attribute<'a>(attributes: &'a [u8], kind: &[u8]) -> Option<&'a [u8]> {
    let attributes = all(attributes)?;
    let mut found = attributes.iter().filter_map(|one| {
        let (own, values) = take(one.inside, OID)?;
        (own == kind).then_some(values)
    });
    let values = found.next().filter(|_| found.next().is_none())?;
    let values = all(take(values, SET)?.0)?;
    if let [one] = values.as_slice() { Some(one.whole) } else { None }
}

/// The algorithms that a signature may be by; none where it is made in a way that is not known here.
fn by(algorithm: &[u8], hash: Hash) -> Option<Vec<&'static dyn SignatureVerificationAlgorithm>> {
    let (oid, parameters) = take(algorithm, OID)?;
    let rsa = |hash| match hash {
        Hash::Sha256 => Some(vec![algorithms::RSA_PKCS1_2048_8192_SHA256]),
        Hash::Sha384 => Some(vec![algorithms::RSA_PKCS1_2048_8192_SHA384]),
        Hash::Sha512 => Some(vec![algorithms::RSA_PKCS1_2048_8192_SHA512]),
        Hash::Other => None,
    };
    let curve = |hash| match hash {
        Hash::Sha256 => Some(vec![algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256]),
        Hash::Sha384 => Some(vec![algorithms::ECDSA_P256_SHA384, algorithms::ECDSA_P384_SHA384]),
        _ => None,
    };
    if let Some([kind]) = oid.strip_prefix(RSA) {
        return match kind {
            1 => rsa(hash),
            // The hash is in the parameters, and is the one of the digest (RFC 5652, 5.4).
            10 if pss_hash(parameters)? == hash => match hash {
                Hash::Sha256 => Some(vec![algorithms::RSA_PSS_2048_8192_SHA256_LEGACY_KEY]),
                Hash::Sha384 => Some(vec![algorithms::RSA_PSS_2048_8192_SHA384_LEGACY_KEY]),
                Hash::Sha512 => Some(vec![algorithms::RSA_PSS_2048_8192_SHA512_LEGACY_KEY]),
                Hash::Other => None,
            },
            11 => rsa(Hash::Sha256),
            12 => rsa(Hash::Sha384),
            13 => rsa(Hash::Sha512),
            _ => None,
        };
    }
    match oid.strip_prefix(ECDSA) {
        Some([2]) => curve(Hash::Sha256),
        Some([3]) => curve(Hash::Sha384),
        Some(_) => None,
        None => {
            if oid == ELLIPTIC {
                curve(hash)
            } else {
                None
            }
        }
    }
}

/// The hash that parameters of RSA-PSS name (RFC 4055, 3.1).
fn pss_hash(parameters: &[u8]) -> Option<Hash> {
    let (parameters, _) = take(parameters, SEQUENCE)?;
    let (algorithm, _) = take(take(parameters, FIRST)?.0, SEQUENCE)?;
    Some(Hash::of(take(algorithm, OID)?.0))
}
