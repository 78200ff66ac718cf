//! Feeds and other programs' exports: Telegram, X, WhatsApp, ReliefWeb.

use gainsay_intake::Intake;
use gainsay_model::{Field, Warning};
use jiff::civil::date;

use super::{folder, ids, take};

/// One file alone.
fn read(name: &str, bytes: &[u8]) -> (Vec<Intake>, Vec<Warning>) {
    let folder = folder(&[(name, bytes)]);
    take(&[&folder.path().join(name)])
}

fn texts(taken: &[Intake]) -> Vec<&str> {
    taken.iter().map(|intake| intake.report.text.as_str()).collect()
}

const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Furat Post</title><link>https://furat.example/</link><language>en-GB</language>
<item><title>Bridge hit &amp; closed</title><link>https://furat.example/1</link><guid isPermaLink="false">1841</guid>
<pubDate>Mon, 18 Jan 2016 23:30:00 -0500</pubDate><dc:creator>A. Writer</dc:creator>
<description>A bridge was hit.</description>
<content:encoded><![CDATA[<p>A bridge was hit by two shells.</p><div class="share">Share this</div><p>Three people died.</p>]]></content:encoded></item>
<item><title>Ticker only</title><link>https://furat.example/2</link></item>
<item><title>Escaped</title><guid>https://furat.example/3</guid><description>&lt;p&gt;Fighters &lt;b&gt;left&lt;/b&gt;.&lt;/p&gt;</description></item>
</channel></rss>"#;

