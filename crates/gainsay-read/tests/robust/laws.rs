//! Laws that every layer obeys whatever the text; the fuzz targets hold the passes to the same ones.

use gainsay_model::{
    Amount, Attribution, Claim, Interval, Name, Reading, Report, Sentence, Span, TimeMention, Token,
};
use gainsay_read::segment::{MOST_WORDS, Segments};

/// A span lies in the text, on character boundaries.
fn inside(text: &str, span: Span) {
    assert!(span.start <= span.end, "{span:?} ends before it starts");
    assert!(text.get(span.start..span.end).is_some(), "{span:?} cuts a character or leaves the text");
}

/// Sentences share the words out among them; words stand in order, apart, and hold no blank at their ends.
pub fn segments(text: &str, segments: &Segments) {
    let words = &segments.words;
    for (n, word) in words.iter().enumerate() {
        inside(text, *word);
        let written = word.of(text);
        assert!(!written.is_empty(), "word {n} is empty");
        assert_eq!(written.trim(), written, "word {n} has a blank at its end");
        assert!(n == 0 || words[n - 1].end <= word.start, "word {n} overlaps the one before");
    }
    let mut next = 0;
    let mut paragraph = 0;
    for (n, sentence) in segments.sentences.iter().enumerate() {
        assert_eq!(sentence.tokens.start, next, "sentence {n} leaves words out");
        assert!(sentence.tokens.end > next, "sentence {n} is empty");
        assert!(sentence.tokens.len() <= MOST_WORDS, "sentence {n} is too long");
        let (first, last) = (words[next], words[sentence.tokens.end - 1]);
        assert_eq!(sentence.span, first.cover(last), "sentence {n} is not what its words cover");
        assert!(sentence.paragraph >= paragraph, "sentence {n} goes back a paragraph");
        (next, paragraph) = (sentence.tokens.end, sentence.paragraph);
    }
    assert_eq!(next, words.len(), "words after the last sentence");
}

/// Every sentence is one tree: one root, heads inside it, no cycles.
pub fn heads(sentences: &[Sentence], heads: &[Option<usize>]) {
    for (n, sentence) in sentences.iter().enumerate() {
        let own = sentence.tokens.clone();
        let roots = heads[own.clone()].iter().filter(|head| head.is_none()).count();
        assert_eq!(roots, 1, "sentence {n} has {roots} roots");
        for token in own.clone() {
            let mut at = token;
            let mut steps = 0;
            while let Some(up) = heads[at] {
                assert!(own.contains(&up), "token {at} depends on one outside its sentence");
                steps += 1;
                assert!(steps < own.len(), "token {token} depends on itself");
                at = up;
            }
        }
    }
}

/// No two arcs of a sentence cross: for what the parser gives, before names are split again.
pub fn projective(sentences: &[Sentence], heads: &[Option<usize>]) {
    for (n, sentence) in sentences.iter().enumerate() {
        for (token, head) in sentence.tokens.clone().filter_map(|token| Some((token, heads[token]?))) {
            let (low, high) = (token.min(head), token.max(head));
            // What stands between depends on what stands between too, or on the two.
            let stays = |up: &Option<usize>| up.is_some_and(|up| (low..=high).contains(&up));
            let between = &heads[low + 1..high.max(low + 1)];
            assert!(between.iter().all(stays), "an arc of sentence {n} crosses that over {low} to {high}");
        }
    }
}

/// Tokens are the words in order, with a dictionary form and a tree over each sentence.
pub fn tokens(text: &str, sentences: &[Sentence], words: &[Span], tokens: &[Token]) {
    assert_eq!(tokens.len(), words.len());
    for (token, word) in tokens.iter().zip(words) {
        assert_eq!(token.span, *word);
        assert!(!token.lemma.is_empty(), "{:?} has no lemma", word.of(text));
    }
    let up: Vec<Option<usize>> = tokens.iter().map(|token| token.head).collect();
    heads(sentences, &up);
}

/// A run of tokens lies in the report, and its span holds them.
fn run(tokens: &[Token], own: &std::ops::Range<usize>, span: Span) {
    assert!(own.start < own.end && own.end <= tokens.len(), "{own:?} is no run of tokens");
    let (first, last) = (tokens[own.start].span, tokens[own.end - 1].span);
    assert!(first.overlaps(span) && last.overlaps(span), "{own:?} does not lie under {span:?}");
}

/// Names stand in order and apart, each headed by a word of its own; an antecedent comes before.
pub fn names(text: &str, tokens: &[Token], names: &[Name]) {
    for (n, name) in names.iter().enumerate() {
        inside(text, name.span);
        run(tokens, &name.tokens, name.span);
        assert!(name.tokens.contains(&name.head), "name {n} is headed from outside");
        assert!(n == 0 || names[n - 1].tokens.end <= name.tokens.start, "name {n} overlaps the one before");
        assert!(name.antecedent.is_none_or(|before| before < n), "name {n} stands for a later one");
        assert!(!name.rule.is_empty());
    }
}

