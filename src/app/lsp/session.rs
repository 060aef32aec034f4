//! One client: what it says, what it is answered.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionKind, CodeActionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, InitializeParams, Range,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::diagnostics::{Found, Reader, Repair};
use super::documents::Documents;
use super::position::Units;
use super::wire::Heard;
use crate::date::Date;
use crate::diagnostic::{Error, Findings, UiLang};
use crate::personal::shown;
use crate::pipeline::{self, Outcome, Request as Wanted};
use crate::render;
use crate::source::SourceTree;

/// So many batches of messages may come before texts are looked at although typing did not pause.
const MOST_WAITS: usize = 50;

/// What the session is told from outside.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The language it speaks, unless the client speaks Chinese.
    pub lang: UiLang,
    /// The day it is.
    pub today: Date,
}

/// How far the conversation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
    /// Whether it was shut down first.
    Ended(bool),
}

/// One client.
pub struct Session {
    setting: Setting,
    phase: Phase,
    units: Units,
    watches: bool,
    versions_edits: bool,
    documents: Documents,
    /// What was found last, by catalogue.
    found: BTreeMap<PathBuf, Vec<Found>>,
    /// What the catalogues were then.
    read: BTreeMap<PathBuf, Arc<SourceTree>>,
    /// The catalogues in which something changed since.
    changed: BTreeSet<PathBuf>,
    waited: usize,
}

impl Session {
    /// Returns a session that has not heard anything yet.
    pub fn new(setting: Setting) -> Self {
        Self {
            setting,
            phase: Phase::New,
            units: Units::Utf16,
            watches: false,
            versions_edits: false,
            documents: Documents::default(),
            found: BTreeMap::new(),
            read: BTreeMap::new(),
            changed: BTreeSet::new(),
            waited: 0,
        }
    }

