//! Descriptions of things by their addresses (RDF), and their two forms: Turtle and JSON-LD.

use std::collections::BTreeMap;

use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphNameRef, Literal, NamedNode, Quad, Term, Triple};
use oxttl::TurtleSerializer;

use crate::api::{DataFile, Day, Documents, Texts};
use crate::route::Route;

/// The vocabularies that are used, by the short names that stand for them.
pub(super) const PREFIXES: &[(&str, &str)] = &[
    ("adms", "http://www.w3.org/ns/adms#"),
    ("cpsv", "http://purl.org/vocab/cpsv#"),
    ("cv", "http://data.europa.eu/m8g/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("locn", "http://www.w3.org/ns/locn#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Returns the address that a short name such as `dct:title` stands for.
fn expanded(short: &str) -> NamedNode {
    let (prefix, name) = short.split_once(':').expect("a short name has a prefix");
    let (_, base) = PREFIXES.iter().find(|(known, _)| *known == prefix).expect("the prefix is known");
    NamedNode::new_unchecked(format!("{base}{name}"))
}

/// What is said of a thing: a property by its short name, with its value.
pub(super) type Said = (&'static str, Term);

/// Descriptions of things, each thing once.
pub(super) struct Graph<'d> {
    documents: &'d Documents,
    things: BTreeMap<String, Vec<Said>>,
}

impl<'d> Graph<'d> {
    /// Begins with nothing.
    pub(super) fn new(documents: &'d Documents) -> Self {
        Self { documents, things: BTreeMap::new() }
    }

    /// Describes the thing at `address`, of a class by its short name. What is described already stays as it is.
    /// Returns the address.
    pub(super) fn describe(
        &mut self,
        address: String,
        class: &'static str,
        said: impl FnOnce(&mut Self) -> Vec<Said>,
    ) -> String {
        if !self.things.contains_key(&address) {
            self.things.insert(address.clone(), vec![("rdf:type", expanded(class).into())]);
            let said = said(self);
            self.things.entry(address.clone()).or_default().extend(said);
        }
        address
    }

    /// Says more of a thing that is described.
    pub(super) fn say(&mut self, address: &str, more: Vec<Said>) {
        self.things.entry(address.to_owned()).or_default().extend(more);
    }

    /// Says a text in each of its languages.
    pub(super) fn texts(&self, property: &'static str, texts: &Texts) -> Vec<Said> {
        let tag = |code: &str| {
            let known = self.documents.index.languages.iter().find(|language| language.code == code);
            known.map_or_else(|| code.to_owned(), |language| language.tag.clone())
        };
        let literal = |(code, text): (&str, &str)| {
            let literal = Literal::new_language_tagged_literal(text, tag(code)).ok()?;
            Some((property, Term::from(literal)))
        };
        texts.iter().filter_map(literal).collect()
    }

    /// Says a text that may be lacking.
    pub(super) fn some_texts(&self, property: &'static str, texts: Option<&Texts>) -> Vec<Said> {
        texts.map_or_else(Vec::new, |texts| self.texts(property, texts))
    }

    /// Returns the files of what was described: `{path}.ttl` and `{path}.jsonld`.
    pub(super) fn files(&self, path: &str) -> Vec<DataFile> {
        vec![
            (Route::new(format!("{path}.ttl")), self.turtle()),
            (Route::new(format!("{path}.jsonld")), self.json_ld()),
        ]
    }

    fn triples(&self) -> impl Iterator<Item = Triple> + '_ {
        self.things.iter().flat_map(|(address, said)| {
            let subject = NamedNode::new_unchecked(address);
            // Equal properties stand together, so that each is named once.
            let mut said: Vec<&Said> = said.iter().collect();
            said.sort_by_key(|(property, _)| (*property != "rdf:type", *property));
            said.into_iter()
                .map(move |(property, value)| Triple::new(subject.clone(), expanded(property), value.clone()))
        })
    }

    fn turtle(&self) -> Vec<u8> {
        let known = |serializer: TurtleSerializer, (name, address): &(&str, &str)| {
            serializer.with_prefix(*name, *address).expect("the addresses of vocabularies are addresses")
        };
        let mut writer = PREFIXES.iter().fold(TurtleSerializer::new(), known).for_writer(Vec::new());
        for triple in self.triples() {
            writer.serialize_triple(&triple).expect("memory takes every byte");
        }
        writer.finish().expect("memory takes every byte")
    }

    fn json_ld(&self) -> Vec<u8> {
        let known = |serializer: JsonLdSerializer, (name, address): &(&str, &str)| {
            serializer.with_prefix(*name, *address).expect("the addresses of vocabularies are addresses")
        };
        let mut writer = PREFIXES.iter().fold(JsonLdSerializer::new(), known).for_writer(Vec::new());
        for triple in self.triples() {
            let quad = Quad::new(triple.subject, triple.predicate, triple.object, GraphNameRef::DefaultGraph);
            writer.serialize_quad(&quad).expect("memory takes every byte");
        }
        let mut bytes = writer.finish().expect("memory takes every byte");
        bytes.push(b'\n');
        bytes
    }
}

/// Says which thing, by its address; nothing if what stands there is no address.
pub(super) fn link(property: &'static str, address: &str) -> Vec<Said> {
    NamedNode::new(address).map(|node| (property, node.into())).into_iter().collect()
}

/// Says a word that is in no language, such as a code.
pub(super) fn word(property: &'static str, word: &str) -> Said {
    (property, Literal::new_simple_literal(word).into())
}

/// Says a day.
pub(super) fn day(property: &'static str, day: Day) -> Said {
    (property, Literal::new_typed_literal(day.0.to_string(), expanded("xsd:date")).into())
}
