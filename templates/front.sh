# From outside: HTTPD, the program, where it is not in the path; PROBE_LIMIT, seconds until a front has to serve;
# LOAD_LIMIT, seconds that a start or a reload may take; KEEP, how many earlier files stay; VISIBLE=no leaves the probe
# away; LOCK_WAIT, seconds to wait for another run; EDITED=refuse ends where somebody edited the file by hand.
set -eu
LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
PROBE_LIMIT=${PROBE_LIMIT:-20} LOAD_LIMIT=${LOAD_LIMIT:-30} KEEP=${KEEP:-5} VISIBLE=${VISIBLE:-yes}
LOCK_WAIT=${LOCK_WAIT:-0} EDITED=${EDITED:-overwrite} EGRESS=${EGRESS:-}

say() { printf '%s: %s\n' "$NAME" "$*"; }

# die WHAT WHAT-TO-DO [STATUS]: 1 where the file before serves on, 3 where that is not known
die() {
  printf '%s: %s\nwhat to do: %s\n' "$NAME" "$1" "$2" >&2
  exit "${3:-1}"
}

[ "$(id -u)" = 0 ] || die "this has to be run as root" "call it with sudo"

program() { command -v "${HTTPD:-$PROGRAM}" 2>/dev/null; }

limited() {
  if command -v timeout >/dev/null; then timeout -k 5 "$LOAD_LIMIT" "$@"; else "$@"; fi
}

# called WORD...: httpd with the variables that its service gives it. A function of the program's own name would be taken
# for the program where that is not installed.
called() (
  set +eu
  # shellcheck disable=SC1090
  [ ! -r "$ENVVARS" ] || . "$ENVVARS"
  limited "$(program)" "$@"
)

# The service must not start with the package's own file: that would open a page that nobody asked for.
install_packages() {
  if program >/dev/null && command -v curl >/dev/null; then return 0; fi
  [ -n "$PACKAGES" ] || die "$PROGRAM or curl is not there" "install both, or name httpd: HTTPD=/path/to/$PROGRAM"
  command -v "$INSTALLER" >/dev/null || die "$INSTALLER is not there" "install $PACKAGES by hand and run this again"
  say "installing $PACKAGES"
  if [ "$INSTALLER" = apt-get ]; then
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    export DEBIAN_FRONTEND RUNLEVEL
    apt-get -q update || true
  fi
  # shellcheck disable=SC2086
  "$INSTALLER" install -y -q $PACKAGES || die "$INSTALLER could not install $PACKAGES" "see what it says above"
  program >/dev/null || die "$PROGRAM is not there after the installation" "name it: HTTPD=/path/to/$PROGRAM"
}

LOCK='' DRAFT='' GIVEN=''
tidy() {
  [ -z "$DRAFT" ] || rm -f "$DRAFT"
  [ -z "$GIVEN" ] || rm -f "$GIVEN"
  rm -f "$STATE/given.$$.declared"
  [ -z "$LOCK" ] || alone rm -rf "$LOCK"
}
trap tidy EXIT
trap 'exit 1' HUP INT TERM

# alone WORD...: nobody else looks at the lock meanwhile, or takes it, or lets it go. The kernel ends that for who is killed.
alone() {
  if command -v flock >/dev/null; then
    (flock -w 10 9 || exit 9; "$@") 9<"$(dirname "$CONFIG")"
  else
    ("$@")
  fi
}

# holder: the process that has the lock, or its keeper, which brings the host back where that process was killed
holder() {
  for who in pid keeper; do
    other=$(cat "$CONFIG.lock/$who" 2>/dev/null || true)
    if [ -n "$other" ] && kill -0 "$other" 2>/dev/null; then
      echo "$other"
      return 0
    fi
  done
  return 1
}

# take: status 9 while somebody has it
take() {
  ! holder >/dev/null || return 9
  rm -rf "$CONFIG.lock"
  mkdir "$CONFIG.lock" 2>/dev/null ||
    die "$CONFIG.lock cannot be made" "look at its folder and at the room on its disk; nothing was changed"
  echo $$ >"$CONFIG.lock/pid" || {
    rm -rf "$CONFIG.lock"
    die "no room for $CONFIG" "make room on its disk; nothing was changed"
  }
}

