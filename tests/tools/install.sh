#!/usr/bin/env bash
# Installs what the site checks need where it is missing: Node.js, Java, Chromium, OpenSSL, curl, three families of fonts and, on Linux, strace (by the
# system's package manager), and the npm packages that package-lock.json pins. Says what it could not install and how to get it by hand.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  printf '%s\n' "tests/tools/install.sh: $*" >&2
  exit 2
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif ! command -v sudo >/dev/null; then
    fail "'$*' needs root, and there is no sudo: run it as root, then start again"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@" || fail "'$*' needs root, and sudo asks for a password: run it by hand, then start again"
  fi
}

apt_updated=no
apt_install() {
  # A fresh machine may have no package lists at all, or stale ones.
  if [ "$apt_updated" = no ]; then
    as_root apt-get update -qq
    apt_updated=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# install WHAT APT DNF PACMAN BREW: by the package manager that is here. Whether it worked is for the caller to look at.
install() {
  echo "installing $1"
  if command -v apt-get >/dev/null; then
    apt_install $2 || true
  elif command -v dnf >/dev/null; then
    as_root dnf install -y -q $3 || true
  elif command -v pacman >/dev/null; then
    as_root pacman -S --needed --noconfirm $4 || true
  elif command -v brew >/dev/null; then
    brew install -q $5 || true
  else
    fail "$1 is missing, and there is no apt-get, dnf, pacman or brew to install it: install it by hand, then start again"
  fi
}

node_works() {
  command -v node >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)'
}
node_works || install "Node.js" nodejs nodejs nodejs node
node_works || fail "Node.js 18 or newer is missing and could not be installed: see https://nodejs.org/en/download"

# Some builds of Node.js bring npm along and refuse the distribution's own, so it is asked for only where it is missing.
command -v npm >/dev/null || install "npm" npm nodejs-npm npm node
command -v npm >/dev/null || fail "npm is missing and could not be installed: see https://nodejs.org/en/download"

if ! cmp -s package-lock.json node_modules/.installed; then
  echo "installing the npm packages of package-lock.json"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || fail "npm ci failed: is the npm registry reachable?"
  cp package-lock.json node_modules/.installed
fi

node found.mjs java >/dev/null || install "Java" default-jre-headless java-latest-openjdk-headless jre-openjdk-headless openjdk
# Older releases' default is older than the validator wants.
node found.mjs java >/dev/null || install "Java 17" openjdk-17-jre-headless java-17-openjdk-headless jre17-openjdk-headless openjdk@17
node found.mjs java >/dev/null || fail "Java 17 or newer is missing and could not be installed: see https://adoptium.net"

# Other systems have no such thing, and no check there asks for it.
if [ "$(uname)" = Linux ]; then
  command -v strace >/dev/null || install "strace" strace strace strace ""
  command -v strace >/dev/null || fail "strace is missing and could not be installed: see https://strace.io"
fi

# A proxy that decrypts TLS needs a certificate.
command -v openssl >/dev/null || install "OpenSSL" openssl openssl openssl openssl
command -v openssl >/dev/null || fail "openssl is missing and could not be installed: see https://www.openssl.org"

# The action fetches a release with it.
command -v curl >/dev/null || install "curl" curl curl curl curl
command -v curl >/dev/null || fail "curl is missing and could not be installed: see https://curl.se"

# Readers have wide fonts and narrow ones; fonts.mjs runs the checks that depend on them under each.
node found.mjs fonts >/dev/null ||
  install "fonts" "fonts-dejavu-core fonts-liberation" "dejavu-sans-fonts dejavu-sans-mono-fonts dejavu-serif-fonts liberation-fonts" "ttf-dejavu ttf-liberation" "--cask font-dejavu font-liberation"
node found.mjs fonts >/dev/null || fail "the fonts DejaVu and Liberation are missing and could not be installed: see https://dejavu-fonts.github.io and https://github.com/liberationfonts"

# A browser that somebody names and that does not work is a mistake to tell, not a reason to install another.
if [ -n "${CHROMIUM:-}" ]; then
  node found.mjs chromium >/dev/null || fail "CHROMIUM is '$CHROMIUM', which does not start"
  exit 0
fi
if ! node found.mjs chromium >/dev/null; then
  if grep -qs '^ID=ubuntu' /etc/os-release; then
    # Ubuntu has Chromium as a snap only, which a container cannot install; playwright-core brings one, with its libraries.
    echo "installing Chromium"
    node node_modules/playwright-core/cli.js install --with-deps --no-shell chromium || true
  else
    install "Chromium" chromium chromium chromium "--cask google-chrome"
  fi
fi
node found.mjs chromium >/dev/null ||
  fail "Chromium is missing and could not be installed: install Chromium or Chrome by hand, or name one in CHROMIUM"
