#!/usr/bin/env bash
# Puts Roadbook where the next step finds it: the released program for this machine, its sum compared, or one compiled here where
# no release fits. Takes all that it is told from the environment, so that no input can become a part of the script.
#
#   ROADBOOK_VERSION      a version, `source`, or nothing for the version of this checkout
#   ROADBOOK_REPOSITORY   owner/name whose releases are asked; nothing where the action is a part of the checkout itself
#   ROADBOOK_RELEASES     another place for the releases, such as a mirror
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
own=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/Cargo.toml" | head -n 1)
wanted=${ROADBOOK_VERSION:-$own}
wanted=${wanted#v}
folder=${RUNNER_TEMP:-/tmp}/roadbook-$$
mkdir -p "$folder"

say() { printf '%s\n' "roadbook: $*" >&2; }
# A command of the workflow: no line end of a value may begin another.
fail() { printf '::error title=Roadbook::%s\n' "${*//[$'\r\n%']/ }" >&2; exit 2; }

finish() {
  "$1" --version >/dev/null || fail "the installed program does not start"
  say "$("$1" --version) in $1"
  printf 'roadbook=%s\n' "$1" >>"${GITHUB_OUTPUT:-/dev/stdout}"
  if [ -n "${GITHUB_PATH:-}" ]; then dirname "$1" >>"$GITHUB_PATH"; fi
  exit 0
}

compile() {
  command -v cargo >/dev/null || fail "$1, and there is no cargo to compile it: install Rust in a step before this one"
  say "$1: compiling it, which takes a few minutes"
  shift
  cargo install --locked --quiet --root "$folder" "$@" || fail "cargo could not install Roadbook"
  if [ -x "$folder/bin/roadbook.exe" ]; then finish "$folder/bin/roadbook.exe"; fi
  finish "$folder/bin/roadbook"
}

compile_wanted() {
  if [ "$wanted" = "$own" ]; then compile "$1" --path "$here"; fi
  compile "$1" roadbook --version "$wanted"
}

[ "$wanted" = source ] && compile "asked for the action's own source" --path "$here"
[[ $wanted =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "\`$wanted\` is no version; write it as $own, or \`source\`"

archive=.tar.gz
case "${RUNNER_OS:-$(uname -s)}-${RUNNER_ARCH:-$(uname -m)}" in
  Linux-X64 | Linux-x86_64) target=x86_64-unknown-linux-gnu ;;
  Linux-ARM64 | Linux-aarch64) target=aarch64-unknown-linux-gnu ;;
  macOS-X64 | Darwin-x86_64) target=x86_64-apple-darwin ;;
  macOS-ARM64 | Darwin-arm64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc archive=.zip ;;
  *) compile_wanted "there is no release for this machine" ;;
esac

releases=${ROADBOOK_RELEASES:-}
if [ -z "$releases" ]; then
  # Where the runner puts the action of another repository, for runners that leave the name out.
  case ${ROADBOOK_REPOSITORY:-$here} in
    */_actions/*/*/*) ROADBOOK_REPOSITORY=$(printf '%s' "${here##*/_actions/}" | cut -d / -f 1,2) ;;
  esac
  [ -n "${ROADBOOK_REPOSITORY:-}" ] || compile_wanted "there is no repository to ask for a release"
  releases=${GITHUB_SERVER_URL:-https://github.com}/$ROADBOOK_REPOSITORY/releases/download
fi
name=roadbook-$wanted-$target
scheme=${releases%%:*}
download() { curl --fail --silent --show-error --location --retry 3 --proto "=$scheme" --output "$folder/$1" "$releases/v$wanted/$1"; }

# Without a release it is compiled; a release that is not what its sums say is never run, nor worked around.
download SHA256SUMS || compile_wanted "there is no release of $wanted"
awk -v name="$name$archive" '$2 == name' "$folder/SHA256SUMS" >"$folder/sum"
[ -s "$folder/sum" ] || compile_wanted "the release of $wanted has nothing for $target"
download "$name$archive" || fail "could not download $name$archive"
if command -v sha256sum >/dev/null; then
  sum() { sha256sum "$@"; }
else
  sum() { shasum -a 256 "$@"; }
fi
(cd "$folder" && sum -c sum >/dev/null) || fail "$name$archive is not what SHA256SUMS says"

case $archive in
  .zip) unzip -q "$folder/$name$archive" -d "$folder" && program=$folder/$name/roadbook.exe ;;
  *) tar -xzf "$folder/$name$archive" -C "$folder" && program=$folder/$name/roadbook ;;
esac
# Another libc, or one older than the release was made with.
"$program" --version >/dev/null 2>&1 || compile_wanted "the released program does not start on this machine"
finish "$program"
