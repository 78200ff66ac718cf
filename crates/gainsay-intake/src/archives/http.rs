//! What a server answered, as web archives keep it: head and body apart, the body as the page's own bytes.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::limits::MAX_FILE_BYTES;
use crate::source::Source;

/// Longest head of an answer, in bytes, and most lines of one.
const MAX_HEAD_BYTES: usize = 64 << 10;
const MAX_HEADERS: usize = 128;

/// An answer.
pub(super) struct Answer<'a> {
    /// Its status: 200 is found.
    pub status: u16,
    /// Its media type, in lower case, without what stands behind it.
    pub media: Option<String>,
    /// The body as it came.
    pub payload: &'a [u8],
    chunked: bool,
    coded: Option<String>,
}

/// Parts an answer; none where it does not begin as answers do.
pub(super) fn answer(bytes: &[u8]) -> Option<Answer<'_>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let config = {
        let mut config = httparse::ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        config
    };
    let head = &bytes[..bytes.len().min(MAX_HEAD_BYTES)];
    let httparse::Status::Complete(end) = config.parse_response(&mut response, head).ok()? else {
        return None;
    };
    let value = |name: &str| {
        let found = response.headers.iter().rev().find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).trim().to_ascii_lowercase())
    };
    Some(Answer {
        status: response.code?,
        media: value("content-type").map(|media| essence(&media)),
        payload: &bytes[end..],
        chunked: value("transfer-encoding").is_some_and(|coding| coding.contains("chunked")),
        coded: value("content-encoding").filter(|coding| coding != "identity" && !coding.is_empty()),
    })
}

/// A media type without its parameters.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

impl Answer<'_> {
    /// The page's own bytes: chunks joined, decompressed.
    ///
    /// # Errors
    /// What is wrong with them, in one sentence.
    pub fn body(&self, source: &Source) -> Result<Vec<u8>, String> {
        let joined;
        // Many archives keep the head as it was and the body as it was read: chunks are joined already then.
        let body = match self.chunked.then(|| dechunked(self.payload)).flatten() {
            Some(bytes) => {
                joined = bytes;
                &joined[..]
            }
            None => self.payload,
        };
        let Some(coding) = self.coded.as_deref() else { return Ok(body.to_vec()) };
        let plain = || Ok(body.to_vec());
        match coding {
            "gzip" | "x-gzip" if !body.starts_with(b"\x1F\x8B") => plain(),
            "gzip" | "x-gzip" => unpacked(MultiGzDecoder::new(body), source),
            "deflate" if body.first().is_none_or(|byte| byte & 0x0F != 8) => {
                unpacked(flate2::read::DeflateDecoder::new(body), source)
            }
            "deflate" => unpacked(ZlibDecoder::new(body), source),
            // Bodies that were decoded when they were kept: a page begins as pages do.
            _ if crate::html::begins(body) => plain(),
            _ => Err("its page is compressed in a way that is not read".to_owned()),
        }
    }
}

fn unpacked(decoder: impl Read, source: &Source) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = decoder.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err("its page unpacks to more than is read".to_owned());
    }
    source.ration.unpack(bytes.len() as u64).map_err(|error| error.to_string())?;
    match read {
        Ok(_) => Ok(bytes),
        // A page that breaks off is still most of a page, as browsers hold it.
        Err(_) if !bytes.is_empty() => Ok(bytes),
        Err(_) => Err("its page is compressed, and damaged".to_owned()),
    }
}

/// The chunks of a body joined (RFC 9112, 7.1); none where they are no chunks.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    loop {
        let httparse::Status::Complete((at, size)) = httparse::parse_chunk_size(body).ok()? else {
            // It breaks off; what came is kept.
            return (!joined.is_empty()).then_some(joined);
        };
        if size == 0 {
            return Some(joined);
        }
        body = &body[at..];
        let Some(chunk) = usize::try_from(size).ok().and_then(|size| body.get(..size)) else {
            joined.extend_from_slice(body);
            return Some(joined);
        };
        joined.extend_from_slice(chunk);
        body = &body[chunk.len()..];
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(dechunked(b"3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n").unwrap(), b"abcde");
        assert_eq!(dechunked(b"3\r\nabc\r\n9\r\nde").unwrap(), b"abcde");
        assert_eq!(dechunked(b"FFFFFFFFFFFFFFF\r\nabc").unwrap(), b"abc");
        assert_eq!(dechunked(b"<html>"), None);
        assert_eq!(dechunked(b""), None);
    }

    #[test]
    fn an_answer_is_parted() {
        let bytes = b"HTTP/1.1 404 Not Found\r\nContent-Type: Text/HTML; charset=utf-8\r\n\r\n<p>gone";
        let found = answer(bytes).unwrap();
        assert_eq!(
            (found.status, found.media.as_deref(), found.payload),
            (404, Some("text/html"), &b"<p>gone"[..])
        );
        assert!(answer(b"<html>").is_none() && answer(b"").is_none());
    }
}
