//! The desk: who asks gets an answer from what is shown now.

use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use super::connections::{Connections, Visitor};
use super::events::{Bell, EVENTS, HEARTBEAT};
use super::hosts::Hosts;
use super::key::Key;
use super::reply::Reply;
use super::request::{self, Fault, Request};
use super::shown::{Guest, OURS, Shown};
use super::{Options, Preview, forms};
use crate::diagnostic::{Message, UiLang};
use crate::text;

/// What the threads that answer share.
pub(super) struct Responder {
    hosts: Hosts,
    key: Option<Key>,
    lang: UiLang,
    /// Whether other computers get the findings, too.
    shares_findings: bool,
    connections: Arc<Connections>,
    shown: RwLock<Arc<Shown>>,
    bell: Arc<Bell>,
    /// Held while a file is taken.
    uploading: Mutex<()>,
}

impl Responder {
    /// Returns a desk that shows `shown`, to those who have the key.
    pub fn new(options: &Options, key: Option<Key>, shown: Shown) -> Self {
        Self {
            hosts: Hosts::new(&options.host),
            key,
            lang: options.lang,
            shares_findings: options.shares_findings,
            connections: Arc::default(),
            shown: RwLock::new(Arc::new(shown)),
            bell: Arc::new(Bell::new(HEARTBEAT)),
            uploading: Mutex::new(()),
        }
    }

