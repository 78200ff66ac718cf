//! Any bytes as a feed, a table, an export of Telegram's, X's, WhatsApp's or ReliefWeb's.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// How each begins; after it, anything may come.
const BEGINNINGS: [(&str, &[u8]); 8] = [
    ("a.xml", b"<rss version=\"2.0\"><channel><title>x</title><item>"),
    ("a.xml", b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>x</id>"),
    ("a.csv", b"id,text\n"),
    ("a.json", b"{\"name\":\"x\",\"type\":\"y\",\"messages\":[{\"id\":1,\"text\":"),
    ("a.json", b"{\"data\":[{\"id\":1,\"fields\":{\"body\":"),
    ("a.js", b"window.YTD.tweets.part0 = [{\"tweet\":{\"id_str\":\"1\",\"full_text\":"),
    ("a.txt", b"18/01/2016, 09:15 - A: x\n"),
    ("a.bin", b""),
];

fuzz_target!(|input: (u8, &[u8])| {
    let (name, beginning) = BEGINNINGS[usize::from(input.0) % BEGINNINGS.len()];
    fuzz::take_named(name, &[beginning, input.1].concat());
});