# One at a time: a second run would take the first one's file away. The lock of a run that was killed is broken, unless
# its keeper still brings the host back.
lock() {
  [ -d "$(dirname "$CONFIG")" ] || die "$(dirname "$CONFIG") is not there" "install httpd, or choose its layout"
  left=$((LOCK_WAIT * 5))
  while :; do
    taken=0
    alone take || taken=$?
    case $taken in
    0) break ;;
    1) exit 1 ;;
    esac
    [ "$left" -gt 0 ] || die "process $(holder || true) is at it already" "wait for it, then run this again"
    left=$((left - 1))
    sleep 0.2
  done
  LOCK=$CONFIG.lock
}

# stage: the new file beside the one in place, with its rights before its content. It stands in the lock, so that what a
# killed run leaves of it goes with its lock.
stage() {
  DRAFT=$(mktemp "$LOCK/draft.XXXXXXXXXX") || die "no room for $CONFIG" "make room on its disk; nothing was changed"
  chmod 0600 "$DRAFT"
  chown "$OWNER:$GROUP" "$DRAFT"
  content >"$DRAFT" || die "no room for $CONFIG" "make room on its disk; nothing was changed"
  chmod "$MODE" "$DRAFT"
}

# As this host's own httpd sees it.
tested() {
  said=$(called -t -f "$DRAFT" 2>&1) && return 0
  printf '%s\n' "$said" | sed "s|$DRAFT|$CONFIG|g" >&2
  die "httpd refuses the new file; the one in place was kept" "mend the description, then run this again"
}

running() { [ -s "$PID_FILE" ] && kill -0 "$(cat "$PID_FILE")" 2>/dev/null; }

managed() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }

children() { ps -o pid= --ppid "$(cat "$PID_FILE" 2>/dev/null || echo 0)" 2>/dev/null | tr -d ' ' || true; }

# renewed OLD: processes of the new generation are there. Until then those of the old one answer a probe.
# Where no process can be seen, a second has to do.
renewed() {
  if [ -z "$1" ]; then
    sleep 1
    running
    return
  fi
  left=$((LOAD_LIMIT * 10))
  while running; do
    for child in $(children); do
      case " $1 " in *" $child "*) ;; *) return 0 ;; esac
    done
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.1
  done
  return 1
}

# load: start, or take the new file without cutting an answer.
load() {
  if running; then
    old=$(children | tr '\n' ' ')
    called -k graceful -f "$CONFIG" && renewed "$old"
  elif managed; then
    limited systemctl enable -q "$SERVICE"
    limited systemctl start "$SERVICE"
  else
    called -k start -f "$CONFIG" </dev/null
  fi
}

# The status of one request; 000 where nothing answers.
probe() {
  # shellcheck disable=SC2086
  curl -s -o /dev/null -m 5 --noproxy '*' -w '%{http_code}' ${PROBE_HOST:+-H "Host: $PROBE_HOST"} "$PROBE_URL" || true
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

sum() { sha256sum <"$1" | cut -d' ' -f1; }

# note FILE TEXT: what has to be known after this run, written whole or not at all
note() {
  (umask 077 && mkdir -p "$STATE" && printf '%s\n' "$2" >"$STATE/$1.new" && mv -f "$STATE/$1.new" "$STATE/$1")
}

noted() { cat "$STATE/$1" 2>/dev/null || true; }

# remember_first: what was here before the first run, for the way back to it.
remember_first() {
  [ ! -f "$STATE/first" ] || return 0
  was=stopped
  if running; then was=running; fi
  if [ -f "$CONFIG" ]; then
    note original '' && cp -p "$CONFIG" "$STATE/original.new" && mv -f "$STATE/original.new" "$STATE/original" || return 1
  fi
  note first "$was"
}

# A run that was cut leaves its note: either of its two files is no edit of anybody's.
edited() {
  [ -f "$CONFIG" ] && [ -f "$STATE/deployed" ] || return 1
  case " $(noted deployed) $(noted pending) " in *" $(sum "$CONFIG") "*) return 1 ;; esac
}