#[test]
fn a_feed_of_rss_gives_an_entry_a_report() {
    let (taken, warnings) = read("feed.xml", RSS.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(ids(&taken), ["furat.example/1841", "https://furat.example/2", "https://furat.example/3"]);
    assert_eq!(
        texts(&taken),
        ["A bridge was hit by two shells.\n\nThree people died.", "Ticker only", "Fighters left."]
    );
    let first = &taken[0].report;
    assert_eq!(first.published, Some(date(2016, 1, 18)), "the day as it was written, in its own zone");
    assert_eq!(
        (first.publisher.as_deref(), first.author.as_deref()),
        (Some("Furat Post"), Some("A. Writer"))
    );
    assert_eq!(
        (first.title.as_deref(), first.language.as_deref()),
        (Some("Bridge hit & closed"), Some("en"))
    );
    assert_eq!(first.url.as_deref(), Some("https://furat.example/1"));
    assert_eq!(taken[2].report.url.as_deref(), Some("https://furat.example/3"));
    assert!(taken[0].raw.starts_with(b"<item><title>Bridge hit") && taken[0].raw.ends_with(b"</item>"));
    assert!(taken[1].raw_name.ends_with("feed.xml:2"));
}

#[test]
fn atom_and_json_feeds_are_read_alike() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>الفرات برس</title>
        <id>urn:furat</id><updated>2016-01-19T00:00:00Z</updated>
        <entry><id>tag:furat.example,2016:7</id><title type="html">قصف &lt;b&gt;جسر&lt;/b&gt;</title>
        <link rel="alternate" href="https://furat.example/7"/><published>2016-01-18T09:00:00+02:00</published>
        <updated>2016-01-20T09:00:00+02:00</updated><author><name>كاتب</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>قصفت طائرات جسراً.</p></div></content></entry></feed>"#;
    let (taken, warnings) = read("a.atom", atom.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!((ids(&taken), texts(&taken)), (vec!["tag:furat.example,2016:7"], vec!["قصفت طائرات جسراً."]));
    assert_eq!(taken[0].report.title.as_deref(), Some("قصف جسر"));
    assert_eq!(taken[0].report.published, Some(date(2016, 1, 18)));
    assert_eq!(taken[0].report.publisher.as_deref(), Some("الفرات برس"));
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Furat Post","language":"en",
        "items":[{"id":"https://furat.example/9","url":"https://furat.example/9","title":"Nine",
        "content_html":"<p>Nine people fled.</p>","date_published":"2016-01-18T10:00:00Z","authors":[{"name":"B"}]}]}"#;
    let (taken, warnings) = read("feed.json", json.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(texts(&taken), ["Nine people fled."]);
    assert_eq!(taken[0].report.id, "https://furat.example/9");
    assert!(taken[0].raw.starts_with(b"{\"id\":\"https://furat"));
}

#[test]
fn a_feed_in_an_older_encoding_is_read() {
    let text = "<?xml version=\"1.0\" encoding=\"windows-1256\"?><rss version=\"2.0\"><channel><title>الفرات</title>\
                <item><title>خبر</title><description>قصفت طائرات جسراً في المدينة.</description></item></channel></rss>";
    let bytes = encoding_rs::WINDOWS_1256.encode(text).0;
    let (taken, warnings) = read("feed.rss", &bytes);
    assert_eq!((warnings.len(), texts(&taken)), (0, vec!["قصفت طائرات جسراً في المدينة."]));
    assert!(taken[0].raw.starts_with(b"<item>"));
    // What has neither guid nor link is called by the file and its words.
    assert!(
        taken[0].report.id.starts_with("feed-") && taken[0].report.id.len() == 13,
        "{}",
        taken[0].report.id
    );
}

#[test]
fn what_is_no_feed_is_one_line_and_a_cut_one_gives_its_whole_entries() {
    let (taken, warnings) = read("feed.rss", b"<!DOCTYPE html><html><body><h1>Not found</h1></body></html>");
    assert_eq!((taken.len(), warnings.len()), (0, 1));
    assert!(warnings[0].message.contains("HTML page and no feed"), "{}", warnings[0]);
    for bad in ["<note><to>x</to></note>", "<rss version=\"2.0\"><channel>", "no feed at all"] {
        let (taken, warnings) = read("feed.xml", bad.as_bytes());
        assert_eq!((taken.len(), warnings.len()), (0, 1), "{bad}");
        assert!(!warnings[0].message.contains('\n'), "{}", warnings[0]);
    }
    let cut = &RSS[..RSS.find("Escaped").unwrap()];
    let (taken, warnings) = read("feed.xml", cut.as_bytes());
    assert_eq!((taken.len(), warnings.len()), (2, 1));
    assert!(warnings[0].message.contains("cut off"), "{}", warnings[0]);
    let (taken, warnings) =
        read("feed.xml", b"<rss version='2.0'><channel><title>Empty</title></channel></rss>");
    assert_eq!((taken.len(), warnings.len()), (0, 1));
}

#[test]
fn a_telegram_channel_gives_a_message_a_report() {
    let export = r#"{
 "name": "Furat Post", "type": "public_channel", "id": 1234,
 "messages": [
  {"id": 1, "type": "service", "date": "2016-01-17T08:00:00", "action": "create_channel", "text": ""},
  {"id": 2, "type": "message", "date": "2016-01-18T09:15:00", "from": "Furat Post", "author": "Editor",
   "text": ["Shelling of ", {"type": "bold", "text": "Ayyash"}, {"type": "link", "text": " https://t.example/x"}]},
  {"id": 3, "type": "message", "date": "2016-01-18T09:20:00", "edited": "2016-01-18T10:00:00",
   "forwarded_from": "Deir News", "text": "Three people were killed in al-Qusour."},
  {"id": 4, "type": "message", "date": "2016-01-18T09:30:00", "photo": "photos/1.jpg", "text": ""},
  {"id": 5, "type": "message", "date": "2016-01-18T09:40:00", "photo": "photos/2.jpg", "text": "A picture's words."},
  {"id": 6, "type": "message", "date": "2016-01-18T09:50:00", "text": 7, "text_entities": [{"type":"plain","text":"By its pieces."}]}
 ]
}"#;
    let (taken, warnings) = read("result.json", export.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(ids(&taken), ["furat-post/2", "furat-post/3", "furat-post/5", "furat-post/6"]);
    assert_eq!(taken[0].report.text, "Shelling of Ayyash https://t.example/x");
    assert_eq!(taken[1].report.text, "Three people were killed in al-Qusour.\n\nSource: Deir News");
    let first = &taken[0].report;
    assert_eq!((first.published, first.publisher.as_deref()), (Some(date(2016, 1, 18)), Some("Furat Post")));
    assert_eq!(
        (first.author.as_deref(), first.url.as_deref()),
        (Some("Editor"), Some("https://t.me/c/1234/2"))
    );
    assert!(taken[0].raw.starts_with(b"{\"id\": 2,"));
    assert!(taken[0].raw_name.ends_with("result.json:furat-post/2"));
}

#[test]
fn a_telegram_group_has_senders_and_an_account_many_chats() {
    let export = r#"{"about": "x", "chats": {"about": "y", "list": [
        {"name": "Neighbours", "type": "private_group", "id": 5, "messages": [
          {"id": 1, "type": "message", "date": "2016-01-18T09:15:00", "from": "Abu Khaled", "text": "Fire near the bakery."},
          {"id": [], "type": "message", "date": 3}]},
        {"name": null, "type": "public_channel", "id": 6, "username": "deir_news", "messages": [
          {"id": 8, "type": "message", "date": "2016-01-18T09:15:00", "text": "Fire."}]}]}}"#;
    let (taken, warnings) = read("result.json", export.as_bytes());
    assert_eq!(ids(&taken), ["neighbours/1", "deir_news/8"]);
    assert_eq!(taken[0].report.author.as_deref(), Some("Abu Khaled"));
    assert_eq!(
        (taken[0].report.url.as_deref(), taken[0].report.text.as_str()),
        (None, "Fire near the bakery.")
    );
    assert_eq!(taken[1].report.url.as_deref(), Some("https://t.me/deir_news/8"));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let (taken, warnings) = read("result.json", br#"{"name":"x","type":"y","messages":[{"id":1}, {"id":"#);
    assert_eq!((taken.len(), warnings.len()), (0, 1), "{warnings:?}");
}

