//! `roadbook init`: what it writes, and how it fits where it is.

use std::path::Path;

use expect_test::{expect, expect_file};
use serde_yaml::Value as Yaml;

use super::{Project, ids};

/// How the workflow is made; it is a part of the program, and of no library.
#[path = "../../../src/cli/starter.rs"]
#[expect(dead_code, reason = "the plan itself is tested by what `init` writes")]
mod starter;

/// What `init` says, as it does while nobody knows where Roadbook's repository is: with a release there is one step less, and its pages
/// have an address.
fn said(project: &Project, arguments: &[&str]) -> String {
    const STEP: &str =
        "  name the repository that you have Roadbook from, as the workflow says: until then it does nothing\n";
    let text = project.run(arguments).text();
    let repository = env!("CARGO_PKG_REPOSITORY");
    if repository.is_empty() {
        assert_eq!(text.contains(STEP), text.contains("To publish it:"), "{text}");
        return text;
    }
    assert!(!text.contains(STEP), "{text}");
    let page =
        format!(r"{}/blob/v{}/(docs/\w+\.md)", regex::escape(repository), regex::escape(env!("CARGO_PKG_VERSION")));
    let page = regex::Regex::new(&page).expect("a pattern");
    let text = text.replace("To publish it:\n", &format!("To publish it:\n{STEP}"));
    page.replace_all(&text, "$1 in Roadbook's repository").into_owned()
}

