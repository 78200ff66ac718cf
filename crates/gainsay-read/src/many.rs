//! Sentences of a long report, read on all cores.
//!
//! **Takes** sentences, and what is to be done with some that follow each other. **Gives** what came of each part, in
//! their order. **Never** lets one part know of another, so that the number of cores changes nothing.

use gainsay_model::Sentence;
use rayon::prelude::*;

/// How many sentences are one part: some milliseconds of work. Few reports are longer.
const PART: usize = 256;

/// Does it with every part.
pub(crate) fn parts<T: Send>(sentences: &[Sentence], work: impl Fn(&[Sentence]) -> T + Sync) -> Vec<T> {
    match sentences.len() <= PART {
        true => vec![work(sentences)],
        false => sentences.par_chunks(PART).map(&work).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_sentence_is_read_the_same_in_a_report_of_one_part_and_of_many() {
        let day = "Ash Herald said four civilians were killed in Mayadin, where the Ford Brigade denied it. ";
        let (few, many) = (
            testing::reading("2016-03-15", &day.repeat(3)),
            testing::reading("2016-03-15", &day.repeat(600)),
        );
        assert!(many.sentences.len() > 2 * PART, "{}", many.sentences.len());
        let each = few.sentences[1].tokens.len();
        let second = few.sentences[1].tokens.start;
        let names = |of: &gainsay_model::Reading, from: usize| -> Vec<String> {
            let inside = of.names.iter().filter(|name| (from..from + each).contains(&name.tokens.start));
            inside.map(|name| format!("{:?} {:?}", name.tokens.start - from, name.class)).collect()
        };
        for from in [2 * each, 256 * each, 511 * each, 599 * each] {
            for (one, other) in few.tokens[second..second + each].iter().zip(&many.tokens[from..from + each])
            {
                let heads = (one.head.map(|head| head - second), other.head.map(|head| head - from));
                assert_eq!((one.upos, &one.lemma, heads.0), (other.upos, &other.lemma, heads.1));
            }
            assert_eq!(names(&few, second), names(&many, from), "{from}");
        }
    }
}
