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

/// A vision with everything to fill in and nothing invented; `{title}` stands for the title as YAML.
pub(super) const VISION: &str = include_str!("starter/vision.md");

/// The configuration; `{title}` stands for the title as YAML, `{repository}` for what is known of the repository.
pub(super) const CONFIGURATION: &str = include_str!("starter/roadbook.yml");

const WORKFLOW: &str = include_str!("starter/workflow.yml");

/// What a workflow says where no release is known: nobody's program is run but that of the repository that the reader names.
const WAITING: &str = "#
# It waits for you: this Roadbook does not know of a release. In the repository's settings, under \"Secrets and variables\", \"Actions\",
# \"Variables\", set ROADBOOK_REPOSITORY to the owner/name of the repository on GitHub that you have Roadbook from, and the action there
# compiles it. Until then both jobs are skipped. A released Roadbook writes here the action that installs it.
";

/// The workflow that publishes on GitHub Pages, by the action of a release: `releases` is the web address of Roadbook's repository, empty
/// where nobody knows it. `branch` is the one to publish from, and `folder` where the project lies in the repository, both as YAML; `folder`
/// is empty for the root.
pub(super) fn workflow(releases: &str, version: &str, branch: &str, folder: &str) -> String {
    let released = releases.strip_prefix("https://github.com/").map(|name| name.trim_end_matches('/'));
    let (note, condition, checkout, action) = match released {
        Some(name) => (String::new(), "", "", format!("{name}@v{version}")),
        None => (
            WAITING.to_owned(),
            "    if: vars.ROADBOOK_REPOSITORY != ''\n",
            "      - uses: actions/checkout@v7\n        with:\n          repository: ${{ vars.ROADBOOK_REPOSITORY }}\n          \
             path: .roadbook-action\n",
            "./.roadbook-action".to_owned(),
        ),
    };
    let folder = if folder.is_empty() { String::new() } else { format!("          working-directory: {folder}\n") };
    let parts = [
        ("{note}", note.as_str()),
        ("{condition}", condition),
        ("{checkout}", checkout),
        ("{action}", &action),
        ("{folder}", &folder),
        // A plus is a pattern's sign there.
        ("{branch_as_pattern}", &branch.replace('+', "\\+")),
        ("{branch}", branch),
    ];
    parts.iter().fold(WORKFLOW.to_owned(), |text, (name, part)| text.replace(name, part))
}
