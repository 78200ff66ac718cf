//! Posts of X: its own archive (`tweets.js`), and what its interfaces answer with (versions 1.1 and 2), to reports.
//!
//! **Takes** JSON, with or without the archive's `window.YTD.tweets.part0 =`. **Gives** each post with its shortened
//! addresses written out; a repost ends with a line that names whose words it passes on, as a page's source line does,
//! and a post quoted stands below the quoting one under its writer's name. **Never** guesses who owns an archive: the
//! file does not say.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::batch::{Batch, Source};
use crate::fields::Fields;
use crate::formats::{self, Format, Reading};
use crate::handover::{Handover, filled};
use crate::{decode, html};

/// How every file of an archive begins.
const ARCHIVE: &str = "window.YTD.";

/// A file of X's archive.
pub(crate) const FORMAT: Format = Format {
    name: "X's archive",
    extensions: &["js"],
    media: &["text/javascript"],
    begins: |head| formats::bare(head).starts_with(ARCHIVE.as_bytes()),
    read: Reading::Many(read_script),
};

fn read_script(raw: &[u8], source: &Source, batch: &mut Batch) {
    match decode::plain(raw) {
        Ok(text) => read_archive(&text, &mut Handover { source, batch }),
        Err(why) => batch.warn(source, why.line, why.message),
    }
}

/// The JSON behind `window.YTD.tweets.part0 =`, and what it holds (`tweets`); nothing of other scripts.
pub(crate) fn unwrapped(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches('\u{FEFF}').trim_start().strip_prefix(ARCHIVE)?;
    let (head, json) = rest.split_once('=')?;
    Some((head.split('.').next().unwrap_or_default().trim(), json.trim_start()))
}

/// Whether these are the fields of a post, or of what wraps one.
pub(crate) fn is_post(fields: &[String]) -> bool {
    let has = |name: &str| fields.iter().any(|field| field == name);
    has("full_text") && (has("id_str") || has("created_at"))
        || has("id_str") && has("created_at") && has("text")
        || has("tweet") && fields.len() == 1
}

/// Whether an answer of version 2 lies before us: posts under `data`, users under `includes`.
pub(crate) fn is_answer(value: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Answer<'a> {
        #[serde(borrow)]
        data: Vec<&'a RawValue>,
    }
    serde_json::from_str::<Answer>(value.get())
        .ok()
        .and_then(|answer| serde_json::from_str::<Value>(answer.data.first()?.get()).ok())
        .is_some_and(|first| {
            first["text"].is_string() && first["id"].is_string() && first.get("fields").is_none()
        })
}

/// Hands over an archive's file.
pub(crate) fn read_archive(text: &str, to: &mut Handover) {
    let Some((holds, json)) = unwrapped(text) else {
        return to.warn(None, "a script and no archive of X; give tweets.js of the archive");
    };
    if !matches!(holds, "tweets" | "tweet" | "community_tweet" | "deleted_tweets" | "note_tweet") {
        let holds: String = holds.chars().take(30).collect();
        return to
            .warn(None, format!("holds {holds} of X's archive and no posts; of its files, give tweets.js"));
    }
    match serde_json::from_str::<Vec<&RawValue>>(json) {
        Ok(posts) => read(text, posts, to),
        Err(error) => to.warn(
            Some(error.line()),
            format!("broken JSON at column {} of the archive; export it again", error.column()),
        ),
    }
}

/// Hands over an answer of version 2.
pub(crate) fn read_answer(text: &str, to: &mut Handover) {
    #[derive(Deserialize)]
    struct Answer<'a> {
        #[serde(borrow)]
        data: Vec<&'a RawValue>,
        #[serde(default)]
        includes: Value,
    }
    let Ok(answer) = serde_json::from_str::<Answer>(text) else {
        return to.warn(None, "no answer of X's interface; save it again");
    };
    let mut others = Others::default();
    for user in answer.includes["users"].as_array().into_iter().flatten() {
        if let (Some(id), Some(handle)) = (user["id"].as_str(), user["username"].as_str()) {
            others
                .users
                .insert(id.to_owned(), (handle.to_owned(), filled(user["name"].as_str().map(str::to_owned))));
        }
    }
    for post in answer.includes["tweets"].as_array().into_iter().flatten() {
        if let Some(id) = post["id"].as_str() {
            others.posts.insert(id.to_owned(), post.clone());
        }
    }
    each(text, answer.data, &others, to);
}

/// Hands over the posts of an array that was borrowed from `text`.
pub(crate) fn read(text: &str, posts: Vec<&RawValue>, to: &mut Handover) {
    each(text, posts, &Others::default(), to);
}

/// Users and posts that an answer sends along.
#[derive(Default)]
struct Others {
    users: BTreeMap<String, (String, Option<String>)>,
    posts: BTreeMap<String, Value>,
}

fn each(text: &str, posts: Vec<&RawValue>, others: &Others, to: &mut Handover) {
    if posts.is_empty() {
        return to.warn(None, "the file holds no post; take it out");
    }
    let (mut line, mut counted) = (1, 0);
    for (n, post) in posts.into_iter().enumerate() {
        let json = post.get();
        let at = json.as_ptr() as usize - text.as_ptr() as usize;
        line += text[counted..at].matches('\n').count();
        counted = at;
        let said = serde_json::from_str::<Value>(json).ok().and_then(|value| {
            let post = value.get("tweet").unwrap_or(&value);
            Post { value: post, others }.said()
        });
        match said {
            Some(said) => {
                to.give(said, json.as_bytes(), &line.to_string(), Some(line), || format!("x/{}", n + 1))
            }
            None => to.warn(Some(line), "not a post of X (it has no text or no id); export it again"),
        }
    }
}

