//! What is of no place: data for programs, tables for staff, the handbook.

use std::sync::Arc;

use rayon::prelude::*;

use super::ReadySite;
use crate::diagnostic::{Error, Finding, UiLang};
use crate::export;
use crate::handbook::Handbook;
use crate::output::Sink;
use crate::render::ToolPages;
use crate::route::Route;
use crate::site::HANDBOOK;

/// Puts files to `sink`, which may pack them, side by side.
pub(super) fn put_all(files: Vec<(Route, Vec<u8>)>, sink: &dyn Sink) -> Result<(), Error> {
    files.into_par_iter().try_for_each(|(route, bytes)| sink.put(&route, &bytes))
}

impl ReadySite<'_, '_> {
    /// Puts what is of no place and no page to `sink`; returns what failed in the theme.
    pub(super) fn put_rest(&self, sink: &dyn Sink) -> Result<Vec<Finding>, Error> {
        let (map, shards, request) = (self.map, self.shards, self.request);
        let mut failed = Vec::new();
        if request.oracle {
            shards.oracles().into_iter().try_for_each(|(route, json)| sink.put(&route, json.as_bytes()))?;
        }
        crate::api::files_by_kind(map).try_for_each(|files| put_all(files, sink))?;
        match self.pieces() {
            Ok(pieces) => put_all(pieces, sink)?,
            Err(finding) => failed.push(*finding),
        }
        crate::site::scripts(map).into_iter().try_for_each(|(route, bytes)| sink.put(&route, &bytes))?;
        if request.staff {
            self.tables_for_staff().into_iter().try_for_each(|(route, bytes)| sink.put(&route, &bytes))?;
        }
        if request.staff && !request.preview {
            let files = Handbook::new(Arc::new(ToolPages::new())).files();
            let files = files.iter().map(|(route, bytes)| (Route::new(format!("{HANDBOOK}{route}")), bytes));
            files.into_iter().try_for_each(|(route, bytes)| sink.put(&route, bytes))?;
        }
        Ok(failed)
    }

    /// Returns the tables that stand beside the pages for staff, in each language.
    fn tables_for_staff(&self) -> Vec<(Route, Vec<u8>)> {
        let analysis = self.map.facts.analysis;
        let lists = analysis.coverages();
        let status = export::Status {
            catalogue: analysis.catalogue,
            today: analysis.today,
            lists: analysis.status().to_vec(),
            duties: analysis.duties().to_vec(),
        };
        let languages = analysis.catalogue.site.languages.iter();
        let tables = languages.flat_map(|language| {
            let code = language.code.as_str();
            let lang = if code == "zh" { UiLang::Zh } else { UiLang::En };
            let context = export::Context { sources: self.sources, lang, colour: false };
            let coverage = export::COVERAGE.iter().filter(|form| ["csv", "xlsx"].contains(&form.name));
            let coverage =
                coverage.map(|form| (format!("coverage.{}", form.name), (form.write)(&lists, &context)));
            let calendar = export::STATUS.iter().filter(|form| form.name == "ics");
            let calendar = calendar.map(|form| ("deadlines.ics".to_owned(), (form.write)(&status, &context)));
            let files: Vec<(String, Vec<u8>)> = coverage.chain(calendar).collect();
            files.into_iter().map(move |(name, bytes)| (Route::new(format!("{code}/staff/{name}")), bytes))
        });
        tables.collect()
    }
}
