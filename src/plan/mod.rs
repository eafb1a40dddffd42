//! The plan: kinds, ids and typed values. What refers to what is not known here: names are still names.

mod audience;
mod closed_words;
mod commas;
mod data_file;
mod declared;
mod dependency_text;
mod elsewhere;
mod entry;
mod fields;
mod flags;
mod idle;
mod ids;
mod input;
mod item;
mod locations;
mod names;
mod outside;
mod own_fields;
mod related;
mod shared;
mod spelling;
mod typed;
mod values;
mod word_links;

use std::ops::Range;
use std::sync::Arc;

use crate::config::{Config, Kind};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::id::{IdVec, ItemId, PageId, ThemeId};
use crate::markdown;
use crate::name;
use crate::number::Decimal;
use crate::parse::{Document, Field, place};
use crate::source::{Location, Span, Spanned};
use crate::state::State;

pub(crate) use commas::parts;
pub use declared::{Doubt, front_of};
pub use dependency_text::DependencyText;
pub(crate) use dependency_text::{is_conjunction, is_label_key, is_undecided, together};
pub use elsewhere::{Form, status_elsewhere};
pub use fields::{Holds, KnownField, fields_of, names_for, names_of};
pub use idle::idle_rules;
pub use ids::has_name_of_folder;
pub(crate) use ids::{precedence, spelled};
pub use input::{Confidence, Input};
pub use outside::{is_of_unclear, writes_inside, writes_outside};
pub use shared::keep_slips;
use typed::Thing;
pub use typed::{FieldReader, TypedDocument};
pub use values::is_placeholder;
pub(crate) use word_links::{MAX_LINKS, WordLink, link};

/// Text with its place.
pub type Text = Spanned<String>;

/// A number with its place.
pub type Number = Spanned<Decimal>;

/// All that was read from a plan's files.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Why the product exists.
    pub vision: Option<Vision>,
    /// The strategic themes, by path.
    pub themes: IdVec<ThemeId, Theme>,
    /// The backlog, by path. Shared, since a file that is as it was gives the same item again.
    pub items: IdVec<ItemId, Arc<Item>>,
    /// Free pages, by their `order`, then path.
    pub pages: IdVec<PageId, Page>,
    /// Whether something may have been left out that the audience may not see. Whether something was is nothing that the rest of a plan shows.
    pub is_partial: bool,
    /// What is wrong with the files and their values.
    pub diagnostics: Vec<Diagnostic>,
}

/// Who may see a thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// The team.
    Internal,
}

/// What things of all kinds have.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its name in references, as the author wrote it.
    pub id: String,
    /// What references call it.
    pub key: Arc<EntryKey>,
    /// Its address within its folder, without the ending: unique in its kind.
    pub slug: String,
    /// The file that references mean by its id, where that is another one; none where the id is its own.
    pub shadowed_by: Option<String>,
    /// One line; text between backticks is code, see [`markdown::with_code`].
    pub title: String,
    /// One or two sentences: the author's summary, else the first paragraph.
    pub summary: String,
    /// Ids that it had before.
    pub aliases: Vec<Text>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whether its file says so itself, in a way that can be read.
    pub says_visibility: bool,
    /// Whether nobody can be sure what it says of that.
    pub doubt: Doubt,
    /// What its front matter says and no other field of a thing holds, as written: fields that Roadbook does not know or that this kind of file
    /// does not have, values that could not be read, and what a field of one value was given beside it.
    pub extra: Vec<Field>,
    /// The file.
    pub document: Arc<Document>,
    /// The other files that it is made from: data beside the file, say.
    pub parts: Vec<Arc<Document>>,
    /// Which of the configuration's collections it belongs to.
    pub collection: usize,
}

/// What references call a thing. Made once a file: every look for names asks for all of them.
#[derive(Debug, PartialEq, Eq)]
pub struct EntryKey {
    /// The id as the author wrote it.
    pub id: String,
    /// The id in lower case.
    pub folded: String,
    /// The file, from the project's root.
    pub path: String,
    /// The title, as titles are compared: [`crate::name::folded`], with single spaces.
    pub title: String,
}