#[test]
fn an_archive_of_x_is_read_behind_its_script() {
    let archive = r#"window.YTD.tweets.part0 = [
  {"tweet": {"id_str": "11", "created_at": "Mon Jan 18 23:30:00 +0000 2016", "lang": "en",
    "full_text": "Shelling &amp; fire in Ayyash https://t.co/a https://t.co/pic",
    "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://furat.example/1"}],
                 "media": [{"url": "https://t.co/pic", "expanded_url": "https://x.com/a/status/11/photo/1"}]}}},
  {"tweet": {"id_str": "12", "created_at": "Tue Jan 19 10:00:00 +0000 2016", "lang": "und",
    "full_text": "RT @deir_news: Three people were killed."}},
  {"tweet": {"id_str": "13"}}
]"#;
    let (taken, warnings) = read("tweets.js", archive.as_bytes());
    assert_eq!(ids(&taken), ["x/11", "x/12"]);
    assert_eq!(taken[0].report.text, "Shelling & fire in Ayyash https://furat.example/1");
    assert_eq!(taken[0].report.published, Some(date(2016, 1, 18)));
    assert_eq!(taken[0].report.url.as_deref(), Some("https://x.com/i/status/11"));
    assert_eq!(taken[1].report.text, "RT @deir_news: Three people were killed.\n\nSource: @deir_news");
    assert_eq!((warnings.len(), warnings[0].line), (1, Some(8)));
    for script in ["window.YTD.account.part0 = [{}]", "var x = 1;", "window.YTD.tweets.part0 = [{"] {
        let (taken, warnings) = read("account.js", script.as_bytes());
        assert_eq!((taken.len(), warnings.len()), (0, 1), "{script}");
    }
}

