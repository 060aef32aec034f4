//! What a form sends, and what becomes of it.

use super::beside::{Sight, service_at};
use super::correct::{Correcting, correctable};
use super::deed::{Deed, TOKEN, value};
use super::guide::is_guide;
use super::ids::new_id;
use super::posted::{self, Pairs, Taken, written};
use super::subject::{Ground, Subject};
use super::tree::{Manner, entry, find, find_mut, name_of, node, put, text as text_node};
use super::whole::personal;
use super::words::Words;
use super::{Answer, EditPage, Editor, NEW, figures, journal};
use crate::analysis::Analysis;
use crate::catalogue::{AdoptingService, Provision, Service};
use crate::diagnostic::{Error, Message, UiLang};
use crate::route::percent_encoded;
use crate::schema::{Declared, Shape};
use crate::syntax::{Node, Value};
use crate::text;
use qingdan_analysis::compare::{QuoteMatch, quote_match};
use qingdan_document::tidy::{Untidy, rewritten};
use qingdan_exchange::import::said_by;
use qingdan_storage::{self as storage, Session};

/// A file while it is changed.
struct Work<'w, 'a> {
    subject: &'w Subject,
    root: Node,
    words: &'w Words<'a>,
    manner: &'w Manner,
    /// What was done, in words.
    what: Vec<Message>,
    /// Where to go then, if not to the same form.
    to: Option<String>,
}

impl Editor {
    /// Tells whether what was sent comes from a page of ours.
    pub fn knows(&self, sent: &Pairs) -> bool {
        value(sent, TOKEN).is_some_and(|token| token == self.token)
    }

    /// Takes what the form at `address` sends.
    pub fn take(&self, address: &str, sent: &Pairs, lang: UiLang) -> Answer {
        let taken = match Deed::of(sent) {
            Deed::Back => self.step(journal::Way::Back, address),
            Deed::Again => self.step(journal::Way::Again, address),
            Deed::Fix(kind) => self.fix(address, kind, sent),
            Deed::Create(path) => self.create(path, sent),
            Deed::Status(status) => self.set_status(address, status),
            // A page of its own has nothing to try: what is not saved is not there.
            Deed::Save if Self::is_translations(address) => self.take_translations(address, sent, lang),
            _ if is_guide(address) => self.take_guide(address, sent, lang),
            deed => self.change(address, &deed, sent, lang),
        };
        taken.unwrap_or_else(Answer::Refused)
    }

