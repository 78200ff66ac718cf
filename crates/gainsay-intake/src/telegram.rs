//! Telegram's own export (`result.json`): one chat, or all of an account's, to reports, a message each.
//!
//! **Takes** the JSON that Telegram Desktop writes. **Gives** each message that says something, with the chat as outlet
//! and whoever signed or sent it as author; of a forwarded one, the words end with a line that names whose they are, as
//! a page's source line does. **Never** reads service messages, nor pictures, voices and files, which are not in it.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::batch::stem;
use crate::fields::Fields;
use crate::handover::{Handover, filled, slug};

#[derive(Deserialize)]
struct Chat<'a> {
    #[serde(default)]
    name: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    id: Option<Value>,
    /// Not by Telegram, but by tools that add it.
    #[serde(default)]
    username: Option<String>,
    #[serde(borrow)]
    messages: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Account<'a> {
    #[serde(borrow)]
    chats: Chats<'a>,
}

#[derive(Deserialize)]
struct Chats<'a> {
    #[serde(borrow)]
    list: Vec<Chat<'a>>,
}

/// Whether a JSON text is such an export: it has messages of Telegram's form, or a list of such chats.
pub(crate) fn is_export(fields: &[String]) -> bool {
    let has = |name: &str| fields.iter().any(|field| field == name);
    has("messages") && (has("type") || has("name"))
        || has("chats") && (has("about") || has("personal_information"))
}

/// Hands over the messages of the export.
pub(crate) fn read(text: &str, to: &mut Handover) {
    let chats = match serde_json::from_str::<Chat>(text) {
        Ok(chat) => vec![chat],
        Err(one) => match serde_json::from_str::<Account>(text) {
            Ok(account) => account.chats.list,
            Err(_) => {
                return to.warn(
                    Some(one.line()),
                    format!(
                        "a Telegram export that is broken at column {} ({one}); export it again",
                        one.column()
                    ),
                );
            }
        },
    };
    let (mut taken, mut counted, mut line) = (0, 0, 1);
    for chat in &chats {
        let own = Own::of(chat, &to.source.name);
        for message in &chat.messages {
            let json = message.get();
            let at = json.as_ptr() as usize - text.as_ptr() as usize;
            line += text[counted..at].matches('\n').count();
            counted = at;
            match serde_json::from_str::<Message>(json) {
                Ok(message) => {
                    let Some(said) = own.said(&message) else { continue };
                    taken += 1;
                    let mark = format!("{}/{}", own.channel, message.number());
                    to.give(said, json.as_bytes(), &mark, Some(line), || mark.clone());
                }
                Err(error) => {
                    let what = error.to_string();
                    let what = what.split(" at line ").next().unwrap_or_default().to_owned();
                    to.warn(
                        Some(line),
                        format!("not a message of Telegram's ({what}); export the chat again"),
                    );
                }
            }
        }
    }
    if taken == 0 {
        to.warn(None, "the export holds no message with words; export the chat with its texts");
    }
}

/// What all messages of a chat have of it.
struct Own {
    channel: String,
    name: Option<String>,
    address: Option<String>,
    is_channel: bool,
}

impl Own {
    fn of(chat: &Chat, file: &str) -> Own {
        let number = chat.id.as_ref().and_then(|id| match id {
            Value::Number(id) => Some(id.to_string()),
            Value::String(id) => Some(id.clone()),
            _ => None,
        });
        let name = filled(chat.name.clone());
        let username = filled(chat.username.clone()).map(|name| name.trim_start_matches('@').to_owned());
        let kind = chat.kind.as_deref().unwrap_or_default();
        let named = name.as_deref().map(slug).filter(|slug| !slug.is_empty());
        let channel =
            username.clone().or(named).or_else(|| number.clone()).unwrap_or_else(|| slug(stem(file)));
        // An export does not tell a channel's public name; by its number, the app finds it.
        let public = matches!(kind, "public_channel" | "public_supergroup");
        let address = match (username, number) {
            (Some(username), _) => Some(format!("https://t.me/{username}")),
            (None, Some(number)) if public => Some(format!("https://t.me/c/{number}")),
            _ => None,
        };
        Own { channel, name, address, is_channel: kind.ends_with("channel") || kind.is_empty() }
    }

    /// What a message says; nothing of one without words.
    fn said(&self, message: &Message) -> Option<Fields> {
        if message.kind.as_deref().is_some_and(|kind| kind != "message") {
            return None;
        }
        let mut text = message.text.as_ref().map(words).unwrap_or_default().trim().to_owned();
        if text.is_empty() {
            text = message.text_entities.as_ref().map(words).unwrap_or_default().trim().to_owned();
        }
        if text.is_empty() {
            text = message.poll.as_ref().map(question).unwrap_or_default();
        }
        if text.is_empty() {
            return None;
        }
        let forwarded = filled(message.forwarded_from.clone()).or_else(|| filled(message.saved_from.clone()));
        if let Some(whose) = forwarded.filter(|whose| Some(whose) != self.name.as_ref()) {
            text = format!("{text}\n\nSource: {whose}");
        }
        let sender = filled(message.from.clone()).filter(|from| Some(from) != self.name.as_ref());
        let author = filled(message.author.clone()).or(sender.filter(|_| !self.is_channel));
        let number = message.number();
        Some(Fields {
            id: Some(format!("{}/{number}", self.channel)),
            text: Some(text),
            published: message.date.clone(),
            publisher: self.name.clone(),
            author,
            title: None,
            url: self.address.as_ref().map(|address| format!("{address}/{number}")),
            language: None,
            guessed: Vec::new(),
        })
    }
}

#[derive(Deserialize)]
struct Message {
    id: Value,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    forwarded_from: Option<String>,
    #[serde(default)]
    saved_from: Option<String>,
    #[serde(default)]
    text: Option<Value>,
    #[serde(default)]
    text_entities: Option<Value>,
    #[serde(default)]
    poll: Option<Value>,
}

impl Message {
    fn number(&self) -> String {
        match &self.id {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        }
    }
}

/// A text as it stands, or the words of its pieces: texts, and objects that have one (bold, link, mention …).
fn words(text: &Value) -> String {
    match text {
        Value::String(text) => text.clone(),
        Value::Array(pieces) => pieces
            .iter()
            .map(|piece| match piece {
                Value::String(text) => text.as_str(),
                piece => piece["text"].as_str().unwrap_or_default(),
            })
            .collect(),
        _ => String::new(),
    }
}

/// What a poll asks.
fn question(poll: &Value) -> String {
    let mut lines: Vec<String> = vec![poll["question"].as_str().unwrap_or_default().to_owned()];
    for answer in poll["answers"].as_array().into_iter().flatten() {
        lines.extend(answer["text"].as_str().map(|text| format!("- {text}")));
    }
    lines.join("\n").trim().to_owned()
}