#[test]
fn posts_keep_whose_words_they_are() {
    let posts = r#"[{"id_str":"1","created_at":"Mon Jan 18 10:00:00 +0000 2016","full_text":"RT @b: The long wo…",
        "user":{"screen_name":"a","name":"A. Person"},
        "retweeted_status":{"id_str":"0","full_text":"The long words in full.","user":{"screen_name":"b"}}},
       {"id_str":"2","created_at":"Mon Jan 18 10:00:00 +0000 2016","full_text":"Not so.",
        "user":{"screen_name":"a"},"quoted_status":{"id_str":"0","full_text":"Ten died.","user":{"screen_name":"b"}}}]"#;
    let (taken, warnings) = read("posts.json", posts.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(ids(&taken), ["a/1", "a/2"]);
    assert_eq!(taken[0].report.text, "RT @b: The long words in full.\n\nSource: @b");
    assert_eq!(taken[1].report.text, "Not so.\n\n@b: “Ten died.”");
    assert_eq!(taken[0].report.publisher.as_deref(), Some("@a"));
    assert_eq!(taken[0].report.author.as_deref(), Some("A. Person"));
    let answer = r#"{"data":[{"id":"5","text":"Look https://t.co/a","author_id":"9","created_at":"2016-01-18T10:00:00.000Z",
        "entities":{"urls":[{"url":"https://t.co/a","expanded_url":"https://furat.example/1"}]},
        "referenced_tweets":[{"type":"quoted","id":"4"}]}],
        "includes":{"users":[{"id":"9","username":"a","name":"A"},{"id":"8","username":"b"}],
        "tweets":[{"id":"4","text":"Ten died.","author_id":"8"}]}}"#;
    let (taken, warnings) = read("answer.json", answer.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(texts(&taken), ["Look https://furat.example/1\n\n@b: “Ten died.”"]);
    assert_eq!(taken[0].report.url.as_deref(), Some("https://x.com/a/status/5"));
}

