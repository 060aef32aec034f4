//! Where a catalogue and its site go: the files of `export hosting`, held against each other, and tried where that is possible.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::mpsc;
use std::thread;

use serde_json::Value;

use files::Tree;

/// What makes a list wrong: an area that no vocabulary has.
const MISTAKE: &str = "code: '990000'\n领域： 无\n";

/// Returns the files for a site that offers pieces, at an address of its own.
fn hosting() -> Tree {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    succeeds(&program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]));
    let settings = temp.path().join("demo/site.yaml");
    let written = fs::read_to_string(&settings).expect("it is there");
    let more = "embeds: offered\nbase_url: https://lists.example.org/some/base/\n";
    fs::write(&settings, written + more).expect("it can be written");
    succeeds(&program::qingdan(temp.path(), &["export", "hosting", "demo", "--out", "hosting"], &[]));
    files::tree(&temp.path().join("hosting"))
}

fn succeeds(ran: &program::Ran) {
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}

fn text(tree: &Tree, name: &str) -> String {
    let bytes = tree.get(name).unwrap_or_else(|| panic!("{name} is not there"));
    String::from_utf8(bytes.clone()).expect("it is text")
}

fn yaml(tree: &Tree, name: &str) -> Value {
    serde_yaml::from_str(&text(tree, name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The values of attributes, `element name` to all of them, in order; fails on what is not well-formed.
fn attributes(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut open) = (Vec::new(), 0_i32);
    loop {
        let element = match reader.read_event().expect("it is well-formed") {
            quick_xml::events::Event::Start(element) => {
                open += 1;
                element
            }
            quick_xml::events::Event::Empty(element) => element,
            quick_xml::events::Event::End(_) => {
                open -= 1;
                continue;
            }
            quick_xml::events::Event::Eof => break,
            _ => continue,
        };
        let name = element.name().as_ref().to_owned();
        for attribute in element.attributes() {
            let attribute = attribute.expect("it is well-formed");
            let key = attribute.key.as_ref().to_owned();
            let value = attribute.value.into_owned();
            found.push((format!("{name} {key}"), value.replace("&#39;", "'").replace("&apos;", "'")));
        }
    }
    assert_eq!(open, 0, "every element ends");
    found
}

#[test]
fn iis_is_told_what_nginx_is_told() {
    let tree = hosting();
    let (iis, nginx) = (text(&tree, "web.config"), text(&tree, "nginx.conf"));
    let said = attributes(&iis);
    let values = |wanted: &str| -> Vec<&str> {
        said.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).collect()
    };
    // Policies and headers.
    let policies: Vec<&str> = nginx
        .lines()
        .filter_map(|line| line.split('"').find(|part| part.starts_with("default-src")))
        .collect();
    assert_eq!(policies.len(), 2, "{nginx}");
    for value in policies.into_iter().chain(["nosniff", "DENY", "no-referrer"]) {
        assert!(values("add value").contains(&value), "{value}");
    }
    // Types of files, with the set of characters where they are text.
    let types =
        nginx.split("types {").nth(1).and_then(|rest| rest.split('}').next()).expect("nginx has types");
    let charset = nginx.lines().find(|line| line.contains("charset_types")).expect("nginx has them");
    let ends = values("mimeMap fileExtension");
    assert_eq!(ends, values("remove fileExtension"), "a type that IIS knows already has to go first");
    for (line, (end, kind)) in
        types.lines().filter(|line| !line.trim().is_empty()).zip(ends.iter().zip(values("mimeMap mimeType")))
    {
        let (name, known) = line.trim().trim_end_matches(';').split_once(' ').expect("a type and an end");
        assert_eq!(*end, format!(".{known}"));
        let is_text =
            name == "text/html" || charset.split(' ').any(|word| word.trim_end_matches(';') == name);
        assert_eq!(kind, if is_text { format!("{name}; charset=utf-8") } else { name.to_owned() });
    }
    // The page for addresses that are none, by language; what is hidden; what lasts.
    for path in ["404.html", "zh\\404.html", "en\\404.html"] {
        assert_eq!(values("error path").iter().filter(|known| **known == path).count(), 2, "{path}");
    }
    assert!(values("add segment").contains(&".qingdan-manifest"));
    assert_eq!(values("location path"), ["zh", "en", "assets", "embed"]);
    assert_eq!(values("clientCache cacheControlMode"), ["DisableCache", "UseMaxAge"]);
}

/// Returns what the steps of a job run, by their names or places.
fn runs(job: &Value) -> Vec<&str> {
    job["steps"].as_array().into_iter().flatten().filter_map(|step| step["run"].as_str()).collect()
}

#[test]
fn files_for_services_are_what_these_read() {
    let tree = hosting();
    for (name, job) in [("github-check.yml", "check"), ("github-pages.yml", "publish")] {
        let file = yaml(&tree, name);
        assert!(file["on"]["push"]["branches"].is_array(), "{name}");
        assert!(file["permissions"]["contents"] == "read", "{name}");
        let job = &file["jobs"][job];
        assert!(job["runs-on"].is_string() && job["timeout-minutes"].is_u64(), "{name}");
        let steps = job["steps"].as_array().expect("there are steps");
        assert!(steps.iter().all(|step| step["uses"].is_string() != step["run"].is_string()), "{name}");
        assert!(runs(job).iter().any(|run| run.contains("qingdan ")), "{name}");
        let fetched = steps.iter().find(|step| step["name"] == "qingdan").expect("the program is fetched");
        assert_eq!(fetched["env"]["QINGDAN_URL"], "${{ vars.QINGDAN_URL }}", "{name}");
    }
    let gitlab = yaml(&tree, "gitlab-ci.yml");
    assert_eq!(gitlab["check"]["artifacts"]["reports"]["codequality"], "findings.json");
    assert_eq!(gitlab["pages"]["artifacts"]["paths"][0], "public");
    let gitee = yaml(&tree, "gitee-check.yml");
    assert!(gitee["triggers"]["pr"].is_object() && gitee["version"] == "1.0");
    let commands = gitee["stages"][0]["steps"][0]["commands"].as_array().expect("there are commands");
    assert!(
        commands.iter().any(|command| command.as_str().is_some_and(|text| text.contains("gitee-comment.sh")))
    );
    let hooks: Value = serde_yaml::from_str(include_str!("../.pre-commit-hooks.yaml")).expect("it is YAML");
    for hook in hooks.as_array().expect("a list") {
        for key in ["id", "name", "entry", "language", "files"] {
            assert!(hook[key].is_string(), "{key}");
        }
    }
}

/// A repository with the demonstration in `content`, and the program on the way to programs.
struct Desk {
    temp: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let desk = Self { temp };
        succeeds(&program::qingdan(desk.path(), &["init", "--demo", "content"], &[]));
        for (name, bytes) in hosting() {
            fs::create_dir_all(desk.path().join("hosting")).expect("there is room");
            fs::write(desk.path().join("hosting").join(name), bytes).expect("there is room");
        }
        desk.git(&["init", "--quiet", "--initial-branch=main"]);
        desk.git(&["add", "content"]);
        desk.git(&["commit", "--quiet", "--message=lists"]);
        desk
    }

    fn path(&self) -> &Path {
        self.temp.path()
    }

    fn spoil(&self) {
        let place = self.path().join("content/shifan/jiashi/place.yaml");
        let written = fs::read_to_string(&place).expect("it is there");
        fs::write(&place, written + MISTAKE).expect("it can be written");
    }

    /// Runs a line of a shell.
    fn shell(&self, line: &str, environment: &[(&str, &str)]) -> Output {
        let own = PathBuf::from(env!("CARGO_BIN_EXE_qingdan"));
        let programs = std::env::var("PATH").unwrap_or_default();
        let programs = format!("{}:{programs}", own.parent().expect("it lies in a folder").display());
        Command::new("sh")
            .args(["-e", "-c", line])
            .current_dir(self.path())
            .env("PATH", programs)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Li")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "li@example.org")))
            .env_remove("GITHUB_STEP_SUMMARY")
            .envs(environment.iter().copied())
            .output()
            .expect("there is a shell")
    }

    fn git(&self, words: &[&str]) -> String {
        let ran = self.shell(&format!("git {}", words.join(" ")), &[]);
        assert!(ran.status.success(), "{words:?}: {}", said(&ran));
        String::from_utf8_lossy(&ran.stdout).trim().to_owned()
    }
}

