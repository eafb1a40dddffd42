#!/usr/bin/env bash
# Runs Roadbook as a step: `build` and `check` annotate, and write the summary and the outputs themselves. Its exit code is the step's.
# Takes all that it is told from the environment, so that no input can become a part of the script.
#
#   ROADBOOK             the program
#   ROADBOOK_COMMAND     the command
#   ROADBOOK_ARGUMENTS   its arguments, separated by spaces; or one a line
#   ROADBOOK_FOLDER      where to run it
set -euo pipefail

fail() { printf '::error title=Roadbook::%s\n' "${*//[$'\r\n%']/ }" >&2; exit 2; }

command=${ROADBOOK_COMMAND:-build}
case $command in
  *[!a-z]*) fail "\`$command\` is no command" ;;
esac
cd -- "${ROADBOOK_FOLDER:-.}" || fail "there is no folder \`$ROADBOOK_FOLDER\`"

arguments=()
given=${ROADBOOK_ARGUMENTS:-}
# A text over several lines in YAML ends in a line end, which says nothing.
while [ "$given" != "${given%$'\n'}" ]; do given=${given%$'\n'}; done
if [[ $given == *$'\n'* ]]; then
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    if [ -n "$line" ]; then arguments+=("$line"); fi
  done <<<"$given"
else
  read -r -a arguments <<<"$given" || true
fi

format=()
case $command in
  build | check)
    format=(--format github)
    for word in ${arguments[@]+"${arguments[@]}"}; do
      case $word in --format | --format=*) format=() ;; esac
    done
    ;;
esac

# An empty list is unset in the bash of macOS.
exec "$ROADBOOK" "$command" ${format[@]+"${format[@]}"} ${arguments[@]+"${arguments[@]}"}
