# From outside: HTTPD, the program, where it is not in the path; PROBE_LIMIT, seconds until a front has to serve;
# KEEP, how many earlier files stay; VISIBLE=no leaves the probe away.
set -eu
LC_ALL=C
export LC_ALL
PROBE_LIMIT=${PROBE_LIMIT:-20} KEEP=${KEEP:-5} VISIBLE=${VISIBLE:-yes}

say() { printf '%s: %s\n' "$NAME" "$*"; }

# die WHAT WHAT-TO-DO
die() {
  printf '%s: %s\nwhat to do: %s\n' "$NAME" "$1" "$2" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || die "this has to be run as root" "call it with sudo"

program() { command -v "${HTTPD:-$PROGRAM}" 2>/dev/null || command -v "/usr/sbin/$PROGRAM" 2>/dev/null; }

# The service must not start with the package's own file: that would open a page that nobody asked for.
install_packages() {
  if program >/dev/null && command -v curl >/dev/null; then return 0; fi
  [ -n "$PACKAGES" ] || die "$PROGRAM is not there" "install it, or name it: HTTPD=/path/to/$PROGRAM"
  command -v "$MANAGER" >/dev/null || die "$MANAGER is not there" "install $PACKAGES by hand and run this again"
  say "installing $PACKAGES"
  if [ "$MANAGER" = apt-get ]; then
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    export DEBIAN_FRONTEND RUNLEVEL
    apt-get -q update || true
  fi
  # shellcheck disable=SC2086
  "$MANAGER" install -y -q $PACKAGES || die "$MANAGER could not install $PACKAGES" "see what it says above"
  program >/dev/null || die "$PROGRAM is not there after the installation" "name it: HTTPD=/path/to/$PROGRAM"
}

# One at a time: a second run would take the first one's file away. The lock of a run that was killed is broken.
lock() {
  LOCK=$CONFIG.lock
  if ! mkdir "$LOCK" 2>/dev/null; then
    other=$(cat "$LOCK/pid" 2>/dev/null || echo 0)
    if [ "$other" != 0 ] && kill -0 "$other" 2>/dev/null; then
      LOCK=''
      die "process $other is at it already" "wait for it, then run this again"
    fi
    rm -rf "$LOCK"
    mkdir "$LOCK" || die "$CONFIG.lock cannot be made" "look at its folder"
  fi
  echo $$ >"$LOCK/pid"
}

LOCK='' DRAFT=''
tidy() {
  [ -z "$DRAFT" ] || rm -f "$DRAFT"
  [ -z "$LOCK" ] || rm -rf "$LOCK"
}
trap tidy EXIT
trap 'exit 1' HUP INT TERM

# stage: the new file beside the one in place, with its rights before its content.
stage() {
  DRAFT=$(mktemp "$CONFIG.XXXXXXXXXX")
  chmod 0600 "$DRAFT"
  chown "$OWNER:$GROUP" "$DRAFT"
  content >"$DRAFT" || die "no room for $CONFIG" "make room on its disk; nothing was changed"
  chmod "$MODE" "$DRAFT"
}

# As this host's own httpd sees it.
tested() {
  "$(program)" -t -f "$DRAFT" 2>"$LOCK/said" && return 0
  sed "s|$DRAFT|$CONFIG|g" "$LOCK/said" >&2
  die "httpd refuses the new file; the one in place was kept" "mend the description, then run this again"
}

running() { [ -s "$PID_FILE" ] && kill -0 "$(cat "$PID_FILE")" 2>/dev/null; }

managed() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }

# load: start, or take the new file without cutting an answer.
load() {
  if running; then
    "$(program)" -k graceful -f "$CONFIG"
  elif managed; then
    systemctl enable -q "$SERVICE"
    systemctl start "$SERVICE"
  else
    "$(program)" -k start -f "$CONFIG"
  fi
}

# The status of one request; 000 where nothing answers.
probe() {
  # shellcheck disable=SC2086
  curl -s -o /dev/null -m 5 -w '%{http_code}' ${PROBE_HOST:+-H "Host: $PROBE_HOST"} "$PROBE_URL" || true
}

serves() {
  [ "$VISIBLE" = yes ] || return 0
  STATUS=$(probe)
  [ "$STATUS" -gt 0 ] && [ "$STATUS" -lt "$FAILS_FROM" ]
}

await_serving() {
  left=$((PROBE_LIMIT * 5))
  while ! serves; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.2
  done
}

# keep: the file in place becomes the first of the earlier ones.
keep() {
  [ -f "$CONFIG" ] || return 0
  at=$KEEP
  while [ "$at" -gt 1 ]; do
    before=$((at - 1))
    [ ! -f "$CONFIG.$before" ] || mv -f "$CONFIG.$before" "$CONFIG.$at"
    at=$before
  done
  cp -p "$CONFIG" "$CONFIG.1"
}

back() {
  [ -f "$CONFIG.1" ] || die "$1" "there is no earlier file to go back to; see the error log"
  cp -p "$CONFIG.1" "$DRAFT"
  mv -f "$DRAFT" "$CONFIG"
  load || true
  await_serving || die "$1; the file before is back, and does not serve either" "see the error log"
  die "$1; the file before is back and serves" "see the error log for what the new one did"
}

bring() {
  install_packages
  # shellcheck disable=SC2086
  mkdir -p $FOLDERS "$(dirname "$CONFIG")"
  lock
  if command -v getenforce >/dev/null && [ "$(getenforce)" = Enforcing ]; then
    say "SELinux: httpd may connect to backends"
    setsebool -P httpd_can_network_connect 1
  fi
  stage
  tested
  if running && cmp -s "$DRAFT" "$CONFIG"; then
    say "nothing to do: $CONFIG is this file, and httpd runs"
    return 0
  fi
  STATUS=000 served=no
  if running && serves; then served=yes; fi
  keep
  sync "$DRAFT" 2>/dev/null || sync
  mv -f "$DRAFT" "$CONFIG"
  load || back "httpd did not take the new file"
  if await_serving; then
    say "serves: $PROBE_URL answers $STATUS"
  elif [ "$served" = yes ]; then
    back "$PROBE_URL answered before and now $STATUS"
  else
    say "runs, and serves nobody yet: $PROBE_URL answers $STATUS; are the members up?"
  fi
}

bring
