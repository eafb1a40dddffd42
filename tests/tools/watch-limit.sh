#!/usr/bin/env bash
# A preview on a machine that watches no more folders: it says which limit to raise, and sees saves all the same.
#
#   tests/tools/watch-limit.sh target/release/roadbook
#
# Sets the limit in a user namespace of its own, so the machine's stays; needs Linux, and a kernel that gives such namespaces to
# whoever runs this.
set -euo pipefail
roadbook=$(realpath "${1:?which roadbook?}")
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT

fail() {
  printf '%s\n' "tests/tools/watch-limit.sh: $*" >&2
  sed 's/^/    /' "$folder/said" >&2 2>/dev/null || true
  exit 1
}

# within WHAT COMMAND…: the command succeeds within ten seconds.
within() {
  local what=$1
  shift
  for _ in $(seq 200); do
    "$@" && return
    sleep 0.05
  done
  fail "$what"
}

unshare -Ur true || fail "no user namespaces here: run it as root, or allow them"
mkdir -p "$folder/plan/items/deep"
printf -- '---\ntitle: One\n---\nBefore.\n' >"$folder/plan/items/deep/one.md"
touch "$folder/said"

# The project alone has more folders than watches.
unshare -Ur sh -c 'echo 2 >/proc/sys/user/max_inotify_watches && exec "$@"' - \
  "$roadbook" serve "$folder" --port 0 --color never 2>"$folder/said" &
server=$!

said() { grep -q "$1" "$folder/said"; }
within "it does not serve" said 'Serving'
within "it does not name the limit" said 'sysctl fs.inotify.max_user_watches='
port=$(grep -o '127\.0\.0\.1:[0-9]*' "$folder/said" | head -1 | cut -d: -f2)

shows() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET /items/one.html HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  grep -q "$1" <&3
}
within "it does not show the item" shows 'Before'
printf -- '---\ntitle: One\n---\nAfter.\n' >"$folder/plan/items/deep/one.md"
within "it missed a save" shows 'After'
echo '2 passed, 0 failed'