    fn change(&self, address: &str, deed: &Deed<'_>, sent: &Pairs, lang: UiLang) -> Result<Answer, Error> {
        let gone =
            || Error::Argument { reason: text!("没有这个表单了", "this form is not there any more") };
        let subject = Subject::parse(address).ok_or_else(gone)?;
        // Whoever only tries keeps nobody from writing.
        let session = match deed {
            Deed::Try => None,
            _ => Some(Session::open(&self.root)?),
        };
        let bytes = storage::bytes_of(&self.native(&subject.file))?.ok_or_else(gone)?;
        let outcome = self.known(&subject.file)?;
        let catalogue = outcome.catalogue.as_ref().ok_or_else(gone)?;
        let ground = Ground { outcome: &outcome, catalogue, lang };
        let mut page = self.form(&subject, &ground).ok_or_else(gone)?;
        let issue = page.correcting.is_some().then(|| correctable(&ground, &subject)).flatten();
        if issue.is_some() {
            page.correcting = Some(Correcting::of(&ground, sent));
        }
        let may = page.closed.is_none() || (issue.is_some() && matches!(deed, Deed::Save | Deed::Try));
        let Some((id, root)) = ground.tree(&subject.file).filter(|_| may) else {
            return Ok(Answer::Again(Box::new(page)));
        };
        let (words, manner) = (ground.words(&subject.kind), ground.manner(id));
        let mut work =
            Work { subject: &subject, root, words: &words, manner: &manner, what: Vec::new(), to: None };
        if let Some(refusal) = work.fields(&mut page, sent).or_else(|| work.done(self, deed, sent)) {
            page.refused = Some(ground.say(&refusal));
            return Ok(Answer::Again(Box::new(page)));
        }
        let Work { root, what, to, .. } = work;
        let to = to.unwrap_or_else(|| subject.href(usize::MAX));
        let old = &outcome.sources.file(id).text;
        let new = match rewritten(old, &root) {
            Ok(new) => new,
            Err(Untidy::Broken | Untidy::Unusual) => {
                let why = text!(
                    "这一处在文件里写得特别，表单改不了，什么也没有写；请在编辑器里改这个文件",
                    "this place is written in a way that forms cannot change; nothing was written. Change the file in an editor"
                );
                page.refused = Some(ground.say(&why));
                return Ok(Answer::Again(Box::new(page)));
            }
        };
        if let Some(refusal) = personal(old, &new) {
            page.refused = Some(ground.say(&refusal));
            return Ok(Answer::Again(Box::new(page)));
        }
        let Some(session) = session else {
            let as_if = if new == *old { outcome } else { self.as_if(&subject.file, new)? };
            return self.tried(&subject, &as_if, lang).ok_or_else(gone);
        };
        let stood = journal::Stood { path: &subject.file, bytes: Some(bytes), text: old };
        if let Some(issue) = issue.filter(|_| new != *old) {
            let written = (&stood, new.as_str());
            if let Some(refusal) = self.correct(&session, (&ground, issue), written, (sent, Vec::new()))? {
                page.refused = Some(ground.say(&refusal));
                return Ok(Answer::Again(Box::new(page)));
            }
        } else if new != *old {
            let what = summary(&page.title, &what);
            journal::write((&session, &self.root), &stood, &new, (&what, (self.today)()))?;
        }
        Ok(Answer::Go(to))
    }
}

