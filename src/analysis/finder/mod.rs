//! What can we get? A decision for every provision of a list, from the answers of whoever asks.
//!
//! The questions are data (`vocabulary/situations.yaml`): each answer names the audiences and conditions it
//! speaks for. [`Table`] holds what each provision needs; [`Table::decide`] says of each whether it can
//! be had. The page's script holds the same table and decides in the same way; `tests/finder/vectors.json`
//! is run by both.
//!
//! # What an answer says
//!
//! An audience or condition is, with the answers chosen so far, the first of these that fits:
//!
//! If the chosen age says `not` and another answer `means` it (one year old, and at senior secondary school), one of
//! the two is a slip: then nothing is decided, and the page points it out.
//!
//! 1. **false** if a chosen answer says `not`, of it or of an audience that contains it;
//! 2. **open** if a chosen answer `doubts` it;
//! 3. **true** if a chosen answer `means` it, or an audience that is within it; `together` asks for one of the
//!    other answers as well;
//! 4. **open** if a chosen answer says `may`;
//! 5. **false** if some answer speaks for it and all of those were passed over: another answer of the same
//!    question was chosen, or, where several can be, the family said that nothing else is so. Printed
//!    conditions (`printed`: 有需要的, 列入名单的) are not: whether they hold is for an office to judge;
//! 6. **open** otherwise. What no answer speaks for (符合条件, which no list explains) always is.
//!
//! # What a provision needs
//!
//! All of: its age; its population; one of its stages of education; one of its categories; every qualifier,
//! the last first, which is what the others qualify; every condition; a place that can
//! (`where-conditions-allow`, `encourage`). Stages are alternatives to each other and so are categories, but a category
//! beside a stage narrows it: 残疾儿童 in preschool are both. Conditions printed in the audience cell beside
//! categories say how those are established and are not asked again.
//!
//! - One need false: **no**, with that need as the reason. All true: **yes**. Else **perhaps**, with the first
//!   open need named and the number of further ones. So without any answer everything is *perhaps*.
//! - Ages are held against the age the provision or its service prints. The definition of an audience closes
//!   nothing: those it leaves out, at 16 or here for less than six months, are *perhaps* (`doubts`), never a plain
//!   yes and never no. A list does not say whether 0-6 includes those who have turned 6: that year is *perhaps*,
//!   and so is the year before an age begins; the reason says why.
//! - An answer may leave a provision `open` for itself, whatever else holds: 跨省通办 for an orphan of the same
//!   province, vaccines that a child past 6 has missed. It is then *perhaps*.
//! - In what an answer lies outside the definition of a group (`outside`: too short a time, too old, moved within a county,
//!   between districts, not registered in the countryside) counts in a place only if the definition that holds there on the
//!   day asks for it: Fujian leaves out moves between districts of a city centre, Changzhi does not. An audience that is a
//!   group goes by the definition of that group, others by those of the groups that the answer doubts beside them. Otherwise
//!   the answer doubts nothing; nor has it its note where no such group is defined.
//! - `usual_age` of a stage decides nothing. That a baby is at no school is for the answers to say (`not`).
//! - Before birth nothing can be had, but what a newborn gets is *perhaps*, after birth. With an answer that says
//!   `grown` what is for those under 18 is *perhaps*; what is for a stage of education, or for an age or a population
//!   (`age`, `usual_age`) that goes beyond, stays theirs. Answers that state an age, at any age, are decided by age.
//! - Access and strength (`assist`, `permit`) are no needs: they say where and how, not who. Of alternatives
//!   (`either_of`) each is decided for itself.

mod answers;
mod decide;
mod fact;
mod need;
mod outside;
mod table;
mod wire;

pub use answers::Chosen;
pub use decide::{Decision, Outcome, Reason};
pub use need::{Label, Need};
pub use table::{Row, Table};
