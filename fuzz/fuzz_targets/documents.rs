//! Any bytes as documents: PDF, mail, a mailbox.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let made = match kind % 4 {
        0 => [b"%PDF-1.5\n", bytes].concat(),
        1 => {
            // A page whose program is the bytes.
            let head = format!(
                "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
                 3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj\n\
                 5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n\
                 4 0 obj <</Length {}>> stream\n",
                bytes.len()
            );
            [head.as_bytes(), bytes, b"\nendstream endobj\ntrailer <</Root 1 0 R/Size 6>>\n%%EOF"].concat()
        }
        2 => [b"From: a@example.org\r\nSubject: x\r\nDate: Mon, 18 Jan 2016 10:00:00 +0000\r\n", bytes].concat(),
        _ => [b"From a Mon Jan 18 10:00:00 2016\nFrom: a@example.org\n", bytes].concat(),
    };
    fuzz::take(&made);
});
