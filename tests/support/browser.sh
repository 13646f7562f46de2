#!/usr/bin/env bash
# Brings Debian's Chromium for the browser test, when it is missing and may be installed.
set -euo pipefail

command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser test."
  export DEBIAN_FRONTEND=noninteractive
  if apt-get -qq update >/dev/null 2>&1 && apt-get -qq install -y --no-install-recommends chromium >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "The browser test will be skipped: Chromium is not installed (Debian: apt-get install chromium)."
