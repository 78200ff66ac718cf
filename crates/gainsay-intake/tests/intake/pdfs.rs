//! PDFs: text in reading order, furniture left out, what cannot be read told in one line.

use gainsay_model::Field;
use jiff::civil::date;
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, StringFormat, dictionary};

use super::made::{record, response};
use super::{take_file, take_stream};

/// A line of a page: where it begins, its base line, the height of its letters, its words.
type Line<'a> = (i64, i64, i64, &'a str);

/// A table of letters in which every code stands for itself.
fn letters() -> String {
    let ranges: String = ["00", "06", "20", "FB", "FE"]
        .iter()
        .map(|high| format!("<{high}00> <{high}FF> <{high}00>\n"))
        .collect();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe)\n\
         /Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n5 beginbfrange\n{ranges}endbfrange\nendcmap\n\
         CMapName currentdict /CMap defineresource pop\nend\nend"
    )
}

/// A document of such pages, with its properties.
fn document(pages: &[Vec<Line>], title: &str) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let letters = document.add_object(Stream::new(dictionary! {}, letters().into_bytes()));
    let below = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Made", "DW" => 500,
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Made", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(below)], "ToUnicode" => letters,
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F" => font } });
    let kids: Vec<Object> = pages
        .iter()
        .map(|lines| {
            let mut program = String::new();
            for (x, y, size, words) in lines {
                let codes: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
                program.push_str(&format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n"));
            }
            let mut stream = Stream::new(dictionary! {}, program.into_bytes());
            stream.compress().unwrap();
            let contents = document.add_object(stream);
            let page = document.add_object(dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => contents, "Resources" => resources,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            });
            Object::Reference(page)
        })
        .collect();
    let count = kids.len() as i64;
    document.objects.insert(
        tree,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    let text = |text: &str| Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    let info = document.add_object(dictionary! {
        "Title" => text(title), "Author" => text("Ada Example"), "CreationDate" => text("D:20160120093000+02'00'"),
    });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    document.trailer.set("ID", vec![text("0123456789abcdef"), text("0123456789abcdef")]);
    document
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn pdf(pages: &[Vec<Line>]) -> Vec<u8> {
    bytes(document(pages, "Shelling of the old town"))
}

fn text_of(pages: &[Vec<Line>]) -> String {
    let (taken, warnings, _) = take_file("a.pdf", &pdf(pages));
    assert_eq!(warnings, []);
    taken[0].report.text.clone()
}

#[test]
fn lines_become_paragraphs_and_parted_words_one() {
    let page = vec![
        (70, 780, 20, "Shelling of the old town"),
        (70, 740, 10, "Four people were killed by the govern-"),
        (70, 728, 10, "ment in Deir ez-"),
        (70, 716, 10, "Zor, oﬃcials said."),
        (70, 692, 10, "On Monday it was quiet."),
    ];
    assert_eq!(
        text_of(&[page]),
        "Shelling of the old town\n\nFour people were killed by the government in Deir ez-Zor, officials said.\n\n\
         On Monday it was quiet."
    );
}

#[test]
fn columns_follow_each_other_as_the_page_puts_them() {
    let page = vec![
        (70, 700, 10, "The left column goes on"),
        (70, 688, 10, "over two lines and"),
        (320, 700, 10, "into the right one."),
        (320, 676, 10, "It ends here."),
    ];
    assert_eq!(
        text_of(&[page]),
        "The left column goes on over two lines and into the right one.\n\nIt ends here."
    );
}

#[test]
fn rows_of_a_table_stay_rows() {
    let page = vec![
        (70, 700, 10, "Town"),
        (150, 700, 10, "Killed"),
        (70, 688, 10, "Ayyash"),
        (150, 688, 10, "4"),
        (70, 660, 10, "So it was told."),
    ];
    assert_eq!(text_of(&[page]), "Town | Killed\n\nAyyash | 4\n\nSo it was told.");
}

#[test]
fn heads_and_feet_of_pages_are_left_out() {
    let page = |number: &'static str, words: &'static str| {
        vec![
            (70, 810, 8, "Euphrates Wire – daily file"),
            (70, 700, 10, words),
            (70, 688, 10, "and four were killed."),
            (280, 30, 8, number),
        ]
    };
    let text = text_of(&[
        page("Page 1 of 3", "On Monday they came"),
        page("Page 2 of 3", "On Tuesday they left"),
        page("Page 3 of 3", "On Friday they fought"),
    ]);
    assert_eq!(
        text,
        "On Monday they came and four were killed.\n\nOn Tuesday they left and four were killed.\n\nOn Friday they \
         fought and four were killed."
    );
}

#[test]
fn arabic_that_stands_as_it_is_drawn_is_read() {
    // "in the town of Ayyash", letters in their shapes and from left to right, as browsers print them.
    let shapes = "\u{FE94}\u{FEE8}\u{FEF3}\u{FEAA}\u{FEE3} \u{FEF2}\u{FED3}";
    let drawn = format!("2016 {shapes}");
    assert_eq!(text_of(&[vec![(70, 700, 10, &drawn)]]), "في مدينة 2016");
    // The same as it is read, as other programs write it.
    assert_eq!(
        text_of(&[vec![(70, 700, 10, "قتل أربعة في المدينة الكبيرة")]]),
        "قتل أربعة في المدينة الكبيرة"
    );
}

#[test]
fn what_the_file_says_of_itself_is_a_guess_and_the_text_goes_before_it() {
    let (taken, warnings, _) = take_file("a.pdf", &pdf(&[vec![(70, 700, 10, "Four people were killed.")]]));
    assert_eq!(warnings, []);
    let report = &taken[0].report;
    assert_eq!(report.title.as_deref(), Some("Shelling of the old town"));
    assert_eq!((report.author.as_deref(), report.published), (Some("Ada Example"), Some(date(2016, 1, 20))));
    for field in [Field::Title, Field::Author, Field::Published] {
        assert!(report.guessed.contains(&field), "{field:?}");
    }
    let dated = pdf(&[vec![(70, 700, 10, "AYYASH, 18 January 2016 (Euphrates Wire) - It began.")]]);
    assert_eq!(take_stream(&dated).0[0].report.published, Some(date(2016, 1, 18)));
    let named = document(&[vec![(70, 700, 10, "Four people were killed.")]], "Microsoft Word - siege.docx");
    assert_eq!(take_file("a.pdf", &bytes(named)).0[0].report.title, None);
}

fn locked(user: &str) -> Vec<u8> {
    let mut document = document(&[vec![(70, 700, 10, "Four people were killed.")]], "The old town");
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: user,
        key_length: 128,
        permissions: Permissions::empty(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    bytes(document)
}

#[test]
fn a_file_that_is_locked_without_a_password_is_read() {
    let (taken, warnings, _) = take_file("a.pdf", &locked(""));
    assert_eq!(warnings, []);
    assert_eq!(taken[0].report.text, "Four people were killed.");
    assert_eq!(taken[0].report.title.as_deref(), Some("The old town"));
}

/// A page whose program unpacks to very much.
fn bomb() -> Vec<u8> {
    let mut document = document(&[vec![(70, 700, 10, "x")]], "x");
    let page = document.page_iter().next().unwrap();
    let contents = document.get_page_contents(page)[0];
    let mut stream = Stream::new(dictionary! {}, vec![b' '; 20 << 20]);
    stream.compress().unwrap();
    document.objects.insert(contents, Object::Stream(stream));
    bytes(document)
}

/// A form that draws itself again and again.
fn loops() -> Vec<u8> {
    let mut document = document(&[vec![(70, 700, 10, "x")]], "x");
    let page = document.page_iter().next().unwrap();
    let form = document.new_object_id();
    let resources = dictionary! { "XObject" => dictionary! { "X" => form } };
    let mut own = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone() },
        b"/X Do\n".repeat(1000),
    );
    own.compress().unwrap();
    document.objects.insert(form, Object::Stream(own));
    let contents = document.get_page_contents(page)[0];
    document.objects.insert(contents, Object::Stream(Stream::new(dictionary! {}, b"/X Do\n".repeat(1000))));
    document.get_dictionary_mut(page).unwrap().set("Resources", resources);
    bytes(document)
}

