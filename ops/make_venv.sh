#!/usr/bin/env bash
# Makes .venv with Python 3.11. Debian keeps the venv module in a package of its own: installed where we may.
#   ops/make_venv.sh PYTHON
set -euo pipefail
python=$1
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [[ $version != 3.11 ]]; then
  echo "Python 3.11 is needed and $python is $version: make PYTHON=/path/to/python3.11 …" >&2
  exit 1
fi
"$python" -m venv --clear .venv >/dev/null 2>&1 && exit 0
"$(dirname "$0")/apt_install.sh" python3.11-venv "a Python that can make virtual environments"
"$python" -m venv --clear .venv