impl Entry {
    /// The place of a span, in the file that the span names.
    pub fn location(&self, span: Span) -> Location {
        let part = usize::from(span.part).checked_sub(1).and_then(|part| self.parts.get(part));
        Location::new(&part.unwrap_or(&self.document).source, span)
    }

    /// The place of a part of a text of its files.
    pub(crate) fn place(&self, text: &Text, part: Range<usize>) -> Span {
        place(&self.location(text.span).source, text.span, &text.value, part)
    }

    /// Its file, from the project's root.
    pub fn path(&self) -> &str {
        &self.document.source.path
    }

    /// The anchor of the heading that the body begins with, where it is the title: the page's own heading stands for it.
    pub fn title_anchor(&self) -> Option<&str> {
        let outline = &self.document.outline;
        let heading = markdown::compared(&name::composed(&outline.title.as_ref()?.0));
        let title = markdown::compared(&self.title);
        let is_title = [heading.as_str(), entry::without_id(&heading, &self.id)].contains(&title.as_str());
        outline.title_anchor.as_deref().filter(|_| is_title)
    }

    /// Where to point for the thing as a whole: the value of its `id` or `title` field, else its first heading, else its first byte.
    pub fn head(&self) -> Location {
        let named = |name: &str| self.document.fields.iter().find(|field| field.name.value.eq_ignore_ascii_case(name));
        let span = named("id").or_else(|| named("title")).map(|field| field.value.span);
        let heading = || self.document.outline.title.as_ref().map(|(_, span)| *span);
        self.location(span.or_else(heading).unwrap_or_default())
    }
}

/// Why the product exists.
#[derive(Clone, Debug)]
pub struct Vision {
    /// Title, id, file.
    pub entry: Entry,
    /// What the product is to reach next.
    pub product_goal: String,
    /// Who it is for.
    pub customers: Vec<String>,
    /// What they need.
    pub needs: Vec<String>,
    /// What kind of product it is.
    pub category: String,
    /// What people use today.
    pub alternative: String,
    /// What makes it different.
    pub differentiator: String,
    /// The one measure that tells whether it works.
    pub north_star: String,
    /// When somebody last read it with care.
    pub reviewed: Option<Date>,
}

/// A strategic theme.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Title, id, file.
    pub entry: Entry,
    /// The author's word for where it stands.
    pub status: Option<Text>,
    /// What that means.
    pub state: State,
    /// Which of the configuration's horizons, or the author's own word.
    pub horizon: Option<Horizon>,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// What it is to change.
    pub outcomes: Vec<Outcome>,
    /// The share of the effort meant for it, in percent.
    pub investment: Option<Decimal>,
    /// Why we believe in it: text or addresses.
    pub evidence: Vec<Text>,
    /// Its place among themes.
    pub order: Option<Decimal>,
}

/// A measurable result of a theme. Values are kept as written; a number may carry a unit.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Its name in references: the author's, else the slug of the metric.
    pub id: String,
    /// What is measured.
    pub metric: String,
    /// Where it stood.
    pub baseline: String,
    /// Where it is to be.
    pub target: String,
    /// Where it stands.
    pub current: String,
    /// What the numbers count, where they do not say so themselves.
    pub unit: String,
    /// What else its author says of it, as written.
    pub extra: Vec<Field>,
    /// Its place.
    pub span: Span,
}

impl Outcome {
    /// What to call it: its metric, else its id.
    pub fn name(&self) -> &str {
        if self.metric.is_empty() { &self.id } else { &self.metric }
    }
}

/// A horizon as an item names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// As the configuration spells it; as written where it is none of the configured.
    pub name: Text,
    /// Its place among the configured horizons, nearest first; none where it is not one of them.
    pub rank: Option<usize>,
}

/// A free page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Title, id, file.
    pub entry: Entry,
    /// Its place in the navigation.
    pub order: Option<Decimal>,
}

