//! `cargo xtask show FILE [ID] [WORDS]`: the layers of a report as aligned lines, to see why it was read so.

use std::path::Path;

use gainsay_lexicon::Words;
use gainsay_model::Reading;

/// Prints the reports of a `.jsonl` file, or the one whose id starts with `ID`; with WORDS only sentences that hold
/// them.
///
/// # Errors
/// A file that cannot be read.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let Some(file) = args.first() else { anyhow::bail!("usage: cargo xtask show FILE [ID] [WORDS]") };
    let id = args.get(1).map_or("", String::as_str);
    let wanted = args.get(2).map_or("", String::as_str);
    for report in
        crate::predict::reports(Path::new(file))?.into_iter().filter(|report| report.id.contains(id))
    {
        println!("=== {} {:?}", report.id, report.published);
        let reading = gainsay_read::read(&report, Words::builtin());
        for sentence in &reading.sentences {
            if sentence.span.of(&report.text).contains(wanted) {
                show(&report.text, &reading, sentence);
            }
        }
    }
    Ok(())
}

fn show(text: &str, reading: &Reading, sentence: &gainsay_model::Sentence) {
    println!("--- {:?}: {}", sentence.part, sentence.span.of(text).replace('\n', " ⏎ "));
    for id in sentence.tokens.clone() {
        let token = &reading.tokens[id];
        let head = token.head.map_or("root", |head| reading.tokens[head].span.of(text));
        println!(
            "{id:5} {:18} {:14} {:6} {:5} {:12} {head}",
            token.span.of(text),
            token.lemma,
            token.upos.as_str(),
            token.xpos.as_str(),
            token.rel.as_str()
        );
    }
    let inside = |span: gainsay_model::Span| sentence.span.contains(span);
    for name in reading.names.iter().filter(|name| inside(name.span)) {
        let ids: Vec<&str> = name.entities.iter().map(|entity| entity.id.as_str()).collect();
        println!("  name {:?} {:?} {} {:?}", name.span.of(text), name.class, ids.join(" "), name.rule);
    }
    for time in reading.times.iter().filter(|time| inside(time.span)) {
        println!("  time {:?} {} {:?} {}", time.span.of(text), time.value, time.interval, time.rule);
    }
    for amount in reading.amounts.iter().filter(|amount| inside(amount.span)) {
        let counted = amount.counted.map_or("", |id| reading.tokens[id].span.of(text));
        println!(
            "  amount {:?} {:?}-{:?} of {counted} part of {:?} {}",
            amount.span.of(text),
            amount.low,
            amount.high,
            amount.part_of,
            amount.rule
        );
    }
    for said in reading.attributions.iter().filter(|said| inside(said.cue)) {
        let who: Vec<&str> = said.source.iter().map(|span| span.of(text)).collect();
        let what: Vec<&str> = said.content.iter().map(|span| span.of(text)).collect();
        println!(
            "  said by {who:?} «{}» {:?} {:?} {}: {what:?}",
            said.cue.of(text),
            said.status,
            said.within,
            said.rule
        );
    }
}
