// How every site check answers: failures in full, then one line that a runner can count.

/** Collects results; `end()` prints the closing line and sets the exit code. */
export class Report {
  passed = 0;
  failures = [];

  /** One check: it passed if `problems` is empty. `name` is the kind of check, `where` the page and the way of looking at it. */
  add(name, where, problems) {
    if (problems.length === 0) this.passed += 1;
    else this.failures.push({ name, where, problems });
  }

  end() {
    for (const { name, where, problems } of this.failures) {
      console.log(`FAILED ${name}: ${where}`);
      for (const problem of problems.slice(0, 10)) console.log(`    ${problem}`);
      if (problems.length > 10) console.log(`    … and ${problems.length - 10} more`);
    }
    console.log(`${this.passed} passed, ${this.failures.length} failed`);
    // A check of nothing is not a pass.
    if (this.failures.length > 0 || this.passed === 0) process.exitCode = 1;
  }
}