/// Says what was done to what.
fn summary(title: &str, what: &[Message]) -> Message {
    let title: String = title.chars().take(24).collect();
    let zh = what.iter().map(|what| what.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = what.iter().map(|what| what.en.as_str()).collect::<Vec<_>>().join(", ");
    Message { zh: format!("{title}：{zh}"), en: format!("{title}: {en}") }
}

impl Work<'_, '_> {
    /// Takes the fields of the form; says why they cannot be taken, if so.
    fn fields(&mut self, page: &mut EditPage, sent: &Pairs) -> Option<Message> {
        let at = self.subject;
        let path = at.path.clone();
        if at.is_new {
            return self.new_item(page, sent);
        }
        let taken = posted::take(
            &mut self.root,
            (at.kind.shape, &path),
            &mut page.all(),
            sent,
            (self.words, self.manner),
        );
        let Taken { changed, conflict } = taken;
        self.what.extend(changed.into_iter().map(|name| Message { zh: name.clone(), en: name }));
        if let Some(refusal) = self.figures(&path, sent) {
            return Some(refusal);
        }
        self.follow_name(&path);
        conflict.then(|| {
            text!(
                "有几项刚才在别处改过，还没有存。看一看现在写的是什么，要用这里的就再存一次",
                "some of this was changed elsewhere meanwhile, and nothing was saved. Look at what it says now, and save again to use what stands here"
            )
        })
    }

    /// Changes the numbers of a provision that have another one in their field; says which cannot be changed for certain.
    fn figures(&mut self, path: &[String], sent: &Pairs) -> Option<Message> {
        for (name, to) in sent {
            let Some(from) = name.strip_prefix(figures::NAME) else { continue };
            let to = to.trim();
            if from == to {
                continue;
            }
            if !figures::change(&mut self.root, (self.subject.kind.shape, path), (from, to), self.manner) {
                return Some(text!(
                    "“{from}”不能有把握地都改成“{to}”，没有存；请在原文、白话和标准里逐处改",
                    "`{from}` cannot be changed to `{to}` in all places for certain, and nothing was saved; change the texts and the measure one by one"
                ));
            }
            self.what.push(Message { zh: format!("{from} → {to}"), en: format!("{from} → {to}") });
        }
        None
    }

    /// Takes the form of an item that is not there yet: it gets an id and stands behind the others.
    fn new_item(&mut self, page: &mut EditPage, sent: &Pairs) -> Option<Message> {
        let at = self.subject;
        // The new item has no number before something stands in it.
        let mut holder = node(Value::Map(Vec::new()));
        let list = find(&self.root, at.kind.shape, &at.path)?;
        let shape = match list.shape {
            Shape::List(item) | Shape::Several(item) => item,
            _ => return Some(text!("这里不能添", "nothing can be added here")),
        };
        let taken: Vec<String> = list
            .node
            .map_or(&[] as &[Node], Node::items)
            .iter()
            .filter_map(name_of)
            .map(str::to_owned)
            .collect();
        posted::take(&mut holder, (shape, &[]), &mut page.all(), sent, (self.words, self.manner));
        if holder.entries().is_empty() {
            return Some(text!("还什么都没有填", "nothing is filled in yet"));
        }
        let has_id =
            super::tree::table(shape, Some(&holder)).is_some_and(|table| table.field("id").is_some());
        let own = has_id.then(|| self.id_for(&mut holder, shape, &taken));
        let path = [at.path.as_slice(), &[NEW.to_owned()]].concat();
        put(&mut self.root, at.kind.shape, &path, Some(holder), self.manner);
        let step = own.unwrap_or_else(|| taken.len().to_string());
        self.what.push(text!("添了一项", "something new"));
        self.to = Some(format!("{}/{}", at.href(usize::MAX), percent_encoded(&step)));
        None
    }

    /// Gives an item an id unless somebody wrote one; returns it.
    fn id_for(&self, item: &mut Node, shape: &'static Shape, taken: &[String]) -> String {
        let path = ["id".to_owned()];
        if let Some(id) = find(item, shape, &path).and_then(|spot| spot.node?.text()) {
            return id.to_owned();
        }
        let text = |field: &str, lang: &str| {
            let spot = find(item, shape, &[field.to_owned(), lang.to_owned()]);
            spot.and_then(|spot| spot.node?.text()).map(str::to_owned)
        };
        let any = |lang: &str| ["title", "name", "plain"].iter().find_map(|field| text(field, lang));
        let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
        let fallback = self.subject.path.last().map_or("item", |list| list.trim_end_matches('s'));
        let id = new_id(any("en").as_deref(), any("zh").as_deref(), fallback, &taken);
        put(item, shape, &path, Some(text_node(id.clone())), self.manner);
        id
    }

    /// Notes where the form is once its part has another name.
    fn follow_name(&mut self, path: &[String]) {
        let Some((_, above)) = path.split_last() else { return };
        if find(&self.root, self.subject.kind.shape, path).is_none_or(|spot| spot.node.is_none()) {
            let last = find(&self.root, self.subject.kind.shape, above).and_then(|spot| spot.node);
            let is_list = last.is_some_and(|node| matches!(node.value, Value::List(_)));
            if is_list {
                self.to = Some(self.subject.href(above.len().saturating_sub(1)));
            }
        }
    }

    /// Does what a button asks for; says why it cannot be done, if so.
    fn done(&mut self, editor: &Editor, deed: &Deed<'_>, sent: &Pairs) -> Option<Message> {
        match deed {
            Deed::Save
            | Deed::Try
            | Deed::Back
            | Deed::Again
            | Deed::Fix(_)
            | Deed::Create(_)
            | Deed::Status(_) => {}
            Deed::Delete => self.delete(),
            Deed::Up => self.shift(true),
            Deed::Down => self.shift(false),
            Deed::Adopt(which) => return self.adopt(editor, which),
            Deed::Clause(words) => return self.clause(editor, words),
            Deed::Covers(address) => self.covers(address),
            Deed::Fill => return self.fill(editor),
            Deed::Name(path) => return self.name(path, sent),
        }
        None
    }

    /// Returns the list that the part stands in, and its place there.
    fn list(&mut self) -> Option<(&mut Vec<Node>, usize)> {
        let (step, above) = self.subject.path.split_last()?;
        let list = find_mut(&mut self.root, self.subject.kind.shape, above)?;
        let Value::List(items) = &mut list.value else { return None };
        let named = items.iter().position(|item| name_of(item) == Some(step.as_str()));
        let at = named.or_else(|| step.parse().ok().filter(|at| *at < items.len()))?;
        Some((items, at))
    }

    fn delete(&mut self) {
        let steps = self.subject.path.len();
        if let Some((items, at)) = self.list() {
            items.remove(at);
            let is_last = items.is_empty();
            if is_last {
                put(
                    &mut self.root,
                    self.subject.kind.shape,
                    &self.subject.path[..steps - 1],
                    None,
                    self.manner,
                );
            }
            self.what.push(text!("删去", "removed"));
            self.to = Some(self.subject.href(steps.saturating_sub(2)));
        }
    }

    fn shift(&mut self, up: bool) {
        if let Some((items, at)) = self.list() {
            let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|at| *at < items.len()) };
            if let Some(other) = other {
                items.swap(at, other);
                self.what.push(if up { text!("上移", "moved up") } else { text!("下移", "moved down") });
            }
        }
    }

    /// Takes services of the baseline over as they are.
    fn adopt(&mut self, editor: &Editor, which: &str) -> Option<Message> {
        let analysis = Analysis::new(self.words.catalogue, (editor.today)());
        let open = Sight { words: self.words, analysis: &analysis }.open_services();
        let chosen: Vec<String> =
            open.into_iter().map(|(id, _)| id).filter(|id| which == "*" || id == which).collect();
        if chosen.is_empty() {
            return Some(text!("没有可以照录的项目了", "there is nothing left to take over"));
        }
        for id in &chosen {
            let path = ["services", NEW].map(str::to_owned);
            let key =
                AdoptingService::TABLE.field("adopts").map_or("adopts", |field| self.manner.keys.key(field));
            let item = node(Value::Map(vec![entry(key, text_node(id.clone()))]));
            put(&mut self.root, self.subject.kind.shape, &path, Some(item), self.manner);
        }
        let count = chosen.len();
        self.what.push(text!("照上级清单采用 {count} 项", "taken over from the baseline: {count}"));
        None
    }

    fn service(&self) -> Option<&'_ Service> {
        let edition = self.words.edition?;
        service_at(edition.edition, self.subject.path.get(1)?)
    }

    /// Makes a provision of official words, with what they say, and what they answer if the baseline has the same words.
    fn clause(&mut self, editor: &Editor, quote: &str) -> Option<Message> {
        let gone = || Some(text!("先改好这一项的错误，再添条款", "mend the mistakes of this service first"));
        let Some(service) = self.service().cloned() else { return gone() };
        let analysis = Analysis::new(self.words.catalogue, (editor.today)());
        let sight = Sight { words: self.words, analysis: &analysis };
        let quote = quote.trim_end_matches([';', '；', '。', '.']).trim();
        let answered = sight.answered(&service, quote);
        let taken: Vec<&str> = service.body.provisions.iter().map(|known| known.id.value.as_str()).collect();
        let like = answered.map(|(_, provision)| provision.id.value.clone());
        let id = like.filter(|id| !taken.contains(&id.as_str()));
        let id = id.unwrap_or_else(|| new_id(None, Some(quote), "clause", &taken));
        let mut values = vec![
            (vec!["id".to_owned()], vec![id.clone()]),
            (vec!["quote".to_owned()], vec![quote.to_owned()]),
            (vec!["plain".to_owned(), self.manner.reference.as_str().to_owned()], vec![quote.to_owned()]),
        ];
        let wording = sight.wording()?;
        values.extend(said_by(quote, answered, (&self.words.catalogue.vocabulary, wording)));
        // What is only alike a person has to say.
        let is_same = |provision: &Provision| quote_match(&provision.quote.value, quote) == QuoteMatch::Same;
        if let Some((service, provision)) = answered.filter(|(_, provision)| is_same(provision)) {
            let address = format!("{}/{}", service.id.value, provision.id.value);
            values.push((vec!["covers".to_owned()], vec![address]));
        }
        let list = [self.subject.path.as_slice(), &["provisions".to_owned()]].concat();
        let new = [list.as_slice(), &[NEW.to_owned()]].concat();
        let Some(Shape::List(shape)) =
            find(&self.root, self.subject.kind.shape, &list).map(|spot| spot.shape)
        else {
            return gone();
        };
        let mut item = node(Value::Map(Vec::new()));
        values.into_iter().for_each(|(path, values)| self.set(&mut item, shape, &path, &values));
        put(&mut self.root, self.subject.kind.shape, &new, Some(item), self.manner);
        self.what.push(text!("添了条款", "a new provision"));
        self.to = Some(format!("{}/provisions/{id}", self.subject.href(usize::MAX)));
        None
    }

    fn set(&self, root: &mut Node, shape: &'static Shape, path: &[String], values: &[String]) {
        let Some(spot) = find(root, shape, path) else { return };
        let value = written(&values.join("\n"), spot.shape, spot.node, (self.words, self.manner));
        put(root, shape, path, value, self.manner);
    }

    /// Lets the provision answer one of the baseline, or not any more.
    fn covers(&mut self, address: &str) {
        let path = [self.subject.path.as_slice(), &["covers".to_owned()]].concat();
        let spot = find(&self.root, self.subject.kind.shape, &path);
        let items = spot.and_then(|spot| spot.node).map_or(&[] as &[Node], Node::items);
        let mut known: Vec<String> = items.iter().filter_map(Node::text).map(str::to_owned).collect();
        match known.iter().position(|known| known == address) {
            Some(at) => drop(known.remove(at)),
            None => known.push(address.to_owned()),
        }
        let mut root = std::mem::replace(&mut self.root, node(Value::Empty));
        self.set(&mut root, self.subject.kind.shape, &path, &known);
        self.root = root;
        self.what.push(text!("对应", "what it answers"));
    }

    /// Fills empty fields with what the words of the provision say.
    fn fill(&mut self, editor: &Editor) -> Option<Message> {
        let service = self.service().cloned()?;
        let provision = self.subject.path.last()?;
        let provision = service.body.provisions.iter().find(|known| known.id.value == *provision)?;
        let analysis = Analysis::new(self.words.catalogue, (editor.today)());
        let sight = Sight { words: self.words, analysis: &analysis };
        let quote = &provision.quote.value;
        let said = said_by(
            quote,
            sight.answered(&service, quote),
            (&self.words.catalogue.vocabulary, sight.wording()?),
        );
        let mut root = self.root.clone();
        for (path, values) in said {
            let path = [self.subject.path.as_slice(), &path].concat();
            let is_free = find(&root, self.subject.kind.shape, &path).is_some_and(|spot| spot.node.is_none());
            if is_free {
                self.set(&mut root, self.subject.kind.shape, &path, &values);
                self.what.push(self.label(&path));
            }
        }
        self.root = root;
        if self.what.is_empty() {
            Some(text!("原文没有说出更多", "the words say nothing more"))
        } else {
            None
        }
    }

    /// Returns what the value at a path is called.
    fn label(&self, path: &[String]) -> Message {
        let mut labels = (1..=path.len()).rev().filter_map(|length| {
            let (name, above) = path[..length].split_last()?;
            let spot = find(&self.root, self.subject.kind.shape, above)?;
            let field = super::tree::table(spot.shape, spot.node)?.field(name)?;
            Some(Message { zh: field.zh.to_owned(), en: field.key.replace('_', " ") })
        });
        labels.next().unwrap_or_else(|| text!("一项", "a field"))
    }

    /// Leads to the form of a part with a name of its own.
    fn name(&mut self, path: &str, sent: &Pairs) -> Option<Message> {
        let name = value(sent, &format!("n{path}")).unwrap_or_default().trim();
        if name.is_empty() {
            return Some(text!("先写上名称", "write its name first"));
        }
        let steps = path.split('/').skip(1).chain([name]).map(percent_encoded);
        let steps: Vec<String> = steps.collect();
        self.to = Some(format!("{}/{}", self.subject.href(usize::MAX), steps.join("/")));
        None
    }
}
