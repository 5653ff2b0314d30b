#!/usr/bin/env bash
# Installs a Debian or Ubuntu package where we may, else says what to install.
#   ops/apt_install.sh PACKAGE "what it is for"
set -euo pipefail
package=$1 purpose=$2
if [[ $(id -u) == 0 ]]; then
  as_root=()
elif sudo --non-interactive true 2>/dev/null; then
  as_root=(sudo --non-interactive)
else
  as_root=(false)
fi
export DEBIAN_FRONTEND=noninteractive
if ! command -v apt-get >/dev/null ||
  ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq "$package" >/dev/null; }; then
  echo "Missing: $purpose. Install it as root: apt-get install $package" >&2
  exit 1
fi
