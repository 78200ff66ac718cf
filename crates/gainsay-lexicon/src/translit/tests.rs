//! Each habit of spelling costs little, another name much, in either script.

use super::*;
use crate::fold;

fn distance(a: &str, b: &str) -> i32 {
    let (one, other) = (Spelled::of(a), Spelled::of(b));
    assert_eq!(one.against(&other), other.against(&one), "{a} and {b} are as far as {b} and {a}");
    one.distance(&other)
}

#[test]
fn the_tables_load_and_are_sorted() {
    for text in
        [include_str!("../../data/translit/letters.tsv"), include_str!("../../data/translit/words.tsv")]
    {
        assert!(text.starts_with('#') && text.contains("Licence"));
        let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        assert!(rows.len() > 15, "{} rows", rows.len());
        let key = |row: &str| row.rsplit_once('\t').unwrap().0.replace('\t', "\u{0}");
        for pair in rows.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} stands before {}", pair[0], pair[1]);
        }
    }
    assert!(Weights::load("a\tb\tweight\n☃\tb\t1\n", "word\tweight\n").is_err());
    assert!(Weights::load("a\tb\tweight\na\tb\tmuch\n", "word\tweight\n").is_err());
    assert!(Weights::load("a\tb\tweight\nabcd\tb\t1\n", "word\tweight\n").is_err());
    assert!(Weights::load("a\tb\tweight\na\tb\t1\n", "word\tweight\n☃\t1\n").is_err());
}

#[test]
fn habits_of_spelling_cost_less_than_a_letter() {
    let habits: &[(&str, &[(&str, &str)])] = &[
        (
            "articles",
            &[("al-Mayadin", "Mayadin"), ("ash-Shaykh", "al-Shaykh"), ("Deir ez-Zor", "Deir al-Zor")],
        ),
        ("articles grown together", &[("al-Qamishli", "Alqamishli"), ("as-Suwayda", "Assuwayda")]),
        (
            "long and short vowels",
            &[("Khān Shaykhūn", "Khan Shaykhun"), ("Daraya", "Dareya"), ("Douma", "Duma")],
        ),
        ("doubled consonants", &[("Raqqa", "Raqa"), ("Hassakeh", "Hasakeh")]),
        ("q, k, g", &[("al-Qamishli", "al-Kamishli"), ("Qalqilya", "Galgilya")]),
        ("kh", &[("Khanaser", "Xanaser"), ("Khan Tuman", "Han Tuman")]),
        ("gh", &[("Ghariyah", "Gariyah")]),
        ("dh, z, d", &[("Abu al-Dhuhur", "Abu al-Zuhur"), ("Abu al-Dhuhur", "Abu al-Duhur")]),
        ("th, s, t", &[("Haritha", "Harita"), ("Uthman", "Usman")]),
        ("sh, ch", &[("Kafr Shams", "Kafr Chams"), ("Khan Shaykhun", "Khan Cheikhoun")]),
        ("ayn and hamza", &[("Dar‘ā", "Daraa"), ("Bi’r Ali", "Bir Ali"), ("Ma'arrat", "Maarat")]),
        ("ta marbuta", &[("Hamah", "Hama"), ("Hasakeh", "Hasaka"), ("Judaydat", "Judaydah")]),
        ("French", &[("Daraya", "Daraïya"), ("Tell Chehab", "Tall Shihab"), ("Nabatiyeh", "Nabatiyé")]),
        ("English", &[("Abdeen", "Abdin"), ("Qusoor", "Qusur"), ("Sayda", "Saida")]),
        ("hashtags", &[("#Deir_Ezzor", "Deir ez-Zor"), ("#KhanShaykhun", "Khan Shaykhun")]),
        ("chat", &[("7ama", "Ḥamā"), ("Dar3a", "Dar‘ā")]),
    ];
    for (habit, pairs) in habits {
        for (a, b) in *pairs {
            let far = distance(a, b);
            assert!(far < LETTER, "{habit}: {a} and {b} are {far} apart");
        }
    }
}

#[test]
fn arabic_script_is_nearer_to_its_own_romanisation_than_to_any_other() {
    let names = [
        ("دير الزور", "Deir ez-Zor"),
        ("القصير", "al-Qusayr"),
        ("القصور", "al-Qusour"),
        ("حمص", "Homs"),
        ("حماة", "Hama"),
        ("الرقة", "Raqqa"),
        ("إدلب", "Idlib"),
        ("القامشلي", "Qamishli"),
        ("عين العرب", "Ayn al-Arab"),
        ("جرابلس", "Jarablus"),
        ("طرابلس", "Tarabulus"),
        ("خان شيخون", "Khan Cheikhoun"),
        ("الغوطة", "Ghouta"),
        ("عفرين", "Afrin"),
        ("ضمير", "Dumayr"),
        ("ظهور", "Zuhur"),
    ];
    for (arabic, own) in names {
        for (other, romanised) in names {
            if other != arabic {
                let (right, wrong) = (distance(arabic, own), distance(arabic, romanised));
                assert!(right < wrong, "{arabic}: {own} {right}, {romanised} {wrong}");
            }
        }
    }
}

#[test]
fn other_names_are_a_letter_away_or_more() {
    for (a, b) in [
        ("Homs", "Hama"),
        ("Raqqa", "Rukban"),
        ("Manbij", "Marea"),
        ("Brigade 93", "Brigade 17"),
        ("Brigade 93", "Brigade"),
        ("Qusayr", "Nusayr"),
        ("Sarmin", "Sarmada"),
        ("القصير", "النصير"),
        ("حمص", "Hama"),
    ] {
        let far = distance(a, b);
        assert!(far >= LETTER, "{a} and {b} are only {far} apart");
    }
}

#[test]
fn a_name_is_not_away_from_itself_and_odd_names_do_no_harm() {
    let long = "Qasr ".repeat(40);
    for name in ["", "#", "…", "'", "al", "Deir ez-Zor", "دير الزور", "1", "☃", "ʿ", long.as_str()]
    {
        assert_eq!(distance(name, name), 0, "{name}");
        let _ = distance(name, "Homs");
    }
    assert_eq!(fold::key(""), "");
}
