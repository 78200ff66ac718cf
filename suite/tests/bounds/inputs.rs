//! Inputs that cost most for their size, of about five megabytes where nothing else is said.

/// An input and what it may cost.
pub struct Bound {
    pub name: &'static str,
    pub file: &'static str,
    pub make: fn() -> String,
    /// Seconds on a processor, optimised.
    pub seconds: f64,
    /// MiB of memory at most.
    pub mebibytes: u64,
    /// What must be said of it; `None` where it must be read.
    pub said: Option<&'static str>,
}

const SIZE: usize = 5_000_000;

const SENTENCES: [&str; 4] = [
    "Islamic State fighters captured the Siyasiyeh bridge on Tuesday, activists said. ",
    "Between 20 and 30 civilians were killed in the city of Deir ez-Zor on 3 June 2014, the Observatory said. ",
    "The army denied that it had shelled the al-Qusour neighbourhood. ",
    "About 5,000 residents fled Raqqa since Monday, according to the United Nations. ",
];

const fn bound(
    name: &'static str,
    file: &'static str,
    make: fn() -> String,
    (seconds, mebibytes): (f64, u64),
    said: Option<&'static str>,
) -> Bound {
    Bound { name, file, make, seconds, mebibytes, said }
}

/// Read with seconds and memory to spare.
const PAGE: (f64, u64) = (5.0, 512);
/// More words, names or signs than any report holds.
const MOST: (f64, u64) = (25.0, 1536);

/// All of them.
pub const ALL: &[Bound] = &[
    bound("a page as pages are", "a.html", page, PAGE, None),
    bound("a page of prose alone", "a.html", prose, MOST, None),
    bound("one line", "a.txt", || prose_of(SIZE).replace('\n', " "), MOST, None),
    bound("one word of a million signs", "a.txt", || "a".repeat(1_000_000), PAGE, None),
    bound("a hundred thousand names", "a.txt", names, MOST, None),
    bound("a hundred thousand numbers", "a.txt", numbers, MOST, None),
    bound("fifty thousand quotations in each other", "a.txt", quotations, PAGE, None),
    bound("somebody said that somebody said", "a.txt", || "he said that ".repeat(50_000), PAGE, None),
    bound("according to one, according to another", "a.txt", according, PAGE, None),
    bound("a table of a hundred thousand cells", "a.html", table, PAGE, None),
    bound("five million brackets", "a.txt", || "(".repeat(SIZE), MOST, Some("was not read; part it")),
    bound(
        "a million references",
        "a.html",
        || format!("<p>{}", "&amp;".repeat(1_000_000)),
        PAGE,
        Some("references"),
    ),
    bound("tags without end", "a.html", || "<div>".repeat(1_000_000), PAGE, Some("nest more than")),
    bound("tags as deep as may be", "a.html", deep, PAGE, Some("stand too deep")),
    bound("a tag of 400,000 attributes", "a.html", attributes, PAGE, Some("attributes; save")),
    bound("ends that end nothing", "a.html", || "<div></x>".repeat(500_000), PAGE, Some("nest more than")),
    bound("letters that begin anew in every paragraph", "a.html", anew, PAGE, Some("anew too often")),
    bound("attributes behind a comment", "a.html", behind, PAGE, Some("attributes; save")),
    bound("rules of style without end", "a.html", rules, PAGE, Some("too many rules")),
    bound("rules of style that ask far", "a.html", far, PAGE, Some("too many rules")),
    bound("lists in lists", "a.json", || "[".repeat(SIZE), PAGE, Some("broken JSON")),
    bound("entities of entities", "a.xml", entities, PAGE, None),
    bound("parts in parts of mail", "a.eml", mail, PAGE, Some("parts in parts")),
    bound("arrays in arrays of a PDF", "a.pdf", pdf, PAGE, Some("PDF")),
];

fn prose_of(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 500);
    let mut at = 0;
    while text.len() < bytes {
        for _ in 0..5 {
            // Any order that is not the same each time.
            at = (at * 7 + 3) % 11;
            text.push_str(SENTENCES[at % SENTENCES.len()]);
        }
        text.push_str("\n\n");
    }
    text
}

fn prose() -> String {
    let paragraphs: String = prose_of(SIZE).split("\n\n").map(|one| format!("<p>{one}</p>")).collect();
    format!(
        "<html><head><title>Bridge falls</title></head><body><article>{paragraphs}</article></body></html>"
    )
}