#[test]
fn init_writes_a_plan_that_builds_without_a_word() {
    let project = Project::new("");
    expect![[r#"
        --- stderr
         wrote  roadbook.yml
         wrote  plan/vision.md
         wrote  plan/themes/borrowing.md
         wrote  plan/themes/coming-back.md
         wrote  plan/items/tool-list.md
         wrote  plan/items/members.md
         wrote  plan/items/reserve.md
         wrote  plan/items/damage-note.md
         wrote  plan/items/reminder.md
         wrote  plan/items/deposit.md
         wrote  plan/pages/how-we-decide.md
         wrote  .github/workflows/roadbook.yml  (publishes from main)
         added  /_site/, /_site.html and .*.roadbook to .gitignore

        Next:
          cd shed
          roadbook serve --open                 see it in a browser, and every save
          roadbook check                        what is wrong with it
          roadbook new item "Lend on weekdays"  a first item of your own

        To publish it:
          name the repository that you have Roadbook from, as the workflow says: until then it does nothing
          in the repository's settings, once: Pages, Source, GitHub Actions
          commit and push to main
        --- exit code 0
    "#]]
    .assert_eq(&said(&project, &["init", "shed", "--github-pages"]));
    let ran = project.run(&["check", "shed", "--strict"]);
    assert_eq!(ran.text(), "--- stderr\nno problems in 10 files\n--- exit code 0\n");
    let ran = project.run(&["build", "shed", "--strict"]);
    assert_eq!(
        ran.text(),
        "--- stderr\nBuilt 6 items, 2 themes and 15 pages into shed/_site in ? ms\n--- exit code 0\n"
    );
    assert_eq!(project.read("shed/.gitignore"), "/_site/\n/_site.html\n.*.roadbook\n");
    let workflow: serde_yaml::Value =
        serde_yaml::from_str(&project.read("shed/.github/workflows/roadbook.yml")).expect("YAML");
    assert_eq!(workflow["on"]["push"]["branches"][0], "main");
    let list = project.json(&["-C", "shed", "list", "--format", "json"]);
    let ids = ids(&list);
    let place = |id: &str| ids.iter().position(|other| *other == id);
    assert!(place("members") < place("reserve") && place("reserve") < place("reminder"), "{ids:?}");
}

#[test]
fn init_leaves_what_is_there() {
    let project = Project::new(
        "//- plan/items/mine.md\n# Mine\n//- .gitignore\n/target\n_site\n_site.html\n.*.roadbook\n//- roadbook.yml\ntitle: Mine\n",
    );
    let ran = project.run(&["init"]);
    assert_eq!(ran.code(), 0);
    assert!(
        ran.err().starts_with("  left  roadbook.yml  (it exists)\n  left  plan/  (it exists)\n\nNext:\n"),
        "{}",
        ran.err()
    );
    assert_eq!(project.read("roadbook.yml"), "title: Mine\n");
    assert_eq!(project.read(".gitignore"), "/target\n_site\n_site.html\n.*.roadbook\n");
    assert!(!project.has("plan/vision.md"));
}

#[test]
fn init_takes_a_title_that_yaml_would_misread() {
    let project = Project::new("");
    assert_eq!(project.run(&["init", "--title", "Larder: # 1 'best'"]).code(), 0);
    assert_eq!(project.run(&["check", "--strict"]).code(), 0);
    assert_eq!(project.run(&["build"]).code(), 0);
    assert!(project.read("_site/index.html").contains("<title>Larder: # 1 "), "{}", project.read("_site/index.html"));
}

#[test]
fn init_leaves_a_file_where_a_folder_should_be() {
    let project = Project::new("//- plan\nnotes\n");
    expect![[r#"
        --- stderr
        error: `plan` is a file, and a folder of that name is needed
        --- exit code 2
    "#]]
    .assert_eq(&said(&project, &["init"]));
    assert_eq!(project.read("plan"), "notes\n");
    expect![[r#"
        --- stderr
        error: `plan` is a file, not a folder
          help: name the project's folder
        --- exit code 2
    "#]]
    .assert_eq(&said(&project, &["init", "plan"]));
}

#[test]
fn an_empty_plan_has_a_vision_to_fill_in_and_nothing_invented() {
    let project = Project::new("//- larder/.git/HEAD\nref: refs/heads/main\n");
    expect![[r#"
        --- stderr
         wrote  roadbook.yml
         wrote  plan/vision.md  (to fill in)
         added  /_site/, /_site.html and .*.roadbook to .gitignore

        Next:
          cd larder
          roadbook serve --open                 see it in a browser, and every save
          roadbook check                        what is wrong with it
          roadbook new item "A title"           the first item
        --- exit code 0
    "#]]
    .assert_eq(&project.run(&["init", "larder", "--empty"]).text());
    expect![[r#"
        ---
        title: larder
        # What will be different for somebody, and by when, in one sentence.
        # product_goal:
        # Who it is for, and what each of them needs.
        # customers:
        # needs:
        # What it is, what people do today, and why this is better.
        # positioning:
        #   category:
        #   alternative:
        #   differentiator:
        # The one number that tells whether it works.
        # north_star:
        ---
    "#]]
    .assert_eq(&project.read("larder/plan/vision.md"));
    expect![[r##"
        # Roadbook reads this file, and takes its folder for the project. Every key may be left out;
        # docs/configuration.md in Roadbook's repository lists them all.

        title: larder

        # Where the site will be. Links work without it; the sitemap and link previews need it.
        # base_url: https://example.org/roadmap/

        # Gives every page an "edit this page" link.
        # repository: https://github.com/example/roadmap

        # An item's score is its value ÷ its effort. The other choices are rice, wsjf, ice, ice-mean, weighted and priority.
        scoring: value-effort

        # The columns of the roadmap, the nearest first.
        horizons: [Now, Next, Later]

        # Your words for a status, where Roadbook does not know them: idea, planned, active, done, dropped or paused.
        # states:
        #   with the landlord: paused
    "##]].assert_eq(&project.read("larder/roadbook.yml"));
    assert_eq!(project.run(&["check", "larder", "--strict"]).code(), 0);
    let vision = project.read("larder/plan/vision.md");
    // Every field of a vision is one, however it is filled in.
    let filled = vision.replace("# positioning:\n#  ", "positioning:\n ").replace("#   ", "  ");
    let filled = regex::Regex::new("(?m)^(# )?( *[a-z_]+):$").expect("a pattern").replace_all(&filled, "$2: a");
    project.write("larder/plan/vision.md", &filled.replace("positioning: a", "positioning:"));
    let filled = project.read("larder/plan/vision.md");
    assert_eq!(filled.matches(": a\n").count(), 7, "{filled}");
    let ran = project.run(&["check", "larder", "--strict"]);
    assert_eq!((ran.code(), ran.out().as_str()), (0, ""), "{}", ran.text());
}

/// What `init` takes for the address of a repository whose git configuration is this.
fn address(config: &str) -> String {
    let project = Project::new("");
    project.write(".git/HEAD", "ref: refs/heads/main\n");
    project.write(".git/config", config);
    assert_eq!(project.run(&["init", "--empty", "-q"]).code(), 0);
    let written: Yaml = serde_yaml::from_str(&project.read("roadbook.yml")).expect("YAML");
    assert!(!project.read("roadbook.yml").contains("s3cret"), "{config}");
    assert_eq!(project.run(&["check", "--strict"]).code(), 0, "{config}");
    written["repository"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn the_address_of_origin_is_read_however_git_writes_it() {
    for config in [
        "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@github.com:o/r.git\n\tfetch = +refs/heads/*\n",
        "[REMOTE \"origin\"] URL=git@github.com:o/r.git # the team's",
        "[branch \"a]b\"]\nremote = origin\n[remote \"origin\"]\nurl = \"git@github.com:o/r.git\"\nurl = second\n",
        "[remote.origin]\r\nurl = git@github.com:o/r.git\r\n",
        "[remote \"origin\"]\n# url = commented\npushurl = elsewhere\nurl = git@github.com:o/r.git ; comment\n",
    ] {
        assert_eq!(address(config), "https://github.com/o/r", "{config}");
    }
    for config in [
        "",
        "[remote \"upstream\"]\nurl = git@github.com:o/r.git\n",
        "[remote \"Origin\"]\nurl = git@github.com:o/r.git\n",
        "[include]\npath = ../other\n",
        "[remote \"origin\"]\nurl\n",
        "[remote \"origin\"]\nurl =\n",
        "[remote \"origin\"]\nurl = git@github.com:\\\no/r.git\n",
        "[remote \"origin\nurl = git@github.com:o/r.git\n",
    ] {
        assert_eq!(address(config), "none", "{config}");
    }
}

#[test]
fn only_an_address_that_browsers_can_open_is_taken_and_never_a_password() {
    let of = |url: &str| address(&format!("[remote \"origin\"]\n\turl = {url}\n"));
    for (url, address) in [
        ("github.com:o/r", "https://github.com/o/r"),
        ("ssh://git@github.com:22/o/r.git/", "https://github.com/o/r"),
        ("ssh://git@ssh.github.com:443/o/r.git", "https://github.com/o/r"),
        ("https://github.com/o/r.git", "https://github.com/o/r"),
        ("https://ana:s3cret@github.com/o/r.git", "https://github.com/o/r"),
        ("https://ana@home:s3cret@github.com/o/r.git", "https://github.com/o/r"),
        ("HTTPS://GitLab.example.org:8443/group/sub/r.git", "https://gitlab.example.org:8443/group/sub/r"),
        ("git://git.sr.ht/~ana/r", "https://git.sr.ht/~ana/r"),
        ("/srv/git/r.git", "none"),
        ("../r.git", "none"),
        ("C:/git/r", "none"),
        ("file:///srv/git/o/r.git", "none"),
        ("gh:o/r", "none"),
        ("https://github.com", "none"),
        ("https://github.com/r", "none"),
        ("https://github.com/o//r", "none"),
        ("https://github.com/o/../r", "none"),
        ("https://ana:s3/cret@github.com/o/r", "none"),
        ("https://github.com:s3cret/o/r", "none"),
        ("https://github.com/o/r?token=s3cret", "none"),
        ("https://github.com/o/r#s3cret", "none"),
        ("https://github.com/s3cret@o/r", "none"),
        ("git@ssh.dev.azure.com:v3/org/project/r", "none"),
    ] {
        assert_eq!(of(url), address, "{url}");
    }
}

const GIT: &str = "
//- .git/config
[remote \"origin\"]
	url = git@github.com:Ana/shop.git
//- .git/HEAD
ref: refs/heads/trunk
";

/// The branch and the folder that the workflow of a project names, and the repository and branch of its configuration.
fn taken(project: &Project, folder: &str) -> String {
    let ran = project.run(&["init", folder, "--empty", "--github-pages", "-q"]);
    assert_eq!(ran.code(), 0, "{}", ran.text());
    let yaml = |path: &str| -> Yaml { serde_yaml::from_str(&project.read(path)).expect("YAML") };
    let text = |value: &Yaml| value.as_str().unwrap_or("none").to_owned();
    let (workflow, config) = (yaml(".github/workflows/roadbook.yml"), yaml(&format!("{folder}/roadbook.yml")));
    let steps = workflow["jobs"]["build"]["steps"].as_sequence().expect("steps");
    let step = steps.iter().find(|step| step["id"] == "roadbook").expect("the step that builds");
    let branches = workflow["on"]["push"]["branches"].as_sequence().expect("branches");
    format!(
        "{} in {}; {} at {}",
        text(&branches[0]),
        text(&step["with"]["working-directory"]),
        text(&config["repository"]),
        text(&config["branch"])
    )
}

#[test]
fn init_looks_where_in_a_repository_it_is() {
    let shop = "https://github.com/Ana/shop";
    assert_eq!(taken(&Project::new(GIT), "."), format!("trunk in none; {shop} at trunk"));
    let project = Project::new(GIT);
    project.write(".git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(taken(&project, "."), format!("main in none; {shop} at none"));
    // In a folder below, edit links lead there, and the workflow is at the root and names it.
    let project = Project::new(GIT);
    assert_eq!(taken(&project, "docs/road map"), format!("trunk in docs/road map; {shop} at trunk/docs/road%20map"));
    assert!(!project.has("docs/road map/.github"));
    assert_eq!(project.run(&["new", "item", "A"]).code(), 2, "the root is no project");
    assert_eq!(project.run(&["-C", "docs/road map", "new", "item", "A"]).code(), 0);
    assert_eq!(project.run(&["build", "docs/road map", "-q"]).code(), 0);
    let page = project.read("docs/road map/_site/items/a.html");
    assert!(page.contains(&format!("{shop}/edit/trunk/docs/road%20map/plan/items/a.md")), "{page}");
    // What a clone knows of its origin counts more than what is checked out: a workflow for a passing branch would never publish.
    let project = Project::new(GIT);
    project.write(".git/HEAD", "ref: refs/heads/add-a-roadmap\n");
    project.write(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/release/2.0\n");
    assert_eq!(taken(&project, "."), format!("release/2.0 in none; {shop} at release/2.0"));
    // A plus is a pattern's sign in a workflow.
    project.write(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/c++\n");
    std::fs::remove_file(project.path().join(".github/workflows/roadbook.yml")).expect("the workflow");
    assert_eq!(taken(&project, "."), format!("c\\+\\+ in none; {shop} at release/2.0"));
    for head in
        ["0123456789abcdef0123456789abcdef01234567\n", "ref: refs/heads/.invalid\n", "ref: refs/heads/a'${{ b }}\n", ""]
    {
        let project = Project::new(GIT);
        project.write(".git/HEAD", head);
        assert_eq!(taken(&project, "."), format!("main in none; {shop} at none"), "{head}");
    }
}

#[test]
fn worktrees_submodules_and_what_only_looks_like_a_repository() {
    let shop = "https://github.com/Ana/shop";
    // A linked worktree: its own HEAD, everything else in the main one.
    let linked = "
//- .git
gitdir: main.git/worktrees/tree
//- main.git/config
[remote \"origin\"]
	url = git@github.com:Ana/shop.git
//- main.git/HEAD
ref: refs/heads/main
//- main.git/worktrees/tree/HEAD
ref: refs/heads/tree
//- main.git/worktrees/tree/commondir
../..
";
    assert_eq!(taken(&Project::new(linked), "."), format!("tree in none; {shop} at tree"));
    // A submodule: a repository of its own, whose files lie elsewhere.
    let submodule = "
//- .git/config
[remote \"origin\"]
	url = git@github.com:Ana/outer.git
//- .git/HEAD
ref: refs/heads/main
//- .git/modules/shop/config
[remote \"origin\"]
	url = git@github.com:Ana/shop.git
//- .git/modules/shop/HEAD
ref: refs/heads/inner
//- shop/.git
gitdir: ../.git/modules/shop
";
    let project = Project::new(submodule);
    assert_eq!(project.run(&["init", "shop", "--empty", "--github-pages", "-q"]).code(), 0);
    assert!(project.has("shop/.github/workflows/roadbook.yml") && !project.has(".github"));
    assert!(project.read("shop/roadbook.yml").contains(&format!("\nrepository: {shop}\nbranch: inner\n")));
    // A pipe that nobody writes to does not stop it.
    #[cfg(unix)]
    {
        let project = Project::new(GIT);
        std::fs::remove_file(project.path().join(".git/config")).expect("the configuration");
        let made = std::process::Command::new("mkfifo").arg(project.path().join(".git/config")).status();
        assert!(made.expect("mkfifo").success());
        assert_eq!(taken(&project, "."), "trunk in none; none at none");
    }
    // Neither is a repository.
    for not in [
        "//- .git/config\n[remote \"origin\"]\nurl = git@github.com:Ana/shop.git\n",
        "//- .git\nnotes\n",
        "//- .git\ngitdir: nowhere\n",
    ] {
        assert_eq!(taken(&Project::new(not), "."), "main in none; none at none", "{not}");
    }
}

/// What lies in a git folder is git's own: in `.git`, and in a bare repository, but not in a worktree within one.
#[test]
fn init_leaves_git_alone() {
    let bare =
        "//- shop.git/HEAD\nref: refs/heads/main\n//- shop.git/objects/info/x\n\n//- shop.git/refs/heads/main\n0\n";
    let tree =
        "//- shop.git/tree/.git\ngitdir: ../worktrees/tree\n//- shop.git/worktrees/tree/HEAD\nref: refs/heads/main\n";
    let project =
        Project::new(&format!("{bare}{tree}//- main/.git/HEAD\nref: refs/heads/main\n//- main/HEAD\nnotes\n"));
    for folder in
        ["shop.git", "shop.git/refs", "shop.git/new/deep", "main/.git", "main/.git/new", "main/.GIT/new", ".git"]
    {
        let ran = project.run(&["init", folder]);
        assert_eq!(ran.code(), 2, "{folder}: {}", ran.err());
        assert!(
            ran.err().contains("` is a git folder, and what is in it belongs to git\n  help: begin"),
            "{}",
            ran.err()
        );
    }
    for made in ["shop.git/new", "shop.git/roadbook.yml", "main/.git/new", "main/.GIT", ".git"] {
        assert!(!project.has(made), "{made}");
    }
    for folder in ["shop.git/tree", "main", "main/new/deep", ".github"] {
        assert_eq!(project.run(&["init", folder, "-q"]).code(), 0, "{folder}");
    }
}

#[test]
fn init_says_what_is_left_to_do_until_the_site_is_published() {
    let project = Project::new(GIT);
    expect![[r#"
        --- stderr
         wrote  roadbook.yml  (repository: https://github.com/Ana/shop)
         wrote  plan/vision.md  (to fill in)
         wrote  .github/workflows/roadbook.yml  (in the repository's root, publishes from trunk)
         added  /_site/, /_site.html and .*.roadbook to .gitignore

        Next:
          cd "docs/the plan"
          roadbook serve --open                 see it in a browser, and every save
          roadbook check                        what is wrong with it
          roadbook new item "A title"           the first item

        To publish it:
          name the repository that you have Roadbook from, as the workflow says: until then it does nothing
          in the repository's settings, once: Pages, Source, GitHub Actions, at https://github.com/Ana/shop/settings/pages
          commit and push to trunk; the site is then at https://ana.github.io/shop/
        --- exit code 0
    "#]].assert_eq(&said(&project, &["init", "docs/the plan", "--empty", "--github-pages"]));
    // A user's own page is at the root of their address.
    let project = Project::new(GIT);
    project.write(".git/config", "[remote \"origin\"]\nurl = https://github.com/Ana/ana.github.io\n");
    let text = said(&project, &["init", "--github-pages"]);
    assert!(text.ends_with("; the site is then at https://ana.github.io/\n--- exit code 0\n"), "{text}");
    let project = Project::new(GIT);
    project.write(".git/config", "[remote \"origin\"]\nurl = https://gitlab.com/ana/shop.git\n");
    let text = said(&project, &["init", "--github-pages"]);
    let elsewhere = "  the workflow is for GitHub, and `origin` is at https://gitlab.com/ana/shop: docs/publishing.md in Roadbook's \
                     repository tells of other hosts\n";
    assert!(text.contains(elsewhere), "{text}");
    // Elsewhere nobody knows the addresses.
    let project = Project::new("");
    let text = said(&project, &["init", "--github-pages"]);
    assert!(text.ends_with(": Pages, Source, GitHub Actions\n  commit and push to main\n--- exit code 0\n"), "{text}");
}

#[test]
fn markdown_that_may_be_a_plan_is_pointed_to() {
    let project = Project::new(GIT);
    let markdown = |folder: &str, names: &[&str]| {
        names.iter().for_each(|name| project.write(&format!("{folder}/{name}.md"), "# It\n"));
    };
    // Two are not many; what is others' or hidden is not looked at; nobody plans in a README.
    markdown("docs", &["one", "two", "README", "CHANGELOG"]);
    markdown("node_modules/x", &["one", "two", "three"]);
    markdown(".hidden", &["one", "two", "three"]);
    markdown("site", &["one", "two", "three"]);
    project.write("site/.roadbook", "");
    let text = said(&project, &["init", "--empty"]);
    assert!(!text.contains("there is Markdown"), "{text}");
    markdown("docs/rfcs", &["0001-a", "0002-b", "0003-c", "0004-d"]);
    markdown(".", &["one", "two", "three"]);
    // The plan itself is none of it.
    markdown("plan/items", &["one", "two", "three"]);
    let text = said(&project, &["init", "--empty"]);
    expect![[r#"
        --- stderr
          left  roadbook.yml  (it exists)
          left  plan/  (it exists)

        there is Markdown in `docs/rfcs` (4 files) and `.` (3 files): where that is a plan, Roadbook can read it as it is; docs/adopting.md in Roadbook's repository says how

        Next:
          roadbook serve --open                 see it in a browser, and every save
          roadbook check                        what is wrong with it
          roadbook new item "A title"           another item
        --- exit code 0
    "#]].assert_eq(&text);
    // From a folder below, the whole repository is looked at.
    let text = said(&project, &["init", "below", "--empty"]);
    assert!(text.contains("there is Markdown in `docs/rfcs` (4 files), "), "{text}");
}

/// What a workflow of ours says of the program that it runs: with a release, and without.
#[test]
fn the_workflow_runs_nobodys_program_unasked() {
    let of = |releases: &str, folder: &str| starter::workflow(releases, "1.2.3", "main", folder);
    let yaml = |text: &str| -> Yaml { serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}")) };
    let placeholder = regex::Regex::new(r"[^{$]\{[a-z_]+\}").expect("a pattern");
    for (releases, folder) in
        [("", ""), ("", "docs"), ("https://github.com/o/roadbook", ""), ("https://github.com/o/roadbook/", "docs")]
    {
        let text = of(releases, folder);
        let workflow = yaml(&text);
        let known = text.replace("o/roadbook@v1.2.3", "./").replace("./.roadbook-action", "./");
        assert_eq!(crate::delivery::careless(&known), Vec::<String>::new());
        let left = placeholder.find(&text).map(|found| found.as_str());
        assert_eq!((left, text.contains("cargo install")), (None, false), "{text}");
        let step = |id: &str| {
            let steps = workflow["jobs"]["build"]["steps"].as_sequence().expect("steps");
            steps.iter().find(|step| step["id"] == id).unwrap_or_else(|| panic!("no step {id}")).clone()
        };
        let arguments = step("roadbook")["with"]["arguments"].as_str().expect("arguments").to_owned();
        assert!(arguments.starts_with("--today ${{ steps.day.outputs.today }} ${{ "), "{arguments}");
        assert_eq!(step("roadbook")["with"]["working-directory"].as_str().unwrap_or_default(), folder);
        let condition = workflow["jobs"]["build"]["if"].as_str();
        if releases.is_empty() {
            assert_eq!(condition, Some("vars.ROADBOOK_REPOSITORY != ''"));
            assert_eq!(step("roadbook")["uses"], "./.roadbook-action");
            assert!(text.contains("set ROADBOOK_REPOSITORY to the owner/name"), "{text}");
        } else {
            assert_eq!((condition, text.contains("ROADBOOK_REPOSITORY")), (None, false));
            assert_eq!(step("roadbook")["uses"], "o/roadbook@v1.2.3");
        }
    }
    // Through actionlint they go in tests/tools/workflows.mjs.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, releases) in [("released", "https://github.com/OWNER/roadbook"), ("waiting", "")] {
        expect_file![root.join(format!("tests/golden/workflow-{name}.yml"))].assert_eq(&of(releases, "docs/the plan"));
    }
    assert!(root.join("docs/adopting.md").exists(), "where `init` points to");
}
