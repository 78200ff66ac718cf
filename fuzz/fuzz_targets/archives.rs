//! Any bytes as archives: gzip, tar, zip, web archives. Half of them hold what they should, so that entries are reached.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, bool, &[u8])| {
    let (kind, whole, bytes) = input;
    let record = |length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nWARC-Date: 2016-01-18T00:00:00Z\r\n\
             Content-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let made = match kind % 4 {
        0 => [b"\x1F\x8B\x08\0\0\0\0\0\0\x03", bytes].concat(),
        1 => {
            let mut head = vec![0; 512];
            head[..5].copy_from_slice(b"a.txt");
            head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
            head[156] = b'0';
            head[257..262].copy_from_slice(b"ustar");
            if whole {
                head[148..156].fill(b' ');
                let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
                head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            }
            [head, bytes.to_vec(), vec![0; 1024]].concat()
        }
        2 => [b"PK\x03\x04", bytes].concat(),
        _ if whole => [record(bytes.len()).as_bytes(), bytes, b"\r\n\r\n"].concat(),
        _ => [record(bytes.len() / 2).as_bytes(), bytes, record(9).as_bytes()].concat(),
    };
    fuzz::take(&made);
});