/// Of what a page has, about a tenth is its text: the rest are scripts, styles, attributes and what stands around it.
fn page() -> String {
    let paragraphs: String =
        prose_of(SIZE / 10).split("\n\n").map(|one| format!("<p class=\"body-text\">{one}</p>\n")).collect();
    let link = "<li class=\"nav-item nav-item--level-2\"><a href=\"https://a.example/section/page?ref=menu\" data-id=\"17\">More</a></li>\n";
    let script =
        "<script>window.layer=window.layer||[];layer.push({\"a\":1,\"b\":[1,2,3],\"c\":\"x<y\"});</script>\n";
    let (links, scripts) =
        (link.repeat(SIZE * 3 / 10 / link.len()), script.repeat(SIZE * 6 / 10 / script.len()));
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Bridge falls</title>{scripts}</head><body><nav><ul>{links}</ul></nav>\
         <article><h1>Bridge falls</h1>{paragraphs}</article><footer>{link}</footer></body></html>"
    )
}

fn names() -> String {
    const NAMES: [&str; 5] =
        ["Deir ez-Zor, ", "Khalid al-Ahmad, ", "Islamic State, ", "Mayadin, ", "Amal Haddad, "];
    (0..100_000).map(|n| NAMES[n * 7 % 5]).collect::<String>() + "and others fled."
}

fn numbers() -> String {
    (0..100_000_u64).map(|n| format!("{} ", n * 7919 % 1_000_003)).collect()
}

fn quotations() -> String {
    format!("{}Shells fell{}", "“he said ".repeat(50_000), "”".repeat(50_000))
}

fn table() -> String {
    let rows: String = (0..1000)
        .map(|row| {
            "<tr>".to_owned()
                + &(0..100).map(|cell| format!("<td>{}</td>", row * 100 + cell)).collect::<String>()
        })
        .collect();
    format!(
        "<html><body><p>Shells fell on the town on Monday, residents said.</p><table>{rows}</table></body></html>"
    )
}

fn deep() -> String {
    ("<div>".repeat(990) + "x" + &"</div>".repeat(990)).repeat(400)
}

fn attributes() -> String {
    let all: String = (0..400_000).map(|n| format!(" a{n}=x")).collect();
    format!("<html><body><p{all}>Shells fell.</p></body></html>")
}

/// Letters that are left bold in one paragraph are bold in each after it, each time by as many elements.
fn anew() -> String {
    let bold: String = (0..900).map(|n| format!("<b a{n}=1>")).collect();
    format!("<html><body><p>{bold}</p>{}", "<p>Shells fell.</p>".repeat(250_000))
}

fn behind() -> String {
    let all: String = (0..400_000).map(|n| format!(" a{n}=x")).collect();
    format!("<html><body><!--<a b=\"--><p{all} c=\"\">Shells fell.</p></body></html>")
}

fn rules() -> String {
    let rules: String = (0..250_000).map(|n| format!(".a{n}{{display:none}}")).collect();
    format!("<html><head><style>{rules}</style></head><body><p>Shells fell.</p></body></html>")
}

/// Each rule looks through all that a paragraph stands in, and holds for none.
fn far() -> String {
    let rules: String = (0..15_000).map(|n| format!("b{n} i i i .x{{display:none}}")).collect();
    let (open, close) = ("<i>".repeat(50), "</i>".repeat(50));
    let page = "<p class=x>Shells fell.</p>".repeat(50_000);
    format!("<html><head><style>{rules}</style></head><body>{open}{page}{close}</body></html>")
}

fn according() -> String {
    format!(
        "Shells fell, {}and fled.",
        "according to SANA, \"citing Reuters, which quoted activists, ".repeat(50_000)
    )
}

fn entities() -> String {
    let mut entities = "<!ENTITY a \"Shells fell. \">".to_owned();
    for pair in "abcdefghijk".as_bytes().windows(2) {
        let (inner, outer) = (char::from(pair[0]), char::from(pair[1]));
        entities.push_str(&format!("<!ENTITY {outer} \"{}\">", format!("&{inner};").repeat(10)));
    }
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE r [{entities}]><rss version=\"2.0\"><channel><item><title>x</title>\
         <description>Shells fell. &k;</description></item></channel></rss>"
    )
}

fn mail() -> String {
    "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n".to_owned()
        + &"--X\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n".repeat(100_000)
}

fn pdf() -> String {
    format!("%PDF-1.4\n1 0 obj {} endobj\ntrailer <</Root 1 0 R>>\n%%EOF", "[ ".repeat(1_000_000))
}