fn said(ran: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr))
}

#[cfg(unix)]
#[test]
fn what_services_run_tells_findings_and_fails_on_errors() {
    let desk = Desk::new();
    let tree = files::tree(&desk.path().join("hosting"));
    let github = yaml(&tree, "github-check.yml");
    let github = *runs(&github["jobs"]["check"]).last().expect("the check is last");
    let gitlab = yaml(&tree, "gitlab-ci.yml");
    let gitlab: Vec<&str> =
        gitlab["check"]["script"].as_array().expect("a script").iter().filter_map(Value::as_str).collect();
    let gitlab = gitlab.join("\n");
    let content = &[("CATALOGUE", "content"), ("QINGDAN_CATALOGUE", "content")];
    for (is_good, level) in
        [(true, "::warning"), (false, "::error file=content/shifan/jiashi/place.yaml,line=")]
    {
        if !is_good {
            desk.spoil();
        }
        let ran = desk.shell(github, content);
        assert_eq!(ran.status.success(), is_good, "{}", said(&ran));
        assert!(said(&ran).contains(level), "{}", said(&ran));
        let ran = desk.shell(&gitlab, content);
        assert_eq!(ran.status.success(), is_good, "{}", said(&ran));
        let report = fs::read_to_string(desk.path().join("findings.json")).expect("it was written");
        let report: Value = serde_json::from_str(&report).expect("it is JSON");
        let issues = report.as_array().expect("a list of issues");
        let is_error = |issue: &Value| {
            issue["severity"] == "major" && issue["location"]["path"] == "content/shifan/jiashi/place.yaml"
        };
        assert_eq!(issues.iter().any(is_error), !is_good);
        let prints: std::collections::BTreeSet<_> =
            issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
        assert_eq!(prints.len(), issues.len(), "each has a fingerprint of its own");
    }
    let pages = yaml(&tree, "github-pages.yml");
    let build = *runs(&pages["jobs"]["publish"]).last().expect("the build is last");
    desk.git(&["checkout", "--quiet", "content"]);
    let ran = desk.shell(build, &[("CATALOGUE", "content"), ("BASE_URL", "https://example.org/lists")]);
    assert!(ran.status.success(), "{}", said(&ran));
    let page = fs::read_to_string(desk.path().join("public/zh/index.html")).expect("the site is there");
    assert!(page.contains("href=\"https://example.org/lists/zh/\""), "{page}");
}