/// A stretch of time does not end before it begins.
fn interval(days: Option<Interval>) {
    if let Some(Interval { start: Some(start), end: Some(end) }) = days {
        assert!(start <= end, "{start} to {end}");
    }
}

/// Times stand in order; their days run forward.
pub fn times(text: &str, tokens: &[Token], times: &[TimeMention]) {
    for (n, time) in times.iter().enumerate() {
        inside(text, time.span);
        run(tokens, &time.tokens, time.span);
        interval(time.interval);
        assert!(n == 0 || times[n - 1].span.start <= time.span.start, "time {n} is out of order");
        assert!(!time.rule.is_empty());
    }
}

/// Amounts stand in order and apart; bounds are bounds; a part has another amount, not itself, as its whole.
pub fn amounts(text: &str, tokens: &[Token], amounts: &[Amount]) {
    for (n, amount) in amounts.iter().enumerate() {
        inside(text, amount.span);
        run(tokens, &amount.tokens, amount.span);
        if let (Some(low), Some(high)) = (amount.low, amount.high) {
            assert!(low <= high, "{low} to {high}");
        }
        assert!(amount.low.is_some() || amount.high.is_some(), "amount {n} has no bound");
        assert!(amount.counted.is_none_or(|noun| noun < tokens.len()));
        assert!(n == 0 || amounts[n - 1].span.end <= amount.span.start, "amount {n} overlaps the one before");
        let mut whole = amount.part_of;
        for _ in 0..amounts.len() {
            let Some(at) = whole else { break };
            assert!(at < amounts.len() && at != n, "amount {n} is a part of itself or of nothing");
            whole = amounts[at].part_of;
        }
        assert!(whole.is_none(), "amount {n} is a part of its own parts");
    }
}

/// Attributions stand in order of their cues, say something, and none stands inside itself.
pub fn attributions(text: &str, attributions: &[Attribution]) {
    for (n, said) in attributions.iter().enumerate() {
        inside(text, said.cue);
        assert!(n == 0 || attributions[n - 1].cue <= said.cue, "attribution {n} is out of order");
        assert!(!said.source.is_empty() && said.source.len() == said.sources.len());
        assert!(!said.content.is_empty(), "attribution {n} says nothing");
        said.source.iter().chain(&said.content).for_each(|span| inside(text, *span));
        let mut outer = said.within;
        for _ in 0..attributions.len() {
            let Some(at) = outer else { break };
            assert!(at < attributions.len() && at != n, "attribution {n} is inside itself or nothing");
            outer = attributions[at].within;
        }
        assert!(outer.is_none(), "attribution {n} is inside itself");
    }
}

/// Claims quote the text as it stands, point at other claims of the report, and have ids of their own.
pub fn claims(report: &Report, claims: &[Claim]) {
    // Byte at which each code point starts, and the end.
    let starts: Vec<usize> =
        report.text.char_indices().map(|(at, _)| at).chain([report.text.len()]).collect();
    let ids: std::collections::BTreeSet<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    assert_eq!(ids.len(), claims.len(), "two claims of one id");
    for claim in claims {
        assert_eq!(claim.document, report.id);
        assert!(!claim.evidence.is_empty(), "{} has no evidence", claim.id);
        for evidence in &claim.evidence {
            assert!(evidence.start < evidence.end, "{} quotes nothing", claim.id);
            let bytes = starts[evidence.start]..starts[evidence.end];
            assert_eq!(evidence.exact, report.text[bytes], "{} misquotes", claim.id);
        }
        for ground in &claim.grounds {
            assert!(ground.start <= ground.end && ground.end < starts.len(), "{ground:?}");
        }
        interval(claim.time);
        if let Some(count) = &claim.count
            && let (Some(low), Some(high)) = (count.low, count.high)
        {
            assert!(low <= high, "{low} to {high}");
        }
        let fillers = [&claim.actor, &claim.target, &claim.place, &claim.source];
        for filler in fillers.into_iter().flatten() {
            assert!(!filler.mention.is_empty(), "{} has an empty filler", claim.id);
        }
        if let Some(whole) = &claim.part_of {
            assert!(*whole != claim.id && ids.contains(whole.as_str()), "{} is a part of {whole}", claim.id);
        }
    }
}

/// All laws over a whole reading; one that took nothing says why in one warning.
pub fn reading(report: &Report, reading: &Reading) {
    let Reading { sentences, tokens: own, .. } = reading;
    let text = report.text.as_str();
    if !reading.warnings.is_empty() {
        assert!(reading.warnings.len() == 1 && own.is_empty() && reading.claims.is_empty());
        return;
    }
    let words: Vec<Span> = own.iter().map(|token| token.span).collect();
    segments(text, &Segments { sentences: sentences.clone(), words: words.clone() });
    tokens(text, sentences, &words, own);
    names(text, own, &reading.names);
    times(text, own, &reading.times);
    amounts(text, own, &reading.amounts);
    attributions(text, &reading.attributions);
    claims(report, &reading.claims);
}
