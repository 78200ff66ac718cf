//! Every command: whether what it prints goes out, and how it is tried. Whoever adds a command or an option adds a row or
//! a run here.

/// Where what a command prints goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// Out of the desk, or anywhere: no name of a private person is in it.
    Out,
    /// To whoever holds the ledger, who holds the reports with it: why it shows names.
    Owner(&'static str),
}

/// A command.
pub struct Row {
    /// Its words.
    pub command: &'static str,
    /// Where what it prints goes.
    pub goes: Goes,
    /// It ends with something wrong, as it is tried here.
    pub refused: bool,
    /// What is typed after it; `{each}` stands for every value of the option before it.
    pub runs: &'static [&'static [&'static str]],
}

/// Options that every command has.
pub const GLOBAL: &[&str] =
    &["--ledger", "--format", "--quiet", "--words", "--help", "--version", "--passphrase-file"];

/// Options that no run tries: command, option, why.
pub const UNRUN: &[(&str, &str, &str)] = &[
    ("brief", "--names", "shows names, for whoever holds the ledger and asks for it"),
    ("bundle", "--names", "shows names, for whoever holds the ledger and asks for it"),
    ("export", "--names", "shows names, for whoever holds the ledger and asks for it"),
    ("site", "--names", "shows names, for whoever holds the ledger and asks for it"),
    ("serve", "--host", "a name of the desk's own; the desk's tests go over its routes"),
    ("serve", "--listen", "as --host"),
    ("serve", "--by", "as --host"),
];

const fn out(command: &'static str, runs: &'static [&'static [&'static str]]) -> Row {
    Row { command, goes: Goes::Out, refused: false, runs }
}

const fn refused(command: &'static str, runs: &'static [&'static [&'static str]]) -> Row {
    Row { command, goes: Goes::Out, refused: true, runs }
}