#[test]
fn what_cannot_be_read_is_told_in_one_line() {
    let whole = pdf(&[vec![(70, 700, 10, "Four people were killed.")]]);
    for (bytes, words) in [
        (pdf(&[vec![]]), "needs OCR"),
        (locked("secret"), "locked with a password"),
        (b"%PDF-1.7\n...".to_vec(), "PDF"),
        (b"no PDF at all".to_vec(), "is no PDF"),
        (bomb(), "unpacks to more"),
        (loops(), ""),
        (whole[..200].to_vec(), "PDF"),
    ] {
        let (taken, warnings, _) = take_file("a.pdf", &bytes);
        assert_eq!((taken.len(), warnings.len()), (0, 1), "{words}: {warnings:?}");
        assert!(
            warnings[0].message.contains(words) && !warnings[0].message.contains('\n'),
            "{}",
            warnings[0]
        );
    }
}

#[test]
fn a_pdf_in_a_web_archive_is_read() {
    let whole = pdf(&[vec![(70, 700, 10, "Four people were killed.")]]);
    let bytes = [
        response("http://a.example/1.pdf", "200 OK\r\nContent-Type: application/pdf", &whole),
        response("http://a.example/2", "200 OK\r\nContent-Type: text/html", &whole),
        response("http://a.example/3.pdf", "200 OK\r\nContent-Type: application/octet-stream", &whole),
        record("resource", "http://a.example/4.pdf", "application/pdf", &whole),
    ]
    .concat();
    let (taken, warnings, _) = take_file("x.warc", &bytes);
    assert_eq!(warnings, []);
    assert_eq!(taken.len(), 4);
    assert!(
        taken.iter().all(|intake| intake.report.text == "Four people were killed." && intake.raw == whole)
    );
}