    /// Shows what a build gave and tells the open pages.
    pub fn show(&self, preview: Preview) {
        let shown = Arc::new(Shown::after(preview, Some(&self.shown())));
        let before = {
            let mut place = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *place, shown)
        };
        self.bell.ring();
        // Freeing a large site takes a while, in which nobody would hear that we are to stop.
        let _ = thread::Builder::new().spawn(move || drop(before));
    }

    /// Ends the streams and admits nobody any more; answers that are on their way have `patience`.
    pub fn close(&self, patience: Duration) {
        self.bell.stop();
        self.connections.close(patience);
    }

    /// Tells whether the desk was closed.
    pub fn is_closed(&self) -> bool {
        self.bell.is_stopped()
    }

    /// Gives a newcomer a place. `None` once closed.
    pub fn admit(&self, socket: TcpStream) -> Option<Visitor> {
        // An answer is written in large pieces: none has to wait for more.
        let _ = socket.set_nodelay(true);
        self.connections.admit(socket)
    }

    /// Reads what a visitor asks, and answers.
    pub fn attend(&self, visitor: Visitor) {
        let request = match request::read(visitor.socket()) {
            Ok(request) => request,
            Err(fault) => return self.refuse(visitor, fault),
        };
        visitor.has_asked();
        let reply = match request.method.as_str() {
            "POST" => Some(self.take(&request, &visitor)),
            _ => self.reply(&request, visitor.is_here()),
        };
        let Some(reply) = reply else {
            if let Ok(line) = visitor.leave() {
                self.bell.open(line, request.is_1_1);
            }
            return;
        };
        let head_only = request.method == "HEAD";
        // Visitors may leave before they get their answer.
        if visitor.send(&reply.head(), reply.content(head_only)).is_ok() {
            visitor.part(request.has_more && request.method != "POST" || reply.status >= 400);
        }
    }

    /// Says why there is no answer, to those who may still listen.
    fn refuse(&self, visitor: Visitor, fault: Fault) {
        let reply = match fault {
            Fault::Nothing => return,
            Fault::Slow => Reply::text(408, self.lang, &text!("请求来得太慢", "the request came too slowly")),
            Fault::Large => Reply::text(431, self.lang, &text!("请求太长", "the request is too long")),
            Fault::Garbled => Reply::text(
                400,
                self.lang,
                &text!(
                    "这不是网页请求；地址请以 http:// 开头",
                    "this is no request for a page; the address starts with http://"
                ),
            ),
        };
        if visitor.send(&reply.head(), reply.content(false)).is_ok() {
            visitor.part(true);
        }
    }

    /// Returns the answer to a request from here or elsewhere; `None` for the stream of events.
    fn reply(&self, request: &Request, is_here: bool) -> Option<Reply> {
        if let Some(refusal) = self.refusal(request).or_else(|| self.at_the_door(request)) {
            return Some(refusal);
        }
        if request.target.split('?').next() == Some(EVENTS) && request.method == "GET" {
            return None;
        }
        // Named before the page is looked up: a page that is newer than it says reloads once too often,
        // one that is older would never.
        let build = self.bell.build();
        let guest = Guest { is_trusted: is_here || self.shares_findings, is_here };
        let accepted = request.first("accept-language");
        let reply = self.shown().reply(&request.target, accepted, self.lang, guest);
        Some(reply.header("Server-Timing", format!("build;desc=\"{build}\"")))
    }

    /// Takes what a form sends: from this computer, and from a page of ours only.
    fn take(&self, request: &Request, visitor: &Visitor) -> Reply {
        if let Some(refusal) = self.refusal(request).or_else(|| self.at_the_door(request)) {
            return refusal;
        }
        if !visitor.is_here() || !forms::is_from_here(request) {
            let reason = text!("只能在这台电脑上修改", "changes can be made on this computer only");
            return Reply::text(403, self.lang, &reason);
        }
        // Files are taken one at a time, so that no more than one lies in memory while it is read.
        let is_upload = forms::has_file(request);
        let _one = is_upload.then(|| self.uploading.lock().unwrap_or_else(PoisonError::into_inner));
        let largest = if is_upload { request::LARGEST_UPLOAD } else { request::LARGEST_BODY };
        let body = match request::body(visitor.socket(), request, largest) {
            Ok(body) => body,
            Err(Fault::Large) if is_upload => return Reply::text(413, self.lang, &too_large()),
            Err(fault) => {
                return Reply::text(if fault == Fault::Large { 413 } else { 400 }, self.lang, &unread());
            }
        };
        let Some(sent) = forms::form(request, &body) else { return Reply::text(400, self.lang, &unread()) };
        let reply = self.shown().take(&request.target, &sent, request.first("accept-language"));
        let none = || Reply::text(404, self.lang, &text!("没有这个表单", "there is no such form"));
        reply.unwrap_or_else(none)
    }

    /// Returns why this request gets nothing; the host is looked at before anything else.
    fn refusal(&self, request: &Request) -> Option<Reply> {
        let mut hosts = request.all("host");
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            let reason = text!("请求里必须有一个 Host", "a request needs one Host");
            return Some(Reply::text(400, self.lang, &reason));
        };
        if !self.hosts.contain(host) {
            let reason = text!("这个名称不属于本服务", "this name is not ours");
            return Some(Reply::text(421, self.lang, &reason));
        }
        let is_form = request.method == "POST" && request.target.trim_start_matches('/').starts_with(OURS);
        if !matches!(request.method.as_str(), "GET" | "HEAD") && !is_form {
            let reason = text!("这里只能读取", "things can only be read here");
            return Some(Reply::text(405, self.lang, &reason).header("Allow", "GET, HEAD"));
        }
        None
    }

    /// Takes the key, or asks for it. `None` for those who have it.
    fn at_the_door(&self, request: &Request) -> Option<Reply> {
        let key = self.key.as_ref()?;
        if let Some(welcome) = key.taken(request) {
            return Some(welcome);
        }
        let reason = text!(
            "这是草稿预览，要用终端里显示的完整地址（带 key=）打开；请向发给您地址的人要",
            "this is a preview of drafts: open it by the whole address that the terminal shows, with key=; ask whoever sent you here"
        );
        (!key.is_held(request)).then(|| Reply::text(403, self.lang, &reason))
    }

    fn shown(&self) -> Arc<Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Says that a file is too large.
fn too_large() -> Message {
    text!(
        "文件超过 8 MB，没有读；只留下清单那张表，删去图片，再导入",
        "the file is larger than 8 MB and was not read; keep only the table of the list, without pictures, and import again"
    )
}

/// Says that a form did not arrive.
fn unread() -> Message {
    text!(
        "没有收到完整的表单，什么也没有写；请再试一次",
        "the form did not arrive as a whole, and nothing was written; try again"
    )
}