const fn owner(command: &'static str, why: &'static str, runs: &'static [&'static [&'static str]]) -> Row {
    Row { command, goes: Goes::Owner(why), refused: false, runs }
}

const LISTS: &str = "a list of what is in the ledger, which its owner works on by these names";
const READS: &str = "claims, with the words they were read from, of reports that the owner hands in";
const FILTERS: &[&str] = &[
    "--place",
    "Deir ez-Zor",
    "--actor",
    "Islamic State",
    "--source",
    "Euphrates Wire",
    "--kind",
    "casualties",
    "--report",
    "r00",
    "--from",
    "2014-01-01",
    "--to",
    "2014-12-31",
    "--known-by",
    "2014-12-31",
    "--according-to",
    "Euphrates Wire",
    "--reader",
    "gainsay",
];
const ACTS: &str = "says what was decided, to whoever decides it";

/// Every command.
pub const TABLE: &[Row] = &[
    refused(
        "access",
        &[
            &["Deir ez-Zor", "--at", "2014-06-20"],
            &["Samira Zarqouni", "--at", "2014-06-20", "--network", "no.geojson"],
            &[
                "Deir ez-Zor",
                "--at",
                "2014-06-20",
                "--place",
                "x",
                "--actor",
                "x",
                "--source",
                "x",
                "--kind",
                "x",
                "--report",
                "x",
                "--from",
                "2014-01-01",
                "--to",
                "2014-01-02",
                "--known-by",
                "2014-01-01",
                "--according-to",
                "x",
                "--reader",
                "gainsay",
            ],
        ],
    ),
    refused("account add", &[&["huda", "--role", "reader", "--by", "ana"]]),
    refused("account disable", &[&["huda", "--by", "ana"]]),
    refused("account enable", &[&["huda", "--by", "ana"]]),
    out("account list", &[&["--by", "ana"]]),
    refused("account password", &[&["huda", "--by", "ana"]]),
    refused("account role", &[&["huda", "reader", "--by", "ana"]]),
    owner("actors", LISTS, &[&[], &["--format", "{each}"], FILTERS]),
    out(
        "add",
        &[
            &["reports.jsonl", "--again"],
            &["--ledger", "other.gpkg", "--init", "reports.jsonl", "--by", "ana", "--map", "text=text"],
            &["--claims", "reports.jsonl", "--reader", "x@1"],
            &["--events", "ged", "reports.jsonl"],
            &["--events", "acled", "frames.tsv"],
            &["frames.tsv", "no-such-file"],
            &["bad.jsonl", "bad.csv"],
            &["--claims", "bad.jsonl"],
            &["--events", "ged", "bad.csv"],
        ],
    )
    .or_refused(),
    owner(
        "annotate",
        READS,
        &[&["reports.jsonl"], &["bad.jsonl", "bad.csv"], &["reports.jsonl", "--map", "text=text"]],
    ),
    out(
        "brief",
        &[
            &["--output", "b.html"],
            &["--output", "b.md", "--title", "June", "--salt", "s", "--coarsen", "20"],
            &[
                "--output",
                "b.md",
                "--place",
                "Deir ez-Zor",
                "--actor",
                "Islamic State",
                "--source",
                "Euphrates Wire",
                "--kind",
                "casualties",
                "--report",
                "r00",
                "--from",
                "2014-01-01",
                "--to",
                "2014-12-31",
                "--known-by",
                "2014-12-31",
                "--according-to",
                "Euphrates Wire",
                "--reader",
                "gainsay",
            ],
        ],
    )
    .or_refused(),
    out(
        "bundle",
        &[&["{event}", "--output", "e.zip"], &["{event2}", "-o", "e.zip"], &["no-such-event", "-o", "e.zip"]],
    )
    .or_refused(),
    out(
        "checkpoint",
        &[&["--output", "note.txt", "--tsq", "note.tsq", "--ots", "note.bin", "--by", "ana"], &["--of", "3"]],
    )
    .or_refused(),
    owner("claims", LISTS, &[&[], &["--format", "{each}"], FILTERS]),
    owner("code", READS, &[&["reports.jsonl"], &["reports.jsonl", "--map", "text=text"]]),
    refused(
        "codebook add",
        &[&[
            "frames.tsv",
            "--as",
            "frames",
            "--name",
            "x",
            "--licence",
            "CC0",
            "--origin",
            "us",
            "--by",
            "ana",
        ]],
    ),
    refused("codebook check", &[&["frames.tsv", "--as", "frames"]]),
    out("codebook list", &[&[]]),
    refused("codebook remove", &[&["x", "--by", "ana"]]),
    owner("control", LISTS, &[&["--at", "2014-06-20", "--policy", "{each}"], CONTROL]),
    owner(
        "custody",
        "where a report came from and how it is kept, for whoever checks it",
        &[&["r00"], &["nothing"], &["r00", "--format", "jsonl"]],
    ),
    refused("decrypt", &[&["--by", "ana"]]),
    owner(
        "decisions",
        "the log of what people decided, with their reasons",
        &[&[], &["--proposed"], &["--format", "{each}"]],
    ),
    owner("displacement", LISTS, &[&[], &["--format", "{each}"], FILTERS]),
    owner("disputes", LISTS, &[&[], &["--format", "{each}"], FILTERS]),
    refused("encrypt", &[&["--by", "ana"]]),
    owner(
        "eval claims",
        READS,
        &[
            &["reports.jsonl", "pred.jsonl", "--json", "--errors", "3", "--floor", "0.1"],
            &["pred.jsonl", "--documents", "reports.jsonl"],
            &["bad.jsonl", "pred.jsonl"],
            &["pred.jsonl", "bad.jsonl"],
        ],
    ),
    owner(
        "eval codes",
        READS,
        &[
            &["reports.jsonl", "pred.jsonl", "--json", "--errors", "3", "--floor", "0.1"],
            &["pred.jsonl", "--documents", "reports.jsonl"],
        ],
    ),
    owner("events", LISTS, &[&[], &["--format", "{each}"], FILTERS]),
    out(
        "export",
        &[
            &["--format", "{each}", "--output", "all", "--force"],
            &["--format", "jsonl", "--output", "-", "--what", "{each}"],
            &["--format", "csv", "--output", "all", "--policy", "{each}"],
            &["--format", "csv", "--output", "all", "--salt", "s", "--at", "2014-06-20", "--coarsen", "20"],
            &[
                "--format",
                "geojson",
                "--output",
                "all.json",
                "--place",
                "Deir ez-Zor",
                "--actor",
                "Islamic State",
                "--source",
                "Euphrates Wire",
                "--kind",
                "casualties",
                "--report",
                "r00",
                "--from",
                "2014-01-01",
                "--to",
                "2014-12-31",
                "--known-by",
                "2014-12-31",
                "--according-to",
                "Euphrates Wire",
                "--reader",
                "gainsay",
            ],
        ],
    )
    .or_refused(),
    owner(
        "extract",
        READS,
        &[&["reports.jsonl"], &["bad.jsonl", "bad.csv"], &["reports.jsonl", "--map", "text=text"]],
    ),
    refused(
        "gazetteer add cod",
        &[&["frames.tsv", "--name", "x", "--licence", "CC0", "--origin", "us", "--by", "ana"]],
    ),
    refused(
        "gazetteer add csv",
        &[&[
            "frames.tsv",
            "--columns",
            "name=a",
            "--name",
            "x",
            "--licence",
            "CC0",
            "--origin",
            "us",
            "--by",
            "ana",
        ]],
    ),
    refused(
        "gazetteer add geonames",
        &[&["frames.tsv", "--name", "x", "--licence", "CC0", "--origin", "us", "--by", "ana"]],
    ),
    out("gazetteer list", &[&[]]),
    refused("gazetteer remove", &[&["x", "--by", "ana"]]),
    refused("init", &[&["--by", "ana", "--encrypted"], &["--ledger", "other.gpkg"]]),
    refused("key backup", &[&["k.backup", "--by", "ana"]]),
    out("key export", &[&["--public", "--by", "ana"]]),
    out("key list", &[&["--by", "ana"]]),
    refused("key new", &[&["--why", "x", "--by", "ana"]]),
    refused("key passphrase", &[&[], &["--remove", "--by", "ana"]]),
    refused("key restore", &[&["k.backup", "--by", "ana"]]),
    refused("key retire", &[&["abc", "--why", "x", "--by", "ana"]]),
    out("key show", &[&["--by", "ana"]]),
    refused(
        "lexicon add",
        &[&[
            "frames.tsv",
            "--as",
            "actors",
            "--name",
            "x",
            "--licence",
            "CC0",
            "--origin",
            "us",
            "--by",
            "ana",
        ]],
    ),
    out("lexicon list", &[&[]]),
    refused("lexicon remove", &[&["x", "--by", "ana"]]),
    owner("link", ACTS, &[&["{claim}", "nobody", "sana", "--why", "x", "--by", "ana"]]),
    owner("merge", ACTS, &[&["{event}", "{event2}", "--why", "x", "--by", "ana"], &["Atlantis", "Nowhere"]]),
    owner("needs", LISTS, &[&[], FILTERS]),
    owner("places", LISTS, &[&[], &["--format", "{each}"], FILTERS]),
    out("read", &[&["--again", "--all", "--by", "ana"]]),
    out("rebuild", &[&[]]),
    owner("remove", ACTS, &[&["r00", "--why", "in danger", "--by", "ana"]]),
    owner("review", LISTS, &[&["--limit", "100"], FILTERS]),
    owner(
        "set",
        ACTS,
        &[
            &["{other}", "rejected", "--why", "x", "--by", "ana"],
            &["{claim}", "actor=Nobody Known"],
            &["nobody", "letter=B"],
        ],
    ),
    owner("sieges", LISTS, &[&[], FILTERS]),
    out(
        "site",
        &[
            &["--output", "site"],
            &["--output", "site", "--title", "June", "--salt", "s", "--coarsen", "20"],
            &[
                "--output",
                "site",
                "--place",
                "Deir ez-Zor",
                "--actor",
                "Islamic State",
                "--source",
                "Euphrates Wire",
                "--kind",
                "casualties",
                "--report",
                "r00",
                "--from",
                "2014-01-01",
                "--to",
                "2014-12-31",
                "--known-by",
                "2014-12-31",
                "--according-to",
                "Euphrates Wire",
                "--reader",
                "gainsay",
            ],
        ],
    )
    .or_refused(),
    owner("sources", LISTS, &[&[], &["--format", "{each}"], FILTERS]),
    owner("split", ACTS, &[&["{event}", "{event2}", "--why", "x", "--by", "ana"]]),
    owner(
        "tally",
        LISTS,
        &[
            &["--policy", "{each}", "--measure", "killed", "--group", "civilians"],
            &["--event", "{event}"],
            FILTERS,
        ],
    ),
    owner("ties", LISTS, &[&["Islamic State", "Nusra Front"], TIES]),
    owner("undo", ACTS, &[&["{entry}", "--why", "x", "--by", "ana"], &["99999"]]),
    refused("stamp", &[&["frames.tsv", "--ca", "frames.tsv", "--block", "1:00", "--of", "3", "--by", "ana"]]),
    out(
        "verify",
        &[
            &[],
            &["--output", "v.html"],
            &["--output", "v.json"],
            &["--output", "v.md", "--trust", "abc"],
            &["--checkpoint", "frames.tsv", "--ca", "frames.tsv", "--block", "1:00"],
        ],
    )
    .or_refused(),
    out("watch", &[&["--once", "in", "--init", "--pages", "--every", "5", "--by", "ana"]]).or_refused(),
    out("weigh", &[&[], &["--answers"]]),
    owner(
        "why",
        "everything behind a claim, for whoever checks it",
        &[&["{claim}"], &["{event}"], &["nothing"], &["{claim}", "--format", "jsonl"]],
    ),
    out("serve", &[]),
];

const CONTROL: &[&str] = &[
    "--at",
    "2014-06-20",
    "--place",
    "Deir ez-Zor",
    "--actor",
    "Islamic State",
    "--source",
    "Euphrates Wire",
    "--kind",
    "control",
    "--report",
    "r00",
    "--from",
    "2014-01-01",
    "--to",
    "2014-12-31",
    "--known-by",
    "2014-12-31",
    "--according-to",
    "Euphrates Wire",
    "--reader",
    "gainsay",
];
const TIES: &[&str] = &[
    "Islamic State",
    "Nusra Front",
    "--place",
    "Deir ez-Zor",
    "--actor",
    "Islamic State",
    "--source",
    "Euphrates Wire",
    "--kind",
    "clash",
    "--report",
    "r00",
    "--from",
    "2014-01-01",
    "--to",
    "2014-12-31",
    "--known-by",
    "2014-12-31",
    "--according-to",
    "Euphrates Wire",
    "--reader",
    "gainsay",
];

impl Row {
    /// Some of its runs end with something wrong.
    const fn or_refused(self) -> Row {
        Row { refused: true, ..self }
    }
}
