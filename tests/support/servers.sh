#!/usr/bin/env bash
# Brings Debian's PostgreSQL and Redis for the tests that need them, when they are missing and may be installed.
set -euo pipefail

missing=()
command -v redis-server >/dev/null || missing+=(redis-server)
compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || command -v postgres >/dev/null || missing+=(postgresql)
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests."
  export DEBIAN_FRONTEND=noninteractive
  if apt-get -qq update >/dev/null 2>&1 && apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "Some tests will be skipped: not installed: ${missing[*]} (Debian: apt-get install ${missing[*]})."