#[cfg(unix)]
#[test]
fn a_commit_is_checked_by_what_it_would_hold() {
    let desk = Desk::new();
    let hook = "cp hosting/pre-commit .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit";
    assert!(desk.shell(hook, &[]).status.success());
    let commit = || desk.shell("git commit --quiet --message=more", &[]);
    // A good change passes, although what is not added yet is wrong.
    fs::write(desk.path().join("note.md"), "x\n").expect("there is room");
    desk.git(&["add", "note.md"]);
    desk.spoil();
    let ran = commit();
    assert!(ran.status.success(), "{}", said(&ran));
    // Once it is added, the commit is refused, and what is wrong is told.
    desk.git(&["add", "content"]);
    let ran = commit();
    assert!(!ran.status.success(), "{}", said(&ran));
    assert!(said(&ran).contains("shifan/jiashi/place.yaml:"), "{}", said(&ran));
    assert_eq!(desk.git(&["rev-list", "--count", "HEAD"]), "2");
    // Mended on the disk only, it still is; mended and added, it passes.
    desk.git(&["restore", "--source=HEAD", "--worktree", "content"]);
    assert!(!commit().status.success());
    desk.git(&["restore", "--source=HEAD", "--staged", "content"]);
    fs::write(desk.path().join("note.md"), "y\n").expect("there is room");
    desk.git(&["add", "note.md"]);
    assert!(commit().status.success());
    // A repository without a catalogue is left alone.
    let ran = desk.shell("QINGDAN_CATALOGUE=none sh hosting/pre-commit", &[]);
    assert!(ran.status.success() && said(&ran).contains("nothing was checked"), "{}", said(&ran));
}

/// Answers two requests: which pull requests there are, and a comment; returns what was asked.
fn forge(answer: String) -> (String, mpsc::Receiver<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = format!("http://{}/api/v5", listener.local_addr().expect("it has an address"));
    let (sender, heard) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("somebody asks");
            let mut reader = BufReader::new(stream.try_clone().expect("it can be read"));
            let (mut first, mut length) = (String::new(), 0);
            reader.read_line(&mut first).expect("it can be read");
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).expect("it can be read");
                let line = line.trim().to_ascii_lowercase();
                if let Some(known) = line.strip_prefix("content-length:") {
                    length = known.trim().parse().expect("a length");
                }
                if line.is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("it can be read");
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                answer.len()
            );
            stream.write_all((head + &answer).as_bytes()).expect("somebody listens");
            if sender.send((first.trim().to_owned(), String::from_utf8_lossy(&body).into_owned())).is_err() {
                return;
            }
        }
    });
    (address, heard)
}

#[cfg(unix)]
#[test]
fn findings_are_a_comment_on_the_pull_request_of_this_commit() {
    // Where there is no Python, the service could not run it either.
    if Command::new("python3").arg("--version").output().is_err() {
        return;
    }
    let desk = Desk::new();
    desk.git(&["remote", "add", "origin", "https://gitee.example/office/lists.git"]);
    let head = desk.git(&["rev-parse", "HEAD"]);
    desk.spoil();
    let pulls =
        serde_json::json!([{"number": 3, "head": {"sha": "0"}}, {"number": 7, "head": {"sha": head}}]);
    let (api, heard) = forge(pulls.to_string());
    let script = "sh hosting/gitee-comment.sh content";
    // Without a token the findings are in the log, and nobody is asked.
    let ran = desk.shell(script, &[("GITEE_API", &api), ("GITEE_TOKEN", "")]);
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
    assert!(said(&ran).contains("place.yaml:") && heard.try_recv().is_err(), "{}", said(&ran));
    let ran = desk.shell(script, &[("GITEE_API", &api), ("GITEE_TOKEN", "secret")]);
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
    let (asked, _) = heard.recv().expect("the pull requests are asked for");
    assert!(asked.starts_with("GET /api/v5/repos/office/lists/pulls?state=open"), "{asked}");
    let (asked, body) = heard.recv().expect("a comment is sent");
    assert!(asked.starts_with("POST /api/v5/repos/office/lists/pulls/7/comments"), "{asked}");
    let body: Value = serde_json::from_str(&body).expect("it is JSON");
    let comment = body["body"].as_str().expect("a text");
    assert!(comment.contains("有错误") && comment.contains("place.yaml:"), "{comment}");
    assert_eq!(body["access_token"], "secret");
    assert!(!said(&ran).contains("secret"), "the token is told nobody");
}
