//! What a case expects: claims, their absence, or what a single pass makes of some words.

use gainsay_model::{Interval, Status};

use crate::pattern::{Pattern, bounds, interval};

/// One line of expectation.
#[derive(Clone, Debug)]
pub enum Expect {
    /// A claim like this, and not one that another line already stands for.
    Claim(Box<Pattern>),
    /// No claim like this.
    Not(Box<Pattern>),
    /// No claim at all.
    NoClaim,
    /// No claim but those that other lines stand for.
    NothingElse,
    /// What a layer holds.
    Layer(Layer),
}

/// What a single pass makes of some words.
#[derive(Clone, Debug)]
pub enum Layer {
    /// These words are a sentence of their own.
    Sentence(String),
    /// These words are one token.
    Word(String),
    /// The sentence that holds these words is such a part of the report.
    Part(String, String),
    /// This word has this universal part of speech.
    Tag(String, String),
    /// This word has this lemma.
    Lemma(String, String),
    /// This word hangs on that one, in this relation.
    Hangs(String, String, String),
    /// A name, and whom or what it stands for: an id, a class, or other words of the text.
    Name(String, String),
    /// These words are no name.
    NoName(String),
    /// A time, and the days it means; `None` where it means none that can be said.
    Time(String, Option<Interval>),
    /// These words are no time.
    NoTime(String),
    /// A number: its bounds, and the noun that is counted.
    Amount(String, (Option<u64>, Option<u64>), Option<String>),
    /// These words are no amount.
    NoAmount(String),
    /// Somebody is said to say these words, and what that does to them.
    Said(String, String, Status),
    /// Nobody is said to say anything.
    NothingSaid,
}

impl Expect {
    /// Reads one line, without its dash.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(item: &str) -> Result<Expect, String> {
        let item = item.trim();
        match item {
            "no claim" => return Ok(Expect::NoClaim),
            "nothing else" => return Ok(Expect::NothingElse),
            "nobody is cited" => return Ok(Expect::Layer(Layer::NothingSaid)),
            _ => {}
        }
        if let Some(pattern) = item.strip_prefix("not: ") {
            return Pattern::parse(pattern).map(|pattern| Expect::Not(Box::new(pattern)));
        }
        match layer(item)? {
            Some(layer) => Ok(Expect::Layer(layer)),
            None => Pattern::parse(item).map(|pattern| Expect::Claim(Box::new(pattern))),
        }
    }
}

fn layer(item: &str) -> Result<Option<Layer>, String> {
    let Some((verb, rest)) = item.split_once(" \"") else { return said(item) };
    let (words, rest) = rest.split_once('"').ok_or("a quotation mark is left open")?;
    let (words, rest) = (words.to_string(), rest.trim());
    let is = || {
        rest.strip_prefix("is ")
            .map(str::to_string)
            .ok_or_else(|| format!("expected `is …` after \"{words}\""))
    };
    Ok(Some(match verb {
        "sentence" => Layer::Sentence(words),
        "word" => Layer::Word(words),
        "part" => Layer::Part(words.clone(), is()?),
        "tag" => Layer::Tag(words.clone(), is()?),
        "lemma" => Layer::Lemma(words.clone(), is()?),
        "hangs" => {
            let (head, rel) = rest
                .strip_prefix("on \"")
                .and_then(|rest| rest.split_once("\" as "))
                .ok_or("say `hangs \"a\" on \"b\" as nsubj`")?;
            Layer::Hangs(words, head.to_string(), rel.to_string())
        }
        "name" => Layer::Name(words.clone(), is()?.trim_matches('"').to_string()),
        "no name" => Layer::NoName(words),
        "time" => Layer::Time(words.clone(), interval(&is()?)?),
        "no time" => Layer::NoTime(words),
        "amount" => {
            let is = is()?;
            let (number, noun) = match is.split_once(" of ") {
                Some((number, noun)) => (number, Some(noun.to_string())),
                None => (is.as_str(), None),
            };
            Layer::Amount(words, bounds(number)?, noun)
        }
        "no amount" => Layer::NoAmount(words),
        _ => return said(item),
    }))
}

/// `said by SOURCE: "words"`, with a status behind it where it is not asserted.
fn said(item: &str) -> Result<Option<Layer>, String> {
    let Some(rest) = item.strip_prefix("said by ") else { return Ok(None) };
    let (who, rest) = rest.split_once(": \"").ok_or("say `said by WHO: \"words\"`")?;
    let (words, status) = rest.split_once('"').ok_or("a quotation mark is left open")?;
    let status = match status.trim() {
        "" => Status::Asserted,
        status => Status::parse(status).ok_or_else(|| format!("no status: {status}"))?,
    };
    Ok(Some(Layer::Said(who.trim_matches('"').to_string(), words.to_string(), status)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_is_understood() {
        for item in [
            "no claim",
            "nothing else",
            "nobody is cited",
            "not: clash",
            "clash | actor a, b",
            "sentence \"A b.\"",
            "word \"U.S.\"",
            "part \"Share this\" is furniture",
            "tag \"fire\" is NOUN",
            "hangs \"rebels\" on \"seized\" as nsubj",
            "name \"they\" is \"the rebels\"",
            "no name \"May\"",
            "time \"on Monday\" is 2015-01-05",
            "time \"recently\" is none",
            "amount \"at least 12\" is 12+ of civilians",
            "no amount \"2015\"",
            "said by sana: \"all is quiet\" denied",
        ] {
            Expect::parse(item).unwrap_or_else(|error| panic!("{item}: {error}"));
        }
        assert!(Expect::parse("name \"they\"").is_err());
        assert!(Expect::parse("said by sana").is_err());
    }
}
