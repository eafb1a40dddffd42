#!/usr/bin/env bash
# A rebuild on a disk that is too small for it: it says so and names a path, the old site stays whole, and when there is room the next build
# gives the new one and leaves nothing beside it. First with the site in a folder of the disk, then with the disk itself as the site: a
# mount point, into which files are moved one by one.
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

# is NAME: the site is this one, with the file of somebody else, and nothing else is in it or beside it.
is() {
  diff -r "$folder/sites/$1" "$site" --exclude CNAME >"$folder/said" 2>&1 && [ "$(cat "$site/CNAME" 2>&1)" = theirs ] || return 1
  ls -A "$(dirname "$site")" >"$folder/said"
  ! grep -q roadbook "$folder/said"
}

# moved: a build into a mount point says once that its files were moved, and no other does.
moved() { [ "$(grep -c 'moved one by one' "$folder/said")" = "$([ "$site" = "$disk" ] && echo 1 || echo 0)" ]; }

# try OPTION FEW: a disk with so little room more than the old site takes, and then with enough. Fails where that little is enough.
try() {
  local code=0
  mount -t tmpfs -o "$1" tmpfs "$disk" || fail "no disk can be mounted here"
  build old "$site" || fail "the old site does not fit: $1"
  moved || fail "$1: it does not say how the files came there"
  echo theirs >"$site/CNAME"
  mount -o "remount,$2" "$disk"
  build new "$site" || code=$?
  if [ "$code" = 0 ]; then
    is new || fail "$2: it does not give the new site alone"
    umount "$disk"
    return 1
  fi
  [ "$code" = 2 ] || fail "$2: exit code $code instead of 2"
  grep -q "$disk.*No space left on device" "$folder/said" || fail "$2: it does not say on what path the disk was full"
  is old || fail "$2: the old site is not whole, or there is something beside it"
  mount -o "remount,$1" "$disk"
  build new "$site" || fail "$2: the next build fails"
  moved || fail "$2: it does not say how the files came there"
  is new || fail "$2: the next build does not give the new site alone"
  umount "$disk"
  passed=$((passed + 1))
}

for site in "$disk/site" "$disk"; do
  # What is taken is known only when the old site is there.
  mount -t tmpfs -o size=64m tmpfs "$disk"
  build old "$site" || fail "the plan cannot be built"
  blocks=$(df --output=used --block-size=4096 "$disk" | tail -1)
  names=$(df --output=iused "$disk" | tail -1)
  umount "$disk"

  for more in 2 3 5 8 13 21 $((pages / 4)) $((pages / 2)); do
    try size=64m "size=$(((blocks + 1 + more) * 4096))" || fail "$more blocks more are enough"
  done
  # One file more each time, until all have room.
  more=2
  while try size=64m,nr_inodes=10000 "size=64m,nr_inodes=$((names + more))"; do more=$((more + 1)); done
  [ "$more" -gt 30 ] || fail "$more files more are enough"
done
echo "$passed passed, 0 failed"
