"""What is shipped for continuous integration and editors: workflows, the action, hooks, a matcher."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from prepvault.jobs.init import init
from prepvault.outside.environment import find_repository
from tests.conftest import Maker, Ran
from tests.editors import need

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "vault_template" / "_ci"
USES = re.compile(r"[a-z-]+/[a-z-]+(?:/[a-z-]+)?@v\d+")
NOTE = """---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
timezone: UTC
status: scheduled
created_at: 2026-01-01T10:00:00Z
---
"""
SAID = """error[frontmatter/invalid]: found a second
  --> Interviews/a b.md:4
  hint: write it as that

warning[id/missing]: no id
  --> Interviews/c.md:1

1 error, 1 warning in 2 notes
"""
BAD = NOTE.replace("2026-02-12T14:00:00", "next tuesday").replace("int_acme_1", "int_acme_2")


def read_yaml(path: Path) -> dict[str, Any]:
    """Read YAML as it is written: GitHub's `on` is a word."""
    return dict(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))  # noqa: S506 - all values stay text


def steps_of(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


# GitHub's workflow -----------------------------------------------------------------------------------------


def test_the_workflow_for_github_has_the_shape_that_github_asks_for() -> None:
    flow = read_yaml(SHIPPED / "github.yml")
    assert set(flow) == {"name", "on", "permissions", "concurrency", "env", "jobs"}
    assert set(flow["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert re.fullmatch(r"\d+ \d+ \* \* \*", flow["on"]["schedule"][0]["cron"])
    keys = {"if", "needs", "runs-on", "timeout-minutes", "permissions", "environment", "steps"}
    for name, job in flow["jobs"].items():
        assert set(job) <= keys
        assert job["runs-on"] == "ubuntu-latest"
        assert int(job["timeout-minutes"]) <= 15
        needs = job.get("needs", [])
        assert {needs} if isinstance(needs, str) else set(needs) <= set(flow["jobs"]) - {name}
    for step in steps_of(flow):
        assert set(step) <= {"name", "id", "if", "uses", "with", "run"}
        assert ("uses" in step) != ("run" in step)
        assert "uses" not in step or USES.fullmatch(step["uses"])


def test_the_workflow_for_github_may_do_as_little_as_will_do() -> None:
    flow = read_yaml(SHIPPED / "github.yml")
    assert flow["permissions"] == {}
    rights = {name: job["permissions"] for name, job in flow["jobs"].items()}
    assert rights["build"] == rights["public-site"] == {"contents": "read"}
    assert rights["security"] == {"contents": "read", "actions": "read", "security-events": "write"}
    assert rights["pages"] == {"pages": "write", "id-token": "write"}
    assert not any("run" in step for step in flow["jobs"]["pages"]["steps"])
    for step in steps_of(flow):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] == "false"
        assert "${{" not in step.get("run", "")


def test_names_go_to_githubs_pages_never_and_anything_only_on_request() -> None:
    """Nothing else hands files to Pages; the site with names is a download of the run."""
    flow = read_yaml(SHIPPED / "github.yml")
    public = flow["jobs"]["public-site"]
    assert "vars.SITE_TO_PAGES == 'code-names'" in public["if"]
    builds = [step["run"] for step in public["steps"] if "prepvault build" in step.get("run", "")]
    assert builds
    assert all("--incognito" in each for each in builds)
    givers = [
        name for name, job in flow["jobs"].items() for step in job["steps"] if "pages-artifact" in str(step)
    ]
    assert givers == ["public-site"]
    assert flow["jobs"]["pages"]["needs"] == "public-site"
    assert "PUBLIC" in (SHIPPED / "github.yml").read_text(encoding="utf-8")


def test_what_is_kept_is_saved_as_it_was_asked_for() -> None:
    steps = {
        step.get("uses", ""): step for step in read_yaml(SHIPPED / "github.yml")["jobs"]["build"]["steps"]
    }
    restore, save = steps["actions/cache/restore@v5"], steps["actions/cache/save@v5"]
    assert restore["with"]["path"] == save["with"]["path"]
    assert restore["with"]["key"].startswith(restore["with"]["restore-keys"].strip())
    assert save["with"]["key"] == "${{ steps.last.outputs.cache-primary-key }}"
    assert "default_branch" in save["if"]
    assert "cache-primary-key != ''" in save["if"], "a failed installation has no key to save under"


# GitLab's -------------------------------------------------------------------------------------------------


def test_the_jobs_for_gitlab_have_the_shape_that_gitlab_asks_for() -> None:
    flow = read_yaml(SHIPPED / "gitlab.yml")
    keys = {"stage", "image", "timeout", "rules", "cache", "script", "artifacts"}
    jobs = {name: job for name, job in flow.items() if name != "variables"}
    assert set(jobs) == {"prepvault", "pages"}
    for job in jobs.values():
        assert set(job) <= keys
        assert job["stage"] in {"test", "deploy"}
        assert all(isinstance(line, str) for line in job["script"])
        assert all(set(rule) <= {"if", "variables"} for rule in job["rules"])
    assert jobs["prepvault"]["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json"}
    assert set(jobs["prepvault"]["cache"]) == {"key", "fallback_keys", "paths", "when"}
    kinds = " ".join(rule["if"] for rule in jobs["prepvault"]["rules"])
    assert "push" in kinds
    assert "schedule" in kinds


def test_gitlabs_pages_are_made_on_request_only() -> None:
    pages = read_yaml(SHIPPED / "gitlab.yml")["pages"]
    how = {rule["if"].rpartition("== ")[2].strip('"'): rule["variables"] for rule in pages["rules"]}
    assert how == {"code-names": {"HOW": "--incognito"}, "members": {"HOW": "--no-cache"}}
    assert all("$CI_DEFAULT_BRANCH" in rule["if"] for rule in pages["rules"])


# Where `init` puts them -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ci", "target"), [("github", ".github/workflows/prepvault.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_a_workflow_for_a_vault_in_a_folder_goes_to_the_top_and_names_it(
    ci: str, target: str, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    vault = tmp_path / "my $(id) ${{ x }}" / 'the "search"'
    made = init(str(vault), ci=ci)
    assert f"../../{target}" in made.created
    flow = read_yaml(tmp_path / target)
    named = (flow["env"] if ci == "github" else flow["variables"])["PREPVAULT_VAULT"]
    meant = named.replace("${{ '${{' }}", "${{") if ci == "github" else named.replace("$$", "$")
    assert meant == 'my $(id) ${{ x }}/the "search"'
    assert (
        re.findall(r"\$\{\{ (.+?) \}\}", named)[:1] == (["'${{'"] if ci == "github" else []) or ci == "gitlab"
    )
    (tmp_path / target).write_text("mine", encoding="utf-8")
    assert f"../../{target}" in init(str(vault), ci=ci).kept
    assert (tmp_path / target).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["📁 Gespräche", "a\u2028b\x85c", "~me", "-x", "on", "<% tp %>"])
@pytest.mark.parametrize("target", [".github/workflows/prepvault.yml", ".gitlab-ci.yml"])
def test_a_folder_of_any_name_is_named_as_yaml_has_it(name: str, target: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    init(str(tmp_path / name), ci="gitlab" if "gitlab" in target else "github")
    flow = read_yaml(tmp_path / target)
    assert (flow.get("env") or flow["variables"])["PREPVAULT_VAULT"] == name


def test_a_folder_is_named_as_git_on_a_mac_keeps_it(tmp_path: Path) -> None:
    """A disk there takes either form of a letter for the same folder, as two folders here stand in for."""
    composed, apart = "Gespr\u00e4che", "Gespra\u0308che"
    for name, others in ((apart, ()), (composed, (composed,))):
        top = tmp_path / f"repo{len(others)}"
        for folder in (".git", *others):
            (top / folder).mkdir(parents=True)
        init(str(top / apart), ci="gitlab")
        assert read_yaml(top / ".gitlab-ci.yml")["variables"]["PREPVAULT_VAULT"] == name


def test_init_says_what_comes_next_for_a_workflow(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    vault = str(tmp_path / "my notes")
    first = run("init", vault, "--ci", "gitlab").err
    assert "`prepvault schedule`" not in first
    assert "PACKAGE in `../.gitlab-ci.yml`" in first
    assert "commit it with the notes" in first
    assert "Pipeline schedules" in first
    again = run("init", vault, "--ci", "gitlab").err
    assert "`../.gitlab-ci.yml` was there and stays as it is" in again
    assert "commit" not in again


def test_init_says_where_git_is_missing_and_whose_zone_counts(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "prepvault.toml").write_text("", encoding="utf-8")
    said = run("init", str(tmp_path), "--ci", "github").err
    assert "`git init`" in said
    assert "this machine's; write `timezone = " in said
    assert "this machine's" not in run("init", str(tmp_path / "new")).err
    monkeypatch.setenv("PREPVAULT_VAULT_TIMEZONE", "Asia/Tokyo")
    said = run("init", str(tmp_path)).err
    assert "Asia/Tokyo, by PREPVAULT_VAULT_TIMEZONE; write `timezone = " in said
    assert "this machine's" not in said


def test_a_vault_that_is_the_repository_is_named_as_the_folder_here(tmp_path: Path) -> None:
    init(str(tmp_path), ci="github")
    assert (tmp_path / ".github/workflows/prepvault.yml").read_bytes() == (
        SHIPPED / "github.yml"
    ).read_bytes()
    assert find_repository(tmp_path) == tmp_path


# The action -------------------------------------------------------------------------------------------------


ACTION = ROOT / "action.yml"


@pytest.fixture
def github(tmp_path: Path) -> "Runner":
    return Runner(tmp_path)


class Runner:
    """GitHub's machine, as far as scripts of a composite action see it: inputs, files and a shell."""

    def __init__(self, tmp_path: Path) -> None:
        self.work, self.temp, self.bin = tmp_path / "work", tmp_path / "temp", tmp_path / "bin"
        for folder in (self.work / "Interviews", self.temp, self.bin):
            folder.mkdir(parents=True)
        (self.work / "prepvault.toml").write_text('[vault]\ntimezone = "UTC"\n', encoding="utf-8")
        (self.work / "Interviews/acme.md").write_text(NOTE, encoding="utf-8")
        self.summary = tmp_path / "summary.md"
        self.installed = tmp_path / "installed"
        self.outputs: dict[str, dict[str, str]] = {}
        self.said = ""
        python = shlex.quote(sys.executable)
        self._program("prepvault", f'exec {python} -m prepvault "$@"')
        log = f'printf "%s\\n" "${{@: -1}}" > {shlex.quote(str(self.installed))}'
        pip = f'if [ "$3" = install ]; then {log}; else echo fake==1; fi'
        self._program("python", f'if [ "$1 $2" = "-m pip" ]; then {pip}; else exec {python} "$@"; fi')

    def _program(self, name: str, line: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/bash\n{line}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, **given: str) -> int:
        """Run the action's own scripts in their order, until one fails."""
        action = read_yaml(ACTION)
        inputs = {name: entry["default"] for name, entry in action["inputs"].items()} | given
        for step in action["runs"]["steps"]:
            if "run" in step and (code := self._step(step, inputs)):
                return code
        return 0

    def run_job(self, steps: list[dict[str, Any]], **known: str) -> list[int]:
        """Run the scripts of a workflow's job in their order, until one fails; their exit codes."""
        codes: list[int] = []
        for number, step in enumerate(each for each in steps if "run" in each):
            given = known | {"GITHUB_ENV": str(self.temp / "environment")}
            codes.append(self._step({"id": f"step{number}", **step, "env": given}, {}))
            if codes[-1]:
                break
            kept = self.temp / "environment"
            lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
            known |= dict(line.split("=", 1) for line in lines)
        return codes

    def _step(self, step: dict[str, Any], inputs: dict[str, str]) -> int:
        assert step.get("shell", "bash") == "bash"
        output = self.temp / f"output-{step['id']}"
        output.touch()
        known = {name: self._value(text, inputs) for name, text in step.get("env", {}).items()}
        around = {
            name: os.environ[name]
            for name in ("HOME", "PREPVAULT_STATE_DIR", "NO_COLOR")
            if name in os.environ
        }
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.work,
            env={
                **around,
                "PATH": f"{self.bin}:/usr/bin:/bin",
                "PYTHONPATH": os.pathsep.join(sys.path),
                "CI": "true",
                "RUNNER_TEMP": str(self.temp),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(self.summary),
                **known,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.said += ran.stdout + ran.stderr
        lines = output.read_text(encoding="utf-8").splitlines()
        self.outputs[step["id"]] = dict(line.split("=", 1) for line in lines)
        return ran.returncode

    def _value(self, text: str, inputs: dict[str, str]) -> str:
        """Work out the expressions of an `env:`, which is all that inputs are put into."""

        def known(found: re.Match[str]) -> str:
            kind, *rest = found[1].split(".")
            if kind == "inputs":
                return inputs[rest[0]]
            return str(ROOT) if kind == "github" else self.outputs[rest[0]][rest[2]]

        return re.sub(r"\$\{\{ ([a-z.-_]+?) \}\}", known, text)


def test_the_action_has_the_shape_that_github_asks_for() -> None:
    action = read_yaml(ACTION)
    assert set(action) == {"name", "description", "author", "inputs", "outputs", "runs"}
    assert action["runs"]["using"] == "composite"
    assert all(set(entry) == {"description", "default"} for entry in action["inputs"].values())
    ids = {step["id"] for step in action["runs"]["steps"] if "id" in step}
    for entry in action["outputs"].values():
        assert set(entry) == {"description", "value"}
        assert re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.\w+ \}\}", entry["value"])[1] in ids  # type: ignore[index]
    for step in action["runs"]["steps"]:
        assert set(step) <= {"name", "id", "if", "uses", "with", "shell", "env", "run"}
        assert "${{" not in step.get("run", "")
        assert "uses" not in step or USES.fullmatch(step["uses"])


def test_the_action_checks_builds_and_gives_its_counts(github: Runner) -> None:
    (github.work / "Interviews/bad.md").write_text(BAD, encoding="utf-8")
    assert github.run(strict="false") == 1, github.said
    assert "::error file=Interviews/bad.md,line=6,title=date/unreadable::" in github.said
    check, build = github.outputs["check"], github.outputs["build"]
    assert check["errors"] == "1"
    assert check["notes"] == "2"
    assert json.loads(Path(check["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (Path(build["site"]) / "index.html").is_file()
    assert (github.temp / "prepvault/cache").is_dir()
    assert re.fullmatch("[0-9a-f]{16}", github.outputs["install"]["program"])
    assert "1 error" in github.summary.read_text(encoding="utf-8").splitlines()[0]
    assert github.installed.read_text(encoding="utf-8").strip() == str(ROOT)
    assert not list(github.work.glob("site"))


def test_the_action_of_a_sound_vault_ends_well_and_hides_names(github: Runner) -> None:
    assert github.run(incognito="true", output="public", version="1.2.3") == 0, github.said
    assert github.installed.read_text(encoding="utf-8").strip() == "prepvault==1.2.3"
    pages = [path.read_text(encoding="utf-8") for path in (github.work / "public").rglob("*.html")]
    assert pages
    assert not any("Acme" in page for page in pages)


BUILD = read_yaml(SHIPPED / "github.yml")["jobs"]["build"]["steps"]
GITLAB = read_yaml(SHIPPED / "gitlab.yml")


def test_a_workflow_whose_notes_have_errors_fails_and_still_keeps_site_and_reports(github: Runner) -> None:
    """Nor does a note give GitHub's machine a command: it obeys `##[...]` anywhere in a line.

    Then the notes go: the site of the last run comes back, and a job that was pushed takes no flag.
    """
    note = github.work / "Interviews/##[error]bad.md"
    note.write_text(BAD.replace("next tuesday", '"##[stop-commands]x ::error::y"'), encoding="utf-8")
    assert github.run_job(BUILD, PREPVAULT_VAULT=".") == [0, 0, 1], github.said
    kept = github.temp / "prepvault"
    assert all((kept / name).exists() for name in ("site/index.html", "findings.sarif", "cache"))
    uploads = [step for step in BUILD if "upload-artifact" in step.get("uses", "")]
    assert [step["if"] for step in uploads] == ["${{ !cancelled() }}"] * 2
    commands = [line for line in github.said.splitlines() if line.lstrip().startswith("::")]
    assert [line.split()[0] for line in commands] == ["::error"]
    assert github.said.count("stop-commands") == 2
    assert "##[" not in github.said
    for path in github.work.glob("Interviews/*.md"):
        path.unlink()
    assert github.run_job(BUILD, PREPVAULT_VAULT=".") == [0, 0, 0], github.said
    assert github.run_job(BUILD, PREPVAULT_VAULT="nowhere") == [0, 1]


def test_gitlabs_job_fails_as_late_and_keeps_as_much(github: Runner) -> None:
    (github.work / "Interviews/bad.md").write_text(BAD, encoding="utf-8")
    lines = "\n".join(GITLAB["prepvault"]["script"])
    known = {"PREPVAULT_VAULT": ".", "PREPVAULT_CACHE_DIR": str(github.work / ".prepvault-ci/cache")}
    assert github.run_job([{"run": lines}], **known) == [1], github.said
    assert (github.work / ".prepvault-ci/site/index.html").is_file()
    assert json.loads((github.work / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert "--allow-empty" in lines
    assert "--allow-empty" in ACTION.read_text(encoding="utf-8")
    assert GITLAB["prepvault"]["artifacts"]["when"] == "always"
    assert GITLAB["pages"]["artifacts"]["access"] == "developer", "the job's archive has the names, too"


HOSTILE = "\"; touch pwned; $(touch pwned) `touch pwned` ' && touch pwned #"


@pytest.mark.parametrize(
    "given",
    [
        {"vault": HOSTILE},
        {"vault": "--help"},
        {"output": HOSTILE},
        {"output": "x\nerrors=0"},
        {"output": "/"},
        {"args": f"{HOSTILE}\n--strict"},
        {"args": "*"},
        {"version": HOSTILE},
        {"version": "1 --index-url=http://evil"},
        {"version": "../evil"},
        {"strict": HOSTILE, "incognito": HOSTILE},
    ],
    ids=str,
)
def test_an_input_is_never_more_than_a_value(github: Runner, given: dict[str, str]) -> None:
    code = github.run(**given)
    assert not [path for path in github.work.rglob("*") if path.name == "pwned"]
    assert not (github.temp / "pwned").exists()
    if "version" in given:
        assert code == 2
        assert not github.installed.exists()
    if "\n" in given.get("output", ""):
        assert code == 2
        assert github.outputs == {"install": {}}
    if "strict" not in given and given.get("output") != HOSTILE:
        assert code != 0


# Hooks and editors ------------------------------------------------------------------------------------------


def hooks() -> list[dict[str, str]]:
    return list(yaml.load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), yaml.BaseLoader))  # noqa: S506


def test_hooks_have_the_shape_that_pre_commit_asks_for() -> None:
    keys = {
        "id",
        "name",
        "description",
        "entry",
        "language",
        "types",
        "files",
        "require_serial",
        "pass_filenames",
    }
    for hook in hooks():
        assert {"id", "name", "entry", "language"} <= set(hook) <= keys
        assert hook["language"] == "python"
    whole = hooks()[1]
    assert {key: whole[key] for key in ("language", "pass_filenames")} == {
        "language": "python",
        "pass_filenames": "false",
    }
    names = ("Interviews/a.md", "prepvault.toml", "vault/prepvault.toml", "myprepvault.toml", "a.mdx")
    assert [bool(re.search(whole["files"], name)) for name in names] == [True, True, True, False, False]


def test_hooks_find_what_is_wrong(
    make_vault: Maker, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hears of the notes of a commit alone, the other of all of them."""
    root = make_vault(f"=== Interviews/acme.md\n{NOTE}\n=== Interviews/bad.md\n{BAD}\n=== README.md\nhello\n")
    monkeypatch.chdir(root)
    each, whole = (hook["entry"].split()[1:] for hook in hooks())
    assert run(*each, "Interviews/acme.md", "README.md").code == 0
    assert run(*each, "Interviews/bad.md").code == 1
    assert run(*whole).code == 1


MATCHER = json.loads((ROOT / "docs/editors/problem-matcher.json").read_text(encoding="utf-8"))


def matched(patterns: list[dict[str, Any]], text: str) -> list[dict[str, str]]:
    """Match one line after another, as editors do."""
    lines = text.splitlines()
    found = []
    for number in range(len(lines) - 1):
        matches = [re.search(each["regexp"], lines[number + add]) for add, each in enumerate(patterns)]
        if all(matches):
            names = {"severity", "code", "message", "file", "line"}
            parts = zip(patterns, matches, strict=True)
            found.append(
                {key: hit[int(at)] for each, hit in parts if hit for key, at in each.items() if key in names}
            )
    return found


def test_the_problem_matcher_finds_every_finding(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(
        f"=== Interviews/bad one.md\n{BAD}\n=== Interviews/b.md\n{NOTE.replace('role: Engineer', '')}"
    )
    found = matched(MATCHER["problemMatcher"][0]["pattern"], run("check", vault=root).out)
    told = json.loads(run("check", "--json", vault=root).out)["findings"]
    assert len(found) == len(told) >= 2
    for one, other in zip(found, told, strict=True):
        assert (one["file"], one["line"]) == (other["path"], str(other["line"]))
        assert (one["severity"], one["code"], one["message"]) == (
            other["severity"],
            other["code"],
            other["message"],
        )


def test_the_lines_for_vim_find_every_place(tmp_path: Path) -> None:
    text = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"^:set errorformat=(.+)$", text, re.MULTILINE)
    (tmp_path / "said").write_text(SAID, encoding="utf-8")
    script = f"""set errorformat={pattern}
cgetfile said
let Told = {{_, each -> bufname(each.bufnr) . ":" . each.lnum . " " . each.text}}
call writefile(map(getqflist(), Told), "found")
qa!
"""
    (tmp_path / "script.vim").write_text(script, encoding="utf-8")
    command = [need("vim"), "-u", "NONE", "-i", "NONE", "-N", "-es", "-S", "script.vim"]
    subprocess.run(command, cwd=tmp_path, check=False, timeout=60, stdin=subprocess.DEVNULL)
    found = (tmp_path / "found").read_text(encoding="utf-8").splitlines()
    assert found == ["Interviews/a b.md:4 found a second", "Interviews/c.md:1 no id"]


def test_the_line_for_emacs_finds_every_place(tmp_path: Path) -> None:
    text = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"compilation-error-regexp-alist '\((\".+\") 1 2\)\)$", text, re.MULTILINE)
    (tmp_path / "said").write_text(SAID, encoding="utf-8")
    script = f"""(with-temp-buffer (insert-file-contents "said")
      (while (re-search-forward {pattern} nil t)
        (princ (concat (match-string 1) ":" (match-string 2) "\n"))))"""
    command = [need("emacs"), "-Q", "--batch", "--eval", script]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.splitlines() == ["Interviews/a b.md:4", "Interviews/c.md:1"]


def test_the_snippet_for_vs_code_has_the_same_patterns() -> None:
    text = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    (snippet,) = [
        each for each in re.findall(r"```json\n(.+?)```", text, re.DOTALL) if "problemMatcher" in each
    ]
    (task,) = json.loads(snippet)["tasks"]
    assert task["problemMatcher"]["pattern"] == MATCHER["problemMatcher"][0]["pattern"]
    assert task["problemMatcher"]["fileLocation"] == ["relative", "${workspaceFolder}"]


def test_a_report_is_saved_beside_what_is_said_and_never_over_a_note(
    make_vault: Maker, run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = make_vault(f"=== Interviews/bad.md\n{BAD}")
    first, second = tmp_path / "a.json", tmp_path / "b.md"
    ran = run("check", "--save", "gitlab", str(first), "--save", "markdown", str(second), vault=root)
    assert ran.code == 1
    assert ran.out.startswith("error[date/unreadable]")
    assert json.loads(first.read_text(encoding="utf-8"))[0]["check_name"] == "date/unreadable"
    assert second.read_text(encoding="utf-8").startswith("### PrepVault: 1 error")
    refused = run("check", "--save", "json", str(root / "Interviews/bad.md"), vault=root)
    assert refused.code == 1
    assert (root / "Interviews/bad.md").read_text(encoding="utf-8").startswith(BAD)
