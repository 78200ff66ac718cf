//! Writes the site of the sample that the tests use: `cargo run -p gainsay-publish --example sample_site -- FOLDER [KM]`.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::path::PathBuf;

fn main() {
    let mut typed = std::env::args().skip(1);
    let folder = PathBuf::from(typed.next().expect("a folder"));
    let mut sample = sample::deir_ez_zor();
    sample.coarsen_km = typed.next().map_or(0, |km| km.parse().expect("kilometres"));
    sample
        .site(&mut |name, bytes| {
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().expect("a folder"))?;
            std::fs::write(file, bytes)
        })
        .expect("a site");
}
