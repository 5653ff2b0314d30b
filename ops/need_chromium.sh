#!/usr/bin/env bash
# The browser tests drive a headless Chromium: found on the PATH, or installed where we may.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
"$(dirname "$0")/apt_install.sh" chromium "a Chromium for the browser tests"
