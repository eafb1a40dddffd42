// The calls by which a build changes the disk, as strace sees them, and how one of them is killed or made to fail.

import { readFileSync } from "node:fs";
import { build, run } from "./world.mjs";

/** Every call that changes a disk or waits for it. Not all systems have all of them, hence the question marks. */
const CHANGING = [
  "open", "creat", "openat", "openat2", "write", "writev", "pwrite64", "pwritev", "pwritev2", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir",
  "mkdir", "mkdirat", "mknod", "mknodat", "link", "linkat", "symlink", "symlinkat", "truncate", "ftruncate", "fallocate", "copy_file_range", "sendfile", "splice",
  "chmod", "fchmod", "fchmodat", "chown", "lchown", "fchown", "fchownat", "utime", "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr",
  "removexattr", "lremovexattr", "fremovexattr", "flock", "fsync", "fdatasync", "sync_file_range", "ioctl",
];
/** Calls on files that change nothing. Any other than these two lists is one that nobody has thought of. */
const READING = [
  "access", "close", "faccessat", "faccessat2", "fcntl", "fstat", "fstatfs", "getdents64", "lseek", "lstat", "mmap", "newfstatat", "pread64", "read", "readlink",
  "readlinkat", "readv", "stat", "statfs", "statx", "fadvise64", "poll", "execve", "getcwd",
];

/** Whether this machine lets a program be traced, and if not, what it needs. */
export async function mayTrace() {
  const ran = await run("strace", ["-f", "-o", "/dev/null", "true"]).catch(() => undefined);
  if (!ran) return "strace is missing: tests/tools/install.sh installs it";
  if (ran.code === 0) return undefined;
  return `strace may trace nothing here: allow ptrace (in a container \`--cap-add SYS_PTRACE\`), then start again. It says: ${ran.said.trim()}`;
}

/** Runs a build under strace, with an injection or none; gives its outcome and its calls in `area`, in order. */
export async function trace({ program, log }, plan, area, { inject, all = false, uid } = {}) {
  const set = all ? [] : ["-e", `trace=${CHANGING.map((name) => `?${name}`).join(",")}`];
  // Faster, but where only some calls stop, none can be killed.
  if (!all && !inject?.how.startsWith("signal")) set.push("--seccomp-bpf");
  const injection = inject ? ["-e", `inject=${inject.name}:${inject.how}:when=${inject.count}`] : [];
  const args = ["-f", "-y", "-s", "0", "-o", log, ...set, ...injection, program, ...build(plan, `${area}/site`, 1)];
  const ran = await run("strace", args, { uid });
  const counts = new Map();
  const calls = [];
  const processes = new Set();
  for (const line of readFileSync(log, "latin1").split("\n")) {
    const [, process, name, rest] = /^(\d+) +(\w+)\((.*)$/.exec(line) ?? [];
    if (!name) continue;
    processes.add(process);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (!rest.includes(`${area}/`)) continue;
    const text = rest.replaceAll(area, "").replace(/\) += .*$/, "").replace(/^\d+</, "<");
    calls.push({ name, count, text, isInjected: rest.endsWith("(INJECTED)"), changes: changes(name, rest) });
  }
  return { ...ran, calls, processes: processes.size };
}

function changes(name, rest) {
  if (name === "ioctl") return !/, (TCGETS|FIONREAD|FIOCLEX)/.test(rest);
  if (/^open(at2?)?$/.test(name)) return /O_CREAT|O_WRONLY|O_RDWR|O_TRUNC/.test(rest);
  return CHANGING.includes(name);
}

/** The names of calls in an area that stand on neither list. */
export function unknown(calls) {
  return [...new Set(calls.map(({ name }) => name))].filter((name) => !CHANGING.includes(name) && !READING.includes(name));
}