# Lines with secrets are named by number only.
show_edits() {
  if [ "$(stat -c %a "$CONFIG")" = 644 ]; then
    diff -u --label "$CONFIG as deployed" --label "$CONFIG as it is" "$STATE/last" "$CONFIG" || true
  else
    diff "$STATE/last" "$CONFIG" | sed -n 's/^\([0-9][0-9,]*[acd][0-9][0-9,]*\)$/lines \1/p' || true
  fi
}

heed_edits() {
  edited || return 0
  show_edits >&2
  [ "$EDITED" = overwrite ] || die "$CONFIG was edited by hand since the last deploy, see above; nothing was changed" \
    "put the edit into the description, or allow that it is overwritten; it stays as $CONFIG.1"
  say "$CONFIG was edited by hand, see above; that file stays as $CONFIG.1"
}

# keep: the file in place becomes the first of the earlier ones.
keep() {
  [ -f "$CONFIG" ] || return 0
  cp -p "$CONFIG" "$CONFIG.0" || {
    rm -f "$CONFIG.0"
    die "no room for $CONFIG.1" "make room on its disk; nothing was changed"
  }
  at=$KEEP
  while [ "$at" -gt 1 ]; do
    before=$((at - 1))
    [ ! -f "$CONFIG.$before" ] || mv -f "$CONFIG.$before" "$CONFIG.$at"
    at=$before
  done
  mv -f "$CONFIG.0" "$CONFIG.1"
}

put_back() {
  cp -p "$CONFIG.1" "$CONFIG.0" && mv -f "$CONFIG.0" "$CONFIG"
  load || true
}

back() {
  [ -f "$CONFIG.1" ] || die "$1" "there is no earlier file to go back to; see the error log" 3
  put_back
  await_serving || die "$1; the file before is back, and does not serve either" "see the error log" 3
  rm -f "$STATE/pending"
  die "$1; the file before is back and serves" "see the error log for what the new one did"
}

# heed_live and settle_live: what operators changed in balancer-manager; the script of a front alone does not look.
heed_live() { :; }
settle_live() { :; }

# settled: the file in place is the one that this run brought.
settled() {
  if ! note deployed "$(sum "$CONFIG")" || ! cp -p "$CONFIG" "$STATE/last"; then
    rm -f "$STATE/deployed"
    say "no room in $STATE: an edit by hand will not be seen"
  fi
  rm -f "$STATE/pending"
}

# finish_cut: what a run that was cut leaves undone. httpd has the file in place afterwards, the new one if that serves.
finish_cut() {
  case $(noted pending) in *' yes') served=yes ;; *) served=no ;; esac
  load || true
  if [ "$served" = no ] || await_serving; then
    settled
    (settle_live) || true
  elif [ -f "$CONFIG.1" ]; then
    put_back
    await_serving || true
  fi
  rm -f "$STATE/pending"
}

# keep_watch: outlives this run. When it is killed between the new file and the look whether that serves, this goes on. A
# lock that is not that run's any more says that it ended by itself.
keep_watch() {
  watched=$$
  (
    trap '' HUP INT TERM
    trap - EXIT
    while kill -0 "$watched" 2>/dev/null; do sleep 0.2; done
    [ "$(cat "$LOCK/pid" 2>/dev/null)" = "$watched" ] && [ -f "$STATE/pending" ] || exit 0
    finish_cut
    alone rm -rf "$LOCK"
  ) </dev/null >/dev/null 2>&1 &
  echo $! >"$LOCK/keeper" || true
}

