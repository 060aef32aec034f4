//! What an editor and `qingdan lsp` say to each other, over the streams of the built program.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

const SITE: &str = "title: 甲市清单\nlanguages:\n  - {code: zh, tag: zh-CN, name: 中文, direction: ltr}\n";
const PLACE: &str = "name: 甲市\ncode: '990000'\ntier: province\n";
const AREAS: &str = "areas:\n  - {id: health, name: 病有所医}\n";
/// The file that is typed in.
const FILE: &str = "jiashi/place.yaml";

struct Editor {
    child: Child,
    input: ChildStdin,
    heard: Receiver<Message>,
    folder: tempfile::TempDir,
    last: i32,
}

impl Editor {
    /// Starts the server on a small catalogue and greets it.
    fn new(greeting: &Value) -> Self {
        let mut editor = Self::silent();
        let id = editor.ask("initialize", greeting.clone());
        let answer = editor.answer(&id).expect("a greeting is answered");
        assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2);
        editor.tell("initialized", json!({}));
        editor
    }

    /// Starts the server and says nothing.
    fn silent() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in [("site.yaml", SITE), (FILE, PLACE), ("vocabulary/areas.yaml", AREAS)] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("the disk works");
            std::fs::write(path, text).expect("the disk works");
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_qingdan"))
            .args(["--lang", "en", "lsp", "--today", "2026-06-01"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo built the program");
        let input = child.stdin.take().expect("it is piped");
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        let (sender, heard) = channel();
        std::thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { child, input, heard, folder, last: 0 }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn address(&self, path: &str) -> String {
        format!("file://{}", self.path(path).display())
    }

    fn tell(&mut self, method: &str, params: Value) {
        let message: Message = Notification::new(method.to_owned(), params).into();
        message.write(&mut self.input).expect("the server listens");
    }

    fn ask(&mut self, method: &str, params: Value) -> RequestId {
        self.last += 1;
        let id = RequestId::from(self.last);
        let message: Message = Request::new(id.clone(), method.to_owned(), params).into();
        message.write(&mut self.input).expect("the server listens");
        id
    }

    fn next(&self) -> Message {
        self.heard.recv_timeout(Duration::from_secs(30)).expect("the server says something")
    }

    /// Returns the answer to a request, or the code of its refusal.
    fn answer(&self, id: &RequestId) -> Result<Value, i32> {
        loop {
            match self.next() {
                Message::Response(response) if response.id == *id => {
                    return response.response_result.map_err(|error| error.code);
                }
                Message::Response(_) | Message::Request(_) | Message::Notification(_) => {}
            }
        }
    }

    /// Returns what is said next to be wrong in a file.
    fn wrong_in(&self, path: &str) -> Vec<Value> {
        let address = self.address(path);
        loop {
            let Message::Notification(note) = self.next() else { continue };
            if note.method == "textDocument/publishDiagnostics" && note.params["uri"] == address {
                return note.params["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    fn open(&mut self, path: &str, text: &str) {
        let document = json!({"uri": self.address(path), "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    fn change(&mut self, path: &str, version: i32, changes: &Value) {
        let document = json!({"uri": self.address(path), "version": version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    fn repairs(&mut self, path: &str, line: u32) -> Vec<Value> {
        let (uri, place) = (self.address(path), json!({"line": line, "character": 3}));
        let range = json!({"start": place, "end": place});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
        let id = self.ask("textDocument/codeAction", params);
        self.answer(&id).expect("an answer").as_array().expect("a list").clone()
    }

    /// Says good-bye and returns the exit code.
    fn leave(mut self) -> i32 {
        let id = self.ask("shutdown", Value::Null);
        assert!(self.answer(&id).is_ok());
        self.tell("exit", Value::Null);
        self.child.wait().expect("it ends").code().expect("by itself")
    }
}

fn greeting(more: &Value) -> Value {
    let mut greeting = json!({"processId": null, "rootUri": null, "capabilities": {}});
    greeting.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
    greeting
}

fn chinese() -> Editor {
    Editor::new(&greeting(&json!({"locale": "zh-cn"})))
}

fn place(diagnostic: &Value) -> (u64, u64, u64, u64) {
    let at = |end: &str, what: &str| diagnostic["range"][end][what].as_u64().expect("a number");
    (at("start", "line"), at("start", "character"), at("end", "line"), at("end", "character"))
}

#[test]
fn what_is_typed_is_looked_at_before_it_is_saved() {
    let mut editor = chinese();
    editor.open(FILE, PLACE);
    assert!(editor.wrong_in(FILE).is_empty());
    editor.change(FILE, 2, &json!([{"text": "name: 甲市\ncode: '990000'\nteir: province\n"}]));
    let wrong = editor.wrong_in(FILE);
    let [wrong] = wrong.as_slice() else { panic!("one mistake, one finding: {wrong:?}") };
    assert_eq!(
        (&wrong["code"], &wrong["source"], &wrong["severity"]),
        (&json!("QD2001"), &json!("qingdan"), &json!(1))
    );
    assert_eq!(place(wrong), (2, 0, 2, 4));
    let message = wrong["message"].as_str().expect("a text");
    assert!(message.starts_with("地区没有字段“teir”\n建议：是不是“tier”"), "{message}");
    assert_eq!(wrong["data"]["name"], "unknown-key");
    // Mended by typing two letters again.
    let range = json!({"start": {"line": 2, "character": 1}, "end": {"line": 2, "character": 3}});
    editor.change(FILE, 3, &json!([{"range": range, "text": "ie"}]));
    assert!(editor.wrong_in(FILE).is_empty());
    assert_eq!(
        std::fs::read_to_string(editor.path(FILE)).expect("it is there"),
        PLACE,
        "nothing was written"
    );
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_quick_fix_mends_what_is_wrong() {
    let mut editor = chinese();
    let text = "name: 甲市\ncode: '990000'\nteir: province\n";
    editor.open(FILE, text);
    // Asked at once: the answer is about the text as it is.
    let repairs = editor.repairs(FILE, 2);
    let [repair] = repairs.as_slice() else { panic!("one repair: {repairs:?}") };
    assert_eq!((&repair["kind"], &repair["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(repair["title"], "是不是“tier”？");
    let edits = repair["edit"]["changes"][editor.address(FILE)].as_array().expect("edits").clone();
    assert_eq!(edits.len(), 1);
    editor.change(FILE, 2, &json!([{"range": edits[0]["range"], "text": edits[0]["newText"]}]));
    assert!(editor.repairs(FILE, 2).is_empty(), "nothing is left to mend");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_client_that_knows_versions_gets_them_with_the_edits() {
    let workspace = json!({"workspaceEdit": {"documentChanges": true}});
    let mut editor = Editor::new(&greeting(&json!({"capabilities": {"workspace": workspace}})));
    editor.open(FILE, "name: 甲市\ncode: '990000'\nteir: province\n");
    let repairs = editor.repairs(FILE, 2);
    let change = &repairs[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": editor.address(FILE), "version": 1}));
    assert_eq!(change["edits"][0]["newText"], "tier");
}

#[test]
fn columns_are_in_the_units_that_were_agreed_on() {
    let text = "name: 甲市\ncode: '990000'\ntier: province\nnote: {zh: 😀, 甲: x}\n";
    for (offered, start) in [(json!(null), 15), (json!(["utf-32", "utf-16"]), 14), (json!(["utf-8"]), 17)] {
        let general = json!({"positionEncodings": offered});
        let mut editor = Editor::new(&greeting(&json!({"capabilities": {"general": general}})));
        editor.open(FILE, text);
        let wrong = editor.wrong_in(FILE);
        assert_eq!(place(&wrong[0]).1, start, "{offered}: {wrong:?}");
        assert!(
            wrong[0]["message"].as_str().expect("a text").contains("is not the code"),
            "the language is --lang"
        );
    }
}

#[test]
fn what_a_file_does_to_others_is_said_of_those_and_taken_back() {
    let mut editor = chinese();
    let list = "jiashi/migrant-children/2027.yaml";
    let of = |area: &str| {
        format!(
            "title: 清单\nstatus: draft\nservices:\n  - {{id: a, number: 1, area: {area}, title: 甲, audience: {{text: 儿童}}, \
             content: 检查, departments: [], provisions: []}}\n"
        )
    };
    std::fs::create_dir_all(editor.path("jiashi/migrant-children")).expect("the disk works");
    std::fs::write(editor.path(list), of("health")).expect("the disk works");
    editor.open("vocabulary/areas.yaml", "areas:\n  - {id: wellbeing, name: 病有所医}\n");
    let unknown = |wrong: &[Value]| {
        wrong.iter().any(|each| each["message"].as_str().is_some_and(|m| m.contains("health")))
    };
    assert!(unknown(&editor.wrong_in(list)), "a file that is not open is told of too");
    std::fs::write(editor.path(list), of("wellbeing")).expect("the disk works");
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert!(!unknown(&editor.wrong_in(list)));
    let uri = editor.address("vocabulary/areas.yaml");
    editor.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert!(editor.wrong_in(list).is_empty(), "who closes the last file is told of nothing any more");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_second_place_is_a_related_one_and_numbers_of_persons_are_masked() {
    let mut editor = chinese();
    let mobile = "139".to_owned() + "0013" + "9000";
    editor.open(FILE, &format!("name: 甲市\nname: 乙市 # {mobile}\ncode: '990000'\ntier: province\n"));
    let wrong = editor.wrong_in(FILE);
    let all = json!(wrong).to_string();
    assert!(!all.contains(&mobile) && all.contains("139****9000"), "{all}");
    let twice = wrong.iter().find(|each| each["code"] == "QD1013" || each["relatedInformation"].is_array());
    let related = &twice.expect("the second name is reported")["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], editor.address(FILE));
    assert_eq!(related["range"]["start"]["line"], 0);
}

#[test]
fn a_file_saved_in_gbk_is_told_from_the_disk_not_from_what_the_editor_made_of_it() {
    let mut editor = chinese();
    let bytes = [b"name: ".as_slice(), b"\xBC\xD7\xCA\xD0\xC7\xE5\xB5\xA5", b"\n"].concat();
    std::fs::write(editor.path(FILE), &bytes).expect("the disk works");
    editor.open(FILE, &String::from_utf8_lossy(&bytes));
    let wrong = editor.wrong_in(FILE);
    assert!(wrong.iter().any(|each| each["code"] == "QD1005"), "{wrong:?}");
}

#[test]
fn files_outside_of_a_catalogue_are_left_alone() {
    let mut editor = chinese();
    let outside = tempfile::tempdir().expect("a folder");
    let uri = format!("file://{}", outside.path().join("a.yaml").display());
    for uri in [uri.as_str(), "untitled:Untitled-1", "file:///%E6"] {
        let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": "a：b"});
        editor.tell("textDocument/didOpen", json!({"textDocument": document}));
    }
    let id = editor.ask("shutdown", Value::Null);
    match editor.next() {
        Message::Response(response) => assert_eq!(response.id, id),
        other => panic!("nothing is said of them: {other:?}"),
    }
}

#[test]
fn what_the_client_gets_wrong_ends_nothing() {
    let mut editor = Editor::silent();
    let too_early = editor.ask("textDocument/codeAction", json!({}));
    assert_eq!(editor.answer(&too_early), Err(-32002));
    let nonsense = editor.ask("initialize", json!("hello"));
    assert_eq!(editor.answer(&nonsense), Err(-32602));
    let id = editor.ask("initialize", greeting(&json!({})));
    assert!(editor.answer(&id).is_ok());
    for noise in [
        "Content-Length: 5\r\n\r\n{oops",
        "\r\n\r\n",
        "Content-Length: 999999999999\r\n\r\n",
        "Content-Length: 3\r\n\r\n[1]",
    ] {
        editor.input.write_all(noise.as_bytes()).expect("the server listens");
    }
    for method in [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "$/cancelRequest",
        "no/such",
    ] {
        editor.tell(method, json!({"textDocument": 7, "id": {}}));
        editor.tell(method, Value::Null);
    }
    editor.open(FILE, PLACE);
    let far =
        json!({"start": {"line": 99, "character": 99}, "end": {"line": 0, "character": 4_294_967_295u32}});
    editor.change(FILE, 2, &json!([{"range": far, "text": "!"}]));
    let unknown = editor.ask("textDocument/hover", json!({}));
    assert_eq!(editor.answer(&unknown), Err(-32601));
    let wrong = editor.ask("textDocument/codeAction", json!({"textDocument": []}));
    assert_eq!(editor.answer(&wrong), Err(-32602));
    assert!(!editor.wrong_in(FILE).is_empty(), "it still looks at texts");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn who_leaves_without_a_word_gets_exit_code_1() {
    let mut editor = chinese();
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().expect("it ends").code(), Some(1));
    let Editor { mut child, input, .. } = chinese();
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn after_shutdown_nothing_more_is_done() {
    let mut editor = chinese();
    let id = editor.ask("shutdown", Value::Null);
    assert!(editor.answer(&id).is_ok());
    let late = editor.ask("textDocument/codeAction", json!({}));
    assert_eq!(editor.answer(&late), Err(-32600));
    assert!(Path::new(&editor.path(FILE)).is_file());
}