#[test]
fn a_whatsapp_chat_gives_a_message_a_report_and_no_sender_an_outlet() {
    let chat = "18/01/2016, 09:10 - Messages and calls are end-to-end encrypted.\n\
                18/01/2016, 09:12 - Abu Khaled created group \"Deir News\"\n\
                18/01/2016, 09:15 - +963 944 000 111: Shelling of Ayyash.\nThree people were killed.\n\
                18/01/2016, 09:15 - Abu Khaled: <Media omitted>\n\
                18/01/2016, 09:16 - Abu Khaled: Confirmed <This message was edited>\n\
                19/01/2016, 21:00 - Abu Khaled: Confirmed\n\
                19/01/2016, 21:00 - Other: Confirmed\n";
    let (taken, warnings) = read("WhatsApp Chat with Deir News.txt", chat.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(
        texts(&taken),
        ["Shelling of Ayyash.\nThree people were killed.", "Confirmed", "Confirmed", "Confirmed"]
    );
    let first = &taken[0].report;
    assert_eq!((first.publisher.as_deref(), first.published), (Some("Deir News"), Some(date(2016, 1, 18))));
    assert_eq!(first.author.as_deref(), Some("+963 944 000 111"));
    assert!(first.guessed.iter().all(|field| *field != Field::Published));
    for intake in &taken {
        let (id, text) = (&intake.report.id, &intake.report.text);
        assert!(!id.contains("963") && !id.contains("khaled") && !text.contains("963"), "{id}: {text}");
    }
    assert!(taken[0].report.id.starts_with("deir-news/2016-01-18-0915-"), "{}", taken[0].report.id);
    assert_eq!(taken[3].report.id, format!("{}-2", taken[2].report.id));
    assert!(taken[0].raw.ends_with(b"Three people were killed."));
}

#[test]
fn the_order_of_day_and_month_is_the_whole_chats() {
    let days = |chat: &str| -> Vec<(String, bool)> {
        let (taken, _) = read("chat.txt", chat.as_bytes());
        let day = |intake: &Intake| {
            let guessed = intake.report.guessed.contains(&Field::Published);
            (intake.report.published.map(|day| day.to_string()).unwrap_or_default(), guessed)
        };
        taken.iter().map(day).collect()
    };
    let sure = |day: &str| (day.to_owned(), false);
    // One number above twelve settles all.
    let american = "[1/2/16, 9:15:00 AM] A: One.\n[1/18/16, 12:05:00 AM] A: Two.\n";
    assert_eq!(days(american), [sure("2016-01-02"), sure("2016-01-18")]);
    // None is: time goes forward.
    let forward = "02/01/2016, 09:15 - A: One.\n03/01/2016, 09:15 - A: Two.\n01/02/2016, 09:15 - A: Three.\n";
    assert_eq!(days(forward), [sure("2016-01-02"), sure("2016-01-03"), sure("2016-02-01")]);
    let backward =
        "01/02/2016, 09:15 - A: One.\n01/03/2016, 09:15 - A: Two.\n02/01/2016, 09:15 - A: Three.\n";
    assert_eq!(days(backward), [sure("2016-01-02"), sure("2016-01-03"), sure("2016-02-01")]);
    // Nothing tells: day first, and marked.
    assert_eq!(days("02/03/2016, 09:15 - A: One.\n"), [("2016-03-02".to_owned(), true)]);
}

#[test]
fn an_answer_of_reliefweb_gives_its_reports() {
    let answer = r#"{"time": 5, "totalCount": 2, "count": 3, "data": [
        {"id": "900", "fields": {"title": "Flash update", "body": "not this",
         "body-html": "<p>Ten thousand people fled.</p><ul><li>Tents are short.</li></ul>",
         "date": {"created": "2016-01-20T00:00:00+00:00", "original": "2016-01-18T00:00:00+00:00"},
         "source": [{"name": "Relief Desk"}, {"name": "Aid Watch"}], "url": "https://relief.example/node/900",
         "url_alias": "https://relief.example/flash", "language": [{"code": "en"}], "country": [{"name": "Syria"}]}},
        {"id": 901, "fields": {"title": "No body"}},
        {"id": 902, "fields": {"body": "Plain words.", "date": {"created": "2016-01-20T00:00:00+00:00"}}}]}"#;
    let (taken, warnings) = read("reliefweb.json", answer.as_bytes());
    assert_eq!(ids(&taken), ["reliefweb/900", "reliefweb/902"]);
    assert_eq!(texts(&taken), ["Ten thousand people fled.\n\nTents are short.", "Plain words."]);
    let first = &taken[0].report;
    assert_eq!(
        (first.published, first.publisher.as_deref()),
        (Some(date(2016, 1, 18)), Some("Relief Desk, Aid Watch"))
    );
    assert_eq!(
        (first.title.as_deref(), first.url.as_deref()),
        (Some("Flash update"), Some("https://relief.example/flash"))
    );
    assert_eq!((warnings.len(), warnings[0].line), (1, Some(7)));
}

#[test]
fn exports_that_nest_without_end_are_one_line_each() {
    let deep = "[".repeat(1_000_000);
    for text in [
        format!("{{\"name\":\"x\",\"type\":\"y\",\"messages\":[{{\"id\":1,\"text\":{deep}"),
        format!(
            "{{\"name\":\"x\",\"type\":\"y\",\"messages\":[{{\"id\":1,\"text\":{deep}{}}}]}}",
            "]".repeat(1_000_000)
        ),
        format!("{{\"data\":{deep}{}}}", "]".repeat(1_000_000)),
        format!("window.YTD.tweets.part0 = {deep}"),
        deep.clone(),
    ] {
        let (taken, warnings) = read("a.json", text.as_bytes());
        assert_eq!(taken.len(), 0);
        assert!((1..=2).contains(&warnings.len()), "{warnings:?}");
        assert!(warnings.iter().all(|warning| warning.message.len() < 400), "{warnings:?}");
    }
}