swap() {
  STATUS=000 served=no
  if running && serves; then served=yes; fi
  remember_first || die "no room in $STATE" "make room on its disk; nothing was changed"
  keep
  sync "$DRAFT" 2>/dev/null || sync
  note pending "$(noted deployed) $(sum "$DRAFT") $served" || die "no room in $STATE" "make room on its disk"
  keep_watch
  mv -f "$DRAFT" "$CONFIG"
  load || back "httpd did not take the new file"
  if await_serving; then
    say "serves: $PROBE_URL answers $STATUS"
  elif [ "$served" = yes ]; then
    back "$PROBE_URL answered before and now $STATUS"
  elif running; then
    say "runs, and serves nobody yet: $PROBE_URL answers $STATUS; are the members up?"
  else
    back "httpd ended with the new file"
  fi
  settled
}

# What stands between the front and those it serves though httpd is right. SELinux is told what a front needs; who may
# reach a port is said, and left to whoever runs the host.
open_the_way() {
  if command -v getenforce >/dev/null && [ "$(getenforce)" = Enforcing ]; then
    case $(getsebool httpd_can_network_connect 2>/dev/null) in
    *on) ;;
    *)
      say "SELinux: httpd may connect to backends from now on: setsebool -P httpd_can_network_connect 1"
      setsebool -P httpd_can_network_connect 1
      ;;
    esac
  fi
  if command -v firewall-cmd >/dev/null && firewall-cmd -q --state 2>/dev/null; then
    past_firewalld
  elif command -v ufw >/dev/null && rules=$(ufw status verbose 2>/dev/null) && [ "${rules#Status: active}" != "$rules" ]; then
    past_ufw
  elif command -v nft >/dev/null && rules=$(nft list ruleset 2>/dev/null); then
    past_nftables
  fi
}

past_firewalld() {
  for port in $PORTS; do
    case $port in 80) named=http ;; 443) named=https ;; *) named='' ;; esac
    if firewall-cmd -q --query-port="$port/tcp"; then continue; fi
    if [ -n "$named" ] && firewall-cmd -q --query-service="$named"; then continue; fi
    say "firewalld keeps clients from port $port; to let them in: firewall-cmd --permanent --add-port=$port/tcp && firewall-cmd --reload"
  done
}

# A rule that names an application instead of a port is not read.
past_ufw() {
  case $rules in *'allow (incoming)'*) ;; *)
    for port in $PORTS; do
      printf '%s\n' "$rules" | grep -qE "^$port(/tcp)? +ALLOW" ||
        say "no rule of ufw lets clients in at port $port; to let them in: ufw allow $port/tcp"
    done
    ;;
  esac
  case $rules in *'allow (outgoing)'*) return 0 ;; esac
  for place in $EGRESS; do
    host=${place%:*} port=${place##*:}
    printf '%s\n' "$rules" | grep -F "$host" | grep -qE "(^| )$port(/tcp)? .*ALLOW OUT" ||
      say "no rule of ufw lets httpd reach $host port $port; to let it: ufw allow out proto tcp to $host port $port"
  done
}

past_nftables() {
  for way in input output; do
    chain=$(printf '%s\n' "$rules" | awk -v way="hook $way" '$1 == "table" { table = $2 " " $3 } $1 == "chain" { chain = $2 }
      index($0, way) && /policy drop/ { print table, chain; exit }')
    [ -n "$chain" ] || continue
    if [ $way = input ]; then asked=$PORTS; else asked=$EGRESS; fi
    for place in $asked; do
      port=${place##*:} to=''
      printf '%s\n' "$rules" | grep -qE "tcp dport (.*[ {,])?$port([ },]|$)" && continue
      [ $way = input ] || to="ip daddr ${place%:*} "
      say "no rule of nftables names port ${place#*:}, and $way is dropped; to allow it: nft add rule $chain ${to}tcp dport $port accept"
    done
  done
}

bring() {
  install_packages
  # shellcheck disable=SC2086
  mkdir -p $FOLDERS "$(dirname "$CONFIG")"
  lock
  open_the_way
  stage
  tested
  if running && cmp -s "$DRAFT" "$CONFIG" && [ ! -f "$STATE/pending" ]; then
    remember_first && settled
    say "nothing to do: $CONFIG is this file, and httpd runs"
    return 0
  fi
  heed_edits
  heed_live
  swap
  settle_live
}