/// One post.
struct Post<'a> {
    value: &'a Value,
    others: &'a Others,
}

impl Post<'_> {
    fn of(&self, value: &Value) -> Option<(String, String)> {
        let post = Post { value, others: self.others };
        Some((post.handle().unwrap_or_else(|| "unknown".to_owned()), post.words()?))
    }

    fn said(&self) -> Option<Fields> {
        let value = self.value;
        let id = text(value, "id_str")
            .or_else(|| text(value, "id"))
            .or_else(|| value["id"].as_u64().map(|id| id.to_string()))?;
        let handle = self.handle();
        let mut words = self.words()?;
        let passed_on = value
            .get("retweeted_status")
            .and_then(|post| self.of(post))
            .or_else(|| self.referenced("retweeted"));
        if let Some((whose, all)) = passed_on {
            // The post itself holds the words cut short.
            words = format!("RT @{whose}: {all}\n\nSource: @{whose}");
        } else if let Some(whose) = reposted(&words) {
            words = format!("{words}\n\nSource: @{whose}");
        }
        let quoted =
            value.get("quoted_status").and_then(|post| self.of(post)).or_else(|| self.referenced("quoted"));
        if let Some((whose, all)) = quoted {
            words = format!("{words}\n\n@{whose}: “{all}”");
        }
        let home = handle.clone().unwrap_or_else(|| "i".to_owned());
        Some(Fields {
            id: Some(format!("{}/{id}", handle.as_deref().unwrap_or("x"))),
            text: Some(words),
            published: text(value, "created_at").map(|written| day(&written)),
            publisher: handle.map(|handle| format!("@{handle}")),
            author: self.name(),
            title: None,
            url: Some(format!("https://x.com/{home}/status/{id}")),
            language: text(value, "lang")
                .filter(|tag| !matches!(tag.as_str(), "und" | "zxx" | "qme" | "qht" | "qst")),
            guessed: Vec::new(),
        })
    }

    /// The words of a post that this one refers to, and whose they are.
    fn referenced(&self, how: &str) -> Option<(String, String)> {
        let all = self.value["referenced_tweets"].as_array()?;
        let id = all.iter().find(|one| one["type"] == how)?["id"].as_str()?;
        self.of(self.others.posts.get(id)?)
    }

    fn user(&self) -> Option<&(String, Option<String>)> {
        self.others.users.get(self.value["author_id"].as_str()?)
    }

    fn handle(&self) -> Option<String> {
        filled(text(&self.value["user"], "screen_name"))
            .or_else(|| self.user().map(|(handle, _)| handle.clone()))
    }

    fn name(&self) -> Option<String> {
        filled(text(&self.value["user"], "name")).or_else(|| self.user().and_then(|(_, name)| name.clone()))
    }

    /// The words, addresses written out, those of pictures left out.
    fn words(&self) -> Option<String> {
        let value = self.value;
        let long = text(&value["note_tweet"], "text").or_else(|| text(&value["extended_tweet"], "full_text"));
        let mut words = long.or_else(|| text(value, "full_text")).or_else(|| text(value, "text"))?;
        for entities in
            [&value["entities"], &value["note_tweet"]["entities"], &value["extended_tweet"]["entities"]]
        {
            for url in entities["urls"].as_array().into_iter().flatten() {
                if let (Some(short), Some(long)) = (url["url"].as_str(), url["expanded_url"].as_str())
                    && !short.is_empty()
                {
                    let picture = url.get("media_key").is_some()
                        || long.contains("/photo/")
                        || long.contains("/video/");
                    words = words.replace(short, if picture { "" } else { long });
                }
            }
            for picture in entities["media"].as_array().into_iter().flatten() {
                if let Some(short) = picture["url"].as_str().filter(|short| !short.is_empty()) {
                    words = words.replace(short, "");
                }
            }
        }
        filled(Some(html::unescaped(&words)))
    }
}

/// Whose words `RT @furat: …` passes on.
fn reposted(words: &str) -> Option<String> {
    let rest = words.strip_prefix("RT @")?;
    let (handle, _) = rest.split_once(':')?;
    let fits = !handle.is_empty() && handle.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    fits.then(|| handle.to_owned())
}

fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field)?.as_str().map(str::to_owned)
}

/// `Mon Jan 18 10:00:00 +0000 2016` as `2016 Jan 18` in the order days are read in; others as they are.
fn day(written: &str) -> String {
    match written.split_whitespace().collect::<Vec<_>>().as_slice() {
        [_, month, day, _, _, year] => crate::dates::anywhere(&format!("{day} {month} {year}"))
            .map_or(written.to_owned(), |day| day.to_string()),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_archive_wraps() {
        assert_eq!(unwrapped("window.YTD.tweets.part0 = [ ]"), Some(("tweets", "[ ]")));
        assert_eq!(unwrapped("\u{FEFF}window.YTD.account.part0=[]"), Some(("account", "[]")));
        assert_eq!(unwrapped("var x = 1"), None);
        assert_eq!(reposted("RT @furat_1: Fire").as_deref(), Some("furat_1"));
        assert_eq!(reposted("RT @a b: Fire"), None);
        assert_eq!(day("Mon Jan 18 23:30:00 +0000 2016"), "2016-01-18");
    }
}
