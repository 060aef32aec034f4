//! What every other room stands on; it knows nothing of lists.
//!
//! In: nothing of ours. Out: stretches of bytes in a file ([`span`]), calendar days without a clock ([`date`]),
//! site-relative addresses ([`route`]), the languages of a site and texts in several of them ([`lang`]), findings with
//! their codes, levels and messages in Chinese and English ([`diagnostic`]), numbers of persons in a text, and the stars
//! over them ([`personal`]), characters nobody sees, written so that they are seen ([`visible`]).
//!
//! To add a kind of finding, write it into the `codes!` block of the module that reports it; to say something to people,
//! use `text!`, which asks for both languages.

pub mod date;
pub mod diagnostic;
pub mod lang;
pub mod personal;
pub mod route;
pub mod span;
pub mod visible;
