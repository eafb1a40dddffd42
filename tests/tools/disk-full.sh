#!/usr/bin/env bash
# A rebuild on a disk that is too small for it: it says so and names a path, the old site stays whole, and when there is room the next build
# gives the new one and leaves nothing beside it.
#
#   tests/tools/disk-full.sh target/release/roadbook
#
# Mounts small disks in memory in a user namespace of its own, so the machine sees none of them; needs Linux, and a kernel that gives such
# namespaces to whoever runs this. In most containers it gives none.
set -euo pipefail
roadbook=$(realpath "${1:?which roadbook?}")

if [ "${2:-}" != inside ]; then
  unshare -Urm true || { echo "tests/tools/disk-full.sh: no user namespaces here: run it as root, or allow them" >&2; exit 1; }
  exec unshare -Urm "$0" "$roadbook" inside
fi

folder=$(mktemp -d)
trap 'umount "$folder/disk" 2>/dev/null || true; rm -rf "$folder"' EXIT
disk=$folder/disk
mkdir "$disk"
passed=0

fail() {
  printf '%s\n' "tests/tools/disk-full.sh: $*" >&2
  sed 's/^/    /' "$folder/said" >&2 2>/dev/null || true
  exit 1
}

# plan NAME WORD: thirty items that say it.
plan() {
  mkdir -p "$folder/$1/plan/items" "$folder/$1/static"
  for n in $(seq 30); do
    { printf -- '---\ntitle: %s %s\neffort: 2\n---\n' "$2" "$n"; printf "$2 %.0s" {1..500}; } >"$folder/$1/plan/items/n$n.md"
  done
  head -c 300000 /dev/zero | tr '\0' "${2:0:1}" >"$folder/$1/static/large.txt"
}
plan old Alpha
plan new Bravo

build() { "$roadbook" build "$folder/$1" -d "$2" --today 2026-01-01 --color never >"$folder/said" 2>&1; }
for name in old new; do build "$name" "$folder/sites/$name" || fail "the plan cannot be built"; done
pages=$(du -s --apparent-size --block-size=4096 "$folder/sites/new" | cut -f1)

# is NAME: the disk holds this site, with the file of somebody else, and nothing else.
is() { diff -r "$folder/sites/$1" "$disk/site" --exclude CNAME >"$folder/said" 2>&1 && [ "$(cat "$disk/site/CNAME" 2>&1)" = theirs ]; }

# try OPTION FEW MANY: a disk with so little room more than the old site takes, and then with enough.
try() {
  local code=0
  mount -t tmpfs -o "$1" tmpfs "$disk" || fail "no disk can be mounted here"
  build old "$disk/site" || fail "the old site does not fit: $1"
  echo theirs >"$disk/site/CNAME"
  mount -o "remount,$2" "$disk"
  build new "$disk/site" || code=$?
  [ "$code" = 2 ] || fail "$2: exit code $code instead of 2"
  grep -q "$disk.*No space left on device" "$folder/said" || fail "$2: it does not say on what path the disk was full"
  is old || fail "$2: the old site is not whole"
  [ "$(ls -A "$disk")" = site ] || fail "$2: there is something beside the site: $(ls -A "$disk")"
  mount -o "remount,$1" "$disk"
  build new "$disk/site" || fail "$2: the next build fails"
  is new || fail "$2: the next build does not give the new site"
  [ "$(ls -A "$disk")" = site ] || fail "$2: the next build leaves $(ls -A "$disk")"
  umount "$disk"
  passed=$((passed + 1))
}

# What is taken is known only when the old site is there.
mount -t tmpfs -o size=64m tmpfs "$disk"
build old "$disk/site" || fail "the plan cannot be built"
blocks=$(df --output=used --block-size=4096 "$disk" | tail -1)
names=$(df --output=iused "$disk" | tail -1)
umount "$disk"

for more in 2 3 5 8 13 21 $((pages / 4)) $((pages / 2)); do
  try size=64m "size=$(((blocks + 1 + more) * 4096))"
done
for more in 2 4 5 9 14 22; do
  try size=64m,nr_inodes=10000 "size=64m,nr_inodes=$((names + more))"
done
echo "$passed passed, 0 failed"
