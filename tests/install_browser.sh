#!/bin/sh
# Installs Debian's Chromium for the browser tests when it is missing and we may; never fails.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..." >&2
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium; } \
        >/dev/null 2>&1 && exit 0
fi
echo "No Chromium here, so the browser tests cannot run: apt-get install chromium" >&2
exit 0
