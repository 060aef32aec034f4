#![doc = include_str!("ARCHITECTURE.md")]

pub mod date;
pub mod demo;
pub mod route;
pub mod span;

pub mod lang;
pub mod personal;

pub mod diagnostic;

pub mod source;

pub mod syntax;

pub mod schema;

pub mod catalogue;

pub mod compare;
pub mod tidy;

pub mod coverage;
pub mod finder;

pub mod facts;
pub mod history;

pub mod check;

pub mod site;

pub mod editor;
pub mod export;
pub mod import;
pub mod render;
pub mod search;

pub mod handbook;
pub mod output;

pub mod pipeline;
pub mod report;

pub mod lsp;
pub mod serve;

pub mod cli;
