//! The starter plan, as `init` writes it: a lending shed, small enough to read in five minutes, with a dependency chain that moves
//! an item of no value to the front.

/// The product of the starter plan.
pub(super) const TITLE: &str = "The Tool Shed";

/// The plan's files by path; `{title}` stands for the title as YAML.
pub(super) const PLAN: &[(&str, &str)] = &[
    ("plan/vision.md", include_str!("starter/plan/vision.md")),
    ("plan/themes/borrowing.md", include_str!("starter/plan/themes/borrowing.md")),
    ("plan/themes/coming-back.md", include_str!("starter/plan/themes/coming-back.md")),
    ("plan/items/tool-list.md", include_str!("starter/plan/items/tool-list.md")),
    ("plan/items/members.md", include_str!("starter/plan/items/members.md")),
    ("plan/items/reserve.md", include_str!("starter/plan/items/reserve.md")),
    ("plan/items/damage-note.md", include_str!("starter/plan/items/damage-note.md")),
    ("plan/items/reminder.md", include_str!("starter/plan/items/reminder.md")),
    ("plan/items/deposit.md", include_str!("starter/plan/items/deposit.md")),
    ("plan/pages/how-we-decide.md", include_str!("starter/plan/pages/how-we-decide.md")),
];

/// The configuration; `{title}` stands for the title as YAML.
pub(super) const CONFIGURATION: &str = include_str!("starter/roadbook.yml");

/// The workflow that publishes on GitHub Pages; `{version}` stands for ours.
pub(super) const WORKFLOW: &str = include_str!("starter/workflow.yml");
