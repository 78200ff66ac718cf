//! Writes the sample brief as HTML and Markdown into a folder: `cargo run --example sample_brief -- FOLDER`.

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| std::env::temp_dir().display().to_string());
    for (name, sample) in [
        ("brief", sample::deir_ez_zor()),
        ("crowded", sample::crowded(500)),
        ("empty", sample::Sample::empty()),
    ] {
        let input = sample.input();
        std::fs::write(format!("{folder}/{name}.html"), gainsay_publish::html(&input))?;
        std::fs::write(format!("{folder}/{name}.md"), gainsay_publish::markdown(&input))?;
    }
    Ok(())
}
