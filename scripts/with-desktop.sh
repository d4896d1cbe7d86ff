#!/usr/bin/env bash
# Runs a command with what a desktop has: a display and an unlocked keychain. Uses those that are there; on a machine
# without them (a build server) it brings a virtual display and a keyring of its own.
set -euo pipefail

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  command -v xvfb-run >/dev/null || { echo "with-desktop: no display, and no xvfb-run to make one" >&2; exit 1; }
  exec xvfb-run -a -s '-screen 0 1400x1000x24' "$0" "$@"
fi

if [ -z "${FOYER_TEST_KEYRING:-}" ]; then
  command -v gnome-keyring-daemon >/dev/null || { echo "with-desktop: no gnome-keyring-daemon" >&2; exit 1; }
  home=$(mktemp -d)
  trap 'rm -rf "$home"' EXIT
  mkdir -m 700 "$home/runtime"
  export FOYER_TEST_KEYRING=1 XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home/runtime
  dbus-run-session -- bash -c '
    printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    "$@"' keyring "$@"
  exit
fi

exec "$@"
