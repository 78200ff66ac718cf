//! The worked example of the Admiralty code: T12.

use gainsay_weigh::grade::{Letter, Letters, number, rate};
use gainsay_weigh::information;

use crate::kit::{Case, day};

#[test]
fn t12_three_papers_with_one_source_are_one_voice() {
    let case = Case::new(
        "@ a | 2016-03-02 | Reuters
         airstrike | actor=side-a | place=p | on=2016-03-01 | by=syrian-observatory-for-human-rights
         @ b | 2016-03-02 | AFP
         airstrike | actor=side-a | place=p | on=2016-03-01 | by=syrian-observatory-for-human-rights
         @ c | 2016-03-03 | The Paper
         airstrike | actor=side-a | place=p | on=2016-03-01 | by=Reuters, syrian-observatory-for-human-rights",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 1);
    let event = &weighed.events[0];
    assert_eq!(event.roots, ["syrian-observatory-for-human-rights"]);
    assert_eq!(event.grade.occurrence, "weak");
    let number = information(event.roots.len(), 0, false);
    assert!((2..=3).contains(&number), "{number}");
    let observatory =
        weighed.sources.iter().find(|source| source.id == "syrian-observatory-for-human-rights").unwrap();
    assert_eq!(observatory.cited_by, ["afp", "reuters"]);
    let paper = weighed.sources.iter().find(|source| source.id == "paper").unwrap();
    assert_eq!(paper.cites, ["reuters"]);
}

const REPRINTED: &str = "@ a | 2016-03-02 | Reuters
    airstrike | actor=side-a | place=p | on=2016-03-01 | by=syrian-observatory-for-human-rights
    @ b | 2016-03-02 | AFP
    airstrike | actor=side-a | place=p | on=2016-03-01 | by=syrian-observatory-for-human-rights
    @ c | 2016-03-03 | The Paper
    airstrike | actor=side-a | place=p | on=2016-03-01 | by=syrian-observatory-for-human-rights";

#[test]
fn t12_a_reprinted_claim_is_f3_and_c3_once_its_source_is_rated() {
    let case = Case::new(REPRINTED);
    let weighed = case.weigh();
    let nobody_rated = rate(&weighed, &Letters::builtin(), "a-000").unwrap();
    assert_eq!(nobody_rated.to_string(), "F3");
    let table = "source\tletter\tsince\tby\twhy\n\
                 syrian-observatory-for-human-rights\tD\t\tdesk\tearly doubts\n\
                 syrian-observatory-for-human-rights\tC\t2015-01-01\tdesk\tchecked against lists of names\n";
    let letters = Letters::read("mine.tsv", table).unwrap();
    assert_eq!(rate(&weighed, &letters, "c-002").unwrap().to_string(), "C3");
    let observatory = "syrian-observatory-for-human-rights";
    assert_eq!(letters.of(observatory, Some(day("2014-06-01"))), Letter::D, "its history stays");
    assert_eq!(letters.history(observatory).len(), 2);
}

#[test]
fn t12_only_independent_agreement_confirms_and_better_voices_make_it_doubtful() {
    let two = Case::new(&format!(
        "{REPRINTED}\n@ d | 2016-03-02 | Monitor B\nairstrike | actor=side-a | place=p | on=2016-03-01"
    ));
    assert_eq!(rate(&two.weigh(), &Letters::default(), "a-000").unwrap().number, 1);
    let gainsaid = Case::new(&format!(
        "{REPRINTED}\n@ d | 2016-03-02 | Monitor B
         airstrike | actor=side-a | place=p | on=2016-03-01 | status=denied"
    ));
    let weighed = gainsaid.weigh();
    assert_eq!(rate(&weighed, &Letters::default(), "a-000").unwrap().number, 4);
    let better =
        Letters::read("mine.tsv", "source\tletter\tsince\tby\twhy\nmonitor-b\tB\t\tdesk\t\n").unwrap();
    assert_eq!(rate(&weighed, &better, "a-000").unwrap().number, 4, "F is no rank to be beaten");
    assert_eq!(number(&[Letter::D], &[Letter::B], false), 5);
    assert_eq!(number(&[Letter::B], &[Letter::D], false), 3);
    assert_eq!(number(&[Letter::F], &[], true), 6, "one voice that nobody can name");
    assert_eq!(number(&[], &[], false), 6);
}

#[test]
fn a_figure_is_rated_against_other_figures_and_a_misquote_is_not_its_voices_word() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | place=p | on=2016-03-01 | killed=5
         @ b | 2016-03-02 | Monitor B
         casualties | place=p | on=2016-03-01 | killed=5
         @ c | 2016-03-02 | Reuters
         casualties | place=p | on=2016-03-01 | killed=9
         @ d | 2016-03-02 | The Paper
         casualties | place=p | on=2016-03-01 | killed=8 | by=monitor-a",
    );
    let weighed = case.weigh();
    let of = |claim| rate(&weighed, &Letters::default(), claim).unwrap().number;
    assert_eq!((of("a-000"), of("b-001"), of("c-002"), of("d-003")), (2, 2, 5, 5));
}

#[test]
fn nobody_comes_rated_a_and_a_wrong_row_is_named() {
    assert_eq!(Letters::builtin(), Letters::default());
    let wrong = Letters::read("mine.tsv", "source\tletter\tsince\tby\twhy\nsana\tG\t\t\t\n").unwrap_err();
    assert_eq!(wrong.to_string(), "mine.tsv:2: a letter from A to F, not G");
}