/// A product backlog item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Title, id, file.
    pub entry: Entry,
    /// Feature, bug, enabler, spike, epic, …: the author's word.
    pub item_type: String,
    /// The author's word for where it stands.
    pub status: Option<Text>,
    /// What that means.
    pub state: State,
    /// When it is meant to be done, roughly.
    pub horizon: Option<Horizon>,
    /// The themes it serves.
    pub themes: Vec<Text>,
    /// The outcomes of these themes that it is to change.
    pub outcomes: Vec<Text>,
    /// The item it is a part of.
    pub parent: Option<Text>,
    /// The items it waits for.
    pub depends_on: Vec<DependencyText>,
    /// The items that wait for it.
    pub blocks: Vec<DependencyText>,
    /// Items that have to do with it.
    pub relates: Vec<Text>,
    /// Items that it replaces.
    pub supersedes: Vec<Text>,
    /// Items that replace it.
    pub superseded_by: Vec<Text>,
    /// The numbers for scoring, as [`Input::ALL`] orders them; its confidence as a share.
    pub inputs: [Option<Number>; 8],
    /// Its confidence as it was written.
    pub confidence: Option<Confidence>,
    /// What each of the configuration's weights weighs, in their order; empty without weights.
    pub weighed: Vec<Option<Number>>,
    /// The author's word for its priority.
    pub priority: Option<Text>,
    /// Breaks ties in the order.
    pub order: Option<Decimal>,
    /// Who does it.
    pub owners: Vec<String>,
    /// The team that does it.
    pub team: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// The release or event it belongs to.
    pub milestone: String,
    /// When it is to be done.
    pub target: Option<Date>,
    /// When work on it begins.
    pub start: Option<Date>,
    /// What its file says of that where it is not a date: nobody knows whether that has come.
    pub unread_start: Option<Text>,
    /// When it must be done.
    pub due: Option<Date>,
    /// When it was written.
    pub created: Option<Date>,
    /// When it was last touched; of a done item, when it was done.
    pub updated: Option<Date>,
    /// Addresses elsewhere: an issue, a discussion.
    pub links: Vec<Text>,
    /// Why we believe in it: text or addresses.
    pub evidence: Vec<Text>,
}

impl Item {
    /// One of its numbers. Its confidence is a share, from 0 to 1.
    pub fn input(&self, input: Input) -> Option<Decimal> {
        self.inputs[input as usize].as_ref().map(|number| number.value)
    }

    /// When it is to be done, and the field that says so: its target, else when it is due.
    pub fn end(&self) -> Option<(&'static str, &Date)> {
        let target = self.target.as_ref().map(|date| ("target", date));
        target.or_else(|| self.due.as_ref().map(|date| ("due", date)))
    }
}

/// Makes a plan of what its files say, in the order of their paths.
pub fn plan(mut documents: Vec<Arc<TypedDocument>>, config: &Config) -> Plan {
    documents.sort_by(|a, b| a.document().source.path.cmp(&b.document().source.path));
    let mut plan = Plan::default();
    let mut visions = Vec::new();
    for document in &documents {
        plan.diagnostics.extend(document.diagnostics().cloned());
        match &document.thing {
            Thing::Vision(vision) => visions.push(Vision::clone(vision)),
            Thing::Theme(theme) => plan.themes.extend([Theme::clone(theme)]),
            Thing::Item(item) => plan.items.extend([Arc::clone(item)]),
            Thing::Page(page) => plan.pages.extend([Page::clone(page)]),
        }
    }
    // One product has one vision; a second file that claims to be it is still a page.
    let mut visions = visions.into_iter();
    plan.vision = visions.next();
    plan.pages
        .extend(visions.map(|vision: Vision| Page { entry: own_fields::as_page(vision.entry, config), order: None }));
    plan.pages.as_mut_vec().sort_by(|a, b| {
        let key = |page: &Page| (page.order.is_none(), page.order);
        key(a).cmp(&key(b)).then_with(|| a.entry.path().cmp(b.entry.path()))
    });
    ids::deduplicate(&mut plan, config);
    plan
}
