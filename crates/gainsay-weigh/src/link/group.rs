//! Of whom a count is.

use std::collections::{BTreeMap, HashMap};

use gainsay_lexicon::NameKind;
use gainsay_model::{Claim, Group};

use super::name::{lookup, slug};
use crate::corpus::Names;
use crate::table::rules;

/// Groups that mentions and ids tell, looked up once for each wording of a run.
pub(super) struct Groups<'a, 'm> {
    names: Names<'a>,
    mentions: HashMap<&'m str, Option<String>>,
    ids: HashMap<&'m str, Option<String>>,
}

impl<'a, 'm> Groups<'a, 'm> {
    pub(super) fn new(names: Names<'a>) -> Groups<'a, 'm> {
        Groups { names, mentions: HashMap::new(), ids: HashMap::new() }
    }

    /// The group of a claim's count: civilians, children, women, men where the claim says so; else the side of the
    /// victims named (`government-side`); else what the words of the mention tell; `all` where nobody is named.
    ///
    /// Figures of different groups are never set against each other: 42 militants are no rival of 135 people.
    pub(super) fn of(&mut self, claim: &'m Claim) -> String {
        let stated = claim.count.as_ref().and_then(|count| count.group);
        match stated {
            Some(Group::Combatants) | None => {}
            Some(group) => return group.as_str().to_string(),
        }
        let mut tally: BTreeMap<String, usize> = BTreeMap::new();
        let mut first: Option<String> = None;
        for filler in &claim.target {
            let side = match filler.id() {
                Some(id) => self.ids.entry(id).or_insert_with(|| side_group(&self.names, id)),
                None => self
                    .mentions
                    .entry(&filler.mention)
                    .or_insert_with(|| by_words(&self.names, &filler.mention)),
            };
            if let Some(group) = side {
                *tally.entry(group.clone()).or_default() += 1;
                first.get_or_insert_with(|| group.clone());
            }
        }
        let most = tally.values().copied().max().unwrap_or(0);
        let leading: Vec<&String> =
            tally.iter().filter(|(_, n)| **n == most).map(|(group, _)| group).collect();
        match (&leading[..], first) {
            ([one], _) => return (*one).clone(),
            ([_, ..], Some(first)) => return first,
            _ => {}
        }
        match stated {
            Some(group) => group.as_str().to_string(),
            None if claim.target.is_empty() => "all".to_string(),
            None => claim
                .target
                .first()
                .map(|filler| slug(filler.name()))
                .filter(|id| !id.is_empty())
                .unwrap_or("all".into()),
        }
    }
}

/// The side of an actor as a group; an actor that is on nobody's side is a group of its own.
fn side_group(names: &Names, id: &str) -> Option<String> {
    match names.lexicon.side(id) {
        Some("" | "other" | "neutral") => names.lexicon.wholes(id).last().map(|whole| whole.to_string()),
        Some(side) => Some(format!("{side}-side")),
        None if names.gazetteer.place(id).is_some() => None,
        None => by_words(names, &id.replace('-', " ")),
    }
}

/// The group that words tell: of a party named among them, else of the word that says most.
fn by_words(names: &Names, mention: &str) -> Option<String> {
    if let Some(id) = lookup(names, mention, &[NameKind::Actor]) {
        return side_group_known(names, id);
    }
    let words: Vec<&str> =
        mention.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    for len in (1..words.len()).rev() {
        for part in words.windows(len) {
            let part = part.join(" ");
            let part = part.trim_end_matches("’s").trim_end_matches("'s");
            // A phrase of one common noun ("forces") tells too little here.
            let named = len > 1 || part.chars().next().is_some_and(|c| !c.is_lowercase());
            if let Some(id) = lookup(names, part, &[NameKind::Actor, NameKind::Person]).filter(|_| named) {
                return side_group_known(names, id);
            }
        }
    }
    let told = |word: &&str| {
        let word = word.to_lowercase();
        let word = word.trim_end_matches("’s").trim_end_matches("'s");
        rules().groups.get(word).copied()
    };
    let groups: Vec<&str> = words.iter().filter_map(told).collect();
    // "Government soldiers" says a side and a kind of people; the side says more, "all" least.
    let weight = |group: &str| match group {
        group if group.ends_with("-side") => 0,
        "children" => 1,
        "women" | "men" => 2,
        "civilians" => 3,
        "combatants" => 4,
        _ => 5,
    };
    groups.into_iter().min_by_key(|group| weight(group)).map(str::to_string)
}

fn side_group_known(names: &Names, id: &str) -> Option<String> {
    names.lexicon.side(id).is_some().then(|| side_group(names, id))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Names;
    use gainsay_lexicon::{Gazetteer, Lexicon, NameIndex};

    #[test]
    fn words_tell_a_group_where_no_party_is_known() {
        let (lexicon, gazetteer) = (Lexicon::default(), Gazetteer::default());
        let index = NameIndex::of(&lexicon, &gazetteer);
        let names = Names { lexicon: &lexicon, gazetteer: &gazetteer, index: &index };
        let group = |mention| by_words(&names, mention);
        assert_eq!(group("government soldiers").as_deref(), Some("government-side"));
        assert_eq!(group("soldiers").as_deref(), Some("combatants"));
        assert_eq!(group("civilian children").as_deref(), Some("children"));
        assert_eq!(group("journalists"), None);
    }
}