    /// Tells whether texts changed that nobody has looked at yet; call [`Session::look`] when nothing comes in
    /// for a while.
    pub fn waits(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Tells whether the client said good-bye, and whether as it should.
    pub fn ended(&self) -> Option<bool> {
        match self.phase {
            Phase::Ended(clean) => Some(clean),
            Phase::New | Phase::Running | Phase::ShutDown => None,
        }
    }

    /// Takes what came in, in order, and returns what to send.
    pub fn hear(&mut self, batch: Vec<Heard>) -> Vec<Message> {
        let cancelled: Vec<RequestId> = batch.iter().filter_map(cancelled).collect();
        let mut out = Vec::new();
        for heard in batch {
            match heard {
                Heard::Message(Message::Request(request)) if cancelled.contains(&request.id) => {
                    out.push(failed(request.id, ErrorCode::RequestCanceled, "cancelled"));
                }
                Heard::Message(Message::Request(request)) => self.answer(request, &mut out),
                Heard::Message(Message::Notification(note)) => self.note(note, &mut out),
                Heard::Message(Message::Response(_)) => {}
                Heard::Noise(why) => out.push(log(&format!("not a message: {}", shown(&why)))),
            }
        }
        self.waited += 1;
        if self.waited > MOST_WAITS {
            out.extend(self.look());
        }
        out
    }

    /// Looks at the catalogues in which something changed and returns what to send.
    pub fn look(&mut self) -> Vec<Message> {
        self.waited = 0;
        std::mem::take(&mut self.changed).iter().flat_map(|root| self.look_at(root)).collect()
    }

    fn look_at(&mut self, root: &Path) -> Vec<Message> {
        let before = self.found.remove(root).unwrap_or_default();
        let read = self.read.remove(root);
        let mut addresses: BTreeSet<String> = before.into_iter().map(|found| found.address).collect();
        let mut out = Vec::new();
        if self.documents.roots().any(|open| open == root) {
            let texts = self.documents.texts(root);
            match examined(root, &texts, read.as_deref(), self.setting.today) {
                Ok(outcome) => {
                    let Self { documents, units, setting: Setting { lang, .. }, .. } = &*self;
                    let reader = Reader { root, documents, units: *units, lang: *lang };
                    self.found.insert(root.to_owned(), reader.found(&outcome));
                    self.read.insert(root.to_owned(), outcome.sources);
                }
                Err(error) => out.push(log(&shown(error.message().get(self.setting.lang)))),
            }
            addresses.extend(self.documents.addresses(root).map(str::to_owned));
        }
        let found = self.found.get(root).map(Vec::as_slice).unwrap_or_default();
        addresses.extend(found.iter().map(|found| found.address.clone()));
        out.extend(addresses.iter().map(|address| self.publish(address, found)));
        out
    }

    /// Tells the client what is wrong in one file; nothing, and it forgets what it was told before.
    fn publish(&self, address: &str, found: &[Found]) -> Message {
        let own = found.iter().filter(|found| found.address == address);
        let diagnostics: Vec<_> = own.map(|found| &found.diagnostic).collect();
        let mut params = json!({"uri": address, "diagnostics": diagnostics});
        if let Some(document) = self.documents.get(address) {
            params["version"] = json!(document.version);
        }
        notify("textDocument/publishDiagnostics", params)
    }

    fn answer(&mut self, request: Request, out: &mut Vec<Message>) {
        let Request { id, method, params } = request;
        match (self.phase, method.as_str()) {
            (Phase::New, "initialize") => match read::<InitializeParams>(params) {
                Some(params) => {
                    self.phase = Phase::Running;
                    out.push(done(id, self.begin(&params)));
                }
                None => out.push(failed(id, ErrorCode::InvalidParams, "initialize: not understood")),
            },
            (Phase::New, _) => {
                out.push(failed(id, ErrorCode::ServerNotInitialized, "initialize comes first"));
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                out.push(done(id, Value::Null));
            }
            (Phase::Running, "textDocument/codeAction") => match read::<CodeActionParams>(params) {
                Some(params) => {
                    // Repairs are for the text as it is now.
                    out.extend(self.look());
                    out.push(done(id, Value::Array(self.repairs(&params))));
                }
                None => out.push(failed(id, ErrorCode::InvalidParams, "codeAction: not understood")),
            },
            (Phase::Running, "initialize") | (Phase::ShutDown | Phase::Ended(_), _) => {
                out.push(failed(id, ErrorCode::InvalidRequest, "not now"));
            }
            (Phase::Running, other) => out.push(failed(id, ErrorCode::MethodNotFound, &shown(other))),
        }
    }

    /// Takes in who the client is and returns what we can do.
    fn begin(&mut self, params: &InitializeParams) -> Value {
        let InitializeParams { capabilities, locale, .. } = params;
        if locale.as_ref().is_some_and(|locale| locale.to_lowercase().starts_with("zh")) {
            self.setting.lang = UiLang::Zh;
        }
        let general = capabilities.general.as_ref();
        self.units = Units::agreed(general.and_then(|general| general.position_encodings.as_deref()));
        let workspace = capabilities.workspace.as_ref();
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        self.watches = watching.and_then(|watching| watching.dynamic_registration).unwrap_or(false);
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        self.versions_edits = edits.and_then(|edits| edits.document_changes).unwrap_or(false);
        json!({
            "capabilities": {
                "positionEncoding": self.units.name(),
                "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
                "codeActionProvider": {"codeActionKinds": ["quickfix"]},
                "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": false}},
            },
            "serverInfo": {"name": "qingdan", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    fn note(&mut self, note: Notification, out: &mut Vec<Message>) {
        let Notification { method, params } = note;
        match (self.phase, method.as_str()) {
            (phase, "exit") => self.phase = Phase::Ended(phase == Phase::ShutDown),
            (Phase::Running, "initialized") if self.watches => out.push(watch()),
            (Phase::Running, "textDocument/didOpen") => {
                let Some(DidOpenTextDocumentParams { text_document: text }) = read(params) else { return };
                self.documents.open(text.uri.as_str(), text.version, text.text);
                self.touch(text.uri.as_str());
            }
            (Phase::Running, "textDocument/didChange") => {
                let Some(DidChangeTextDocumentParams { text_document: text, content_changes }) = read(params)
                else {
                    return;
                };
                self.documents.change(text.uri.as_str(), text.version, content_changes, self.units);
                self.touch(text.uri.as_str());
            }
            (Phase::Running, "textDocument/didClose") => {
                let Some(DidCloseTextDocumentParams { text_document: text }) = read(params) else { return };
                self.touch(text.uri.as_str());
                self.documents.close(text.uri.as_str());
            }
            (Phase::Running, "textDocument/didSave" | "workspace/didChangeWatchedFiles") => {
                self.changed.extend(self.documents.roots().map(Path::to_owned));
            }
            // Others are none of our business.
            (_, _) => {}
        }
    }

    /// Remembers to look at the catalogue of an open text.
    fn touch(&mut self, address: &str) {
        self.changed.extend(self.documents.get(address).map(|document| document.root.clone()));
    }

    /// Returns the repairs of what touches the place that the client asks about.
    fn repairs(&self, params: &CodeActionParams) -> Vec<Value> {
        let wanted = params.context.only.as_ref();
        let fits = |kind: &CodeActionKind| ["", "quickfix"].contains(&kind.as_str());
        if wanted.is_some_and(|kinds| !kinds.iter().any(fits)) {
            return Vec::new();
        }
        let address = params.text_document.uri.as_str();
        let here = self.found.values().flatten().filter(|found| found.address == address);
        let touched = here.filter(|found| touch(found.diagnostic.range, params.range));
        touched.filter_map(|found| Some(self.action(found, found.repair.as_ref()?))).collect()
    }

    fn action(&self, found: &Found, repair: &Repair) -> Value {
        let Repair { title, address, edits } = repair;
        let version = self.documents.get(address).map(|document| document.version);
        let edit = match self.versions_edits {
            true => {
                json!({"documentChanges": [{"textDocument": {"uri": address, "version": version}, "edits": edits}]})
            }
            false => json!({"changes": {address.as_str(): edits}}),
        };
        json!({
            "title": title, "kind": "quickfix", "isPreferred": true,
            "diagnostics": [found.diagnostic], "edit": edit,
        })
    }
}

/// Checks a catalogue as the client shows it; `read` is what it was when it was looked at last.
fn examined(
    root: &Path,
    texts: &BTreeMap<String, String>,
    read: Option<&SourceTree>,
    today: Date,
) -> Result<Outcome, Error> {
    let mut findings = Findings::new();
    let sources = SourceTree::read_with(root, render::default_theme(), texts, &mut findings)?.follow(read);
    pipeline::examine(sources, findings, &Wanted::whole(today), &|_| {})
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn touch(a: Range, b: Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

fn cancelled(heard: &Heard) -> Option<RequestId> {
    let Heard::Message(Message::Notification(note)) = heard else { return None };
    let id = (note.method == "$/cancelRequest").then(|| note.params.get("id"))??;
    serde_json::from_value(id.clone()).ok()
}

fn done(id: RequestId, result: Value) -> Message {
    Response::new_ok(id, result).into()
}

fn failed(id: RequestId, code: ErrorCode, message: &str) -> Message {
    Response::new_err(id, code as i32, message.to_owned()).into()
}

fn notify(method: &str, params: Value) -> Message {
    Notification::new(method.to_owned(), params).into()
}

fn log(message: &str) -> Message {
    notify("window/logMessage", json!({"type": 2, "message": message}))
}

/// Asks the client to say when files of a catalogue change on the disk.
fn watch() -> Message {
    let files = json!([{"globPattern": "**/*.{yaml,yml,md,lock}"}]);
    let params = json!({"registrations": [{
        "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": {"watchers": files},
    }]});
    Request::new(RequestId::from("files".to_owned()), "client/registerCapability".to_owned(), params).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_was_cancelled_meanwhile_is_answered_as_such() {
        let today = Date::parse("2026-06-01").expect("a day");
        let mut session = Session::new(Setting { lang: UiLang::Zh, today });
        let request = |id: i32| {
            Heard::Message(
                Request::new(RequestId::from(id), "initialize".to_owned(), json!({"capabilities": {}}))
                    .into(),
            )
        };
        let cancel = Heard::Message(notify("$/cancelRequest", json!({"id": 1})));
        let answers = session.hear(vec![request(1), request(2), cancel]);
        let code = |answer: &Message| match answer {
            Message::Response(Response { response_result, .. }) => {
                response_result.as_ref().map_err(|error| error.code).err()
            }
            Message::Request(_) | Message::Notification(_) => panic!("only requests were made"),
        };
        assert_eq!(answers.iter().map(code).collect::<Vec<_>>(), [Some(-32800), None]);
    }
}
