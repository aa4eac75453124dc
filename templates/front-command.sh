# What a host is sent on standard input: a word a line, an empty line, the file. Every word is judged: who may call this
# may change the one file it is for, and nothing else.
DO='' SUM='' BELONGS='' WANTED=0 PORTS='' EGRESS=''
PROBE_LIMIT=20 KEEP=5 LOCK_WAIT=30 EDITED=refuse VISIBLE=yes MODE=0600 PACKAGES='' INSTALLER='' HTTPD=''

number() {
  case ${1#*=} in '' | *[!0-9]* | ??????*) odd "$1" ;; esac
  printf %s "${1#*=}"
}

# plain WORD=VALUE: one that stays one word
plain() {
  case ${1#*=} in *[!]A-Za-z0-9._:/[~+-]*) odd "$1" ;; esac
  printf %s "${1#*=}"
}

odd() { die "the deploy said '$1', which this command does not know" "prepare this host again"; }

# forget_given: what runs that were killed had received. The name of such a file says which process it is for.
forget_given() {
  for file in "$STATE"/given.*; do
    process=${file#"$STATE/given."}
    process=${process%%.*}
    case $process in
    *[!0-9]*) rm -f "$file" ;;
    *) kill -0 "$process" 2>/dev/null || rm -f "$file" ;;
    esac
  done
}

receive() {
  (umask 077 && mkdir -p "$STATE")
  forget_given
  says=$STATE/given.$$.declared
  (umask 077 && : >"$says") || die "no room in $STATE" "make room on its disk; nothing was changed"
  exec 3>"$says"
  while IFS= read -r line; do
    value=${line#*=}
    case $line in
    '') break ;;
    do=bring | do=restore | do=look) DO=$value ;;
    httpd=[0-9]*) WANTED=$value ;;
    command=*) [ "$value" = "$(sum "$0")" ] || die "its command is not the one that this deploy was made with" "prepare this host again" ;;
    live=refuse | live=carry | live=adopt | live=discard) LIVE=$value ;;
    manager=http://?* | manager=https://?*) MANAGER=$(plain "$line") ;;
    resolve=?*) CURL_OPTIONS="-k --resolve $(plain "$line")" ;;
    balancer=?*) BALANCERS="$BALANCERS $(plain "$line")" ;;
    declared=?*)
      DECLARED=$says
      printf '%s\n' "$value" >&3 || die "no room in $STATE" "make room on its disk; nothing was changed"
      ;;
    persists=yes) PERSISTS=yes ;;
    reviewed_live=?*) REVIEWED_LIVE=$(plain "$line") ;;
    sum=*) SUM=$value ;;
    owned=*) BELONGS=$value ;;
    mode=0600 | mode=0644) MODE=$value ;;
    edited=refuse | edited=overwrite) EDITED=$value ;;
    keep=*) KEEP=$(number "$line") ;;
    port=*) PORTS="$PORTS $(number "$line")" ;;
    egress=?*)
      case $value in *[!]A-Za-z0-9._:[-]*) odd "$line" ;; esac
      EGRESS="$EGRESS $value"
      ;;
    probe_limit=*) PROBE_LIMIT=$(number "$line") ;;
    probe=http://?*) PROBE_URL=$value ;;
    probe_host=*) PROBE_HOST=$value ;;
    load_limit=*) LOAD_LIMIT=$(number "$line") ;;
    fails_from=*) FAILS_FROM=$(number "$line") ;;
    *) odd "$line" ;;
    esac
  done
  exec 3>&-
  GIVEN=$(mktemp "$STATE/given.$$.XXXXXXXXXX") || die "no room in $STATE" "make room on its disk; nothing was changed"
  cat >"$GIVEN" || die "no room in $STATE" "make room on its disk; nothing was changed"
  [ "$DO" != bring ] || [ "$(sum "$GIVEN")" = "$SUM" ] || die "the file arrived cut short; nothing was changed" "deploy again"
}

content() { cat "$GIVEN"; }

# as_declared: what was proved was proved for the declared httpd.
as_declared() {
  here=$(called -v 2>/dev/null | sed -n 's|^Server version: [^/]*/\([0-9.]*\).*|\1|p')
  [ -n "$here" ] || return 0
  printf '%s %s\n' "$here" "$WANTED" | awk '{
    split($1, h, "."); split($2, w, ".")
    for (i = 1; i <= 3; i++) { if (h[i] + 0 > w[i] + 0) exit 0; if (h[i] + 0 < w[i] + 0) exit 1 }
  }' || die "its httpd is $here, and the description was proved for $WANTED; nothing was changed" \
    "write $here as the httpd of the server, or bring the host's httpd up"
}

# restore: what was here before the first deploy, unless another deploy owns this front by now.
restore() {
  lock
  if [ ! -f "$STATE/first" ]; then
    say "nothing to restore: no deploy came this far"
    return 0
  fi
  if [ "$(noted owned)" != "$BELONGS" ]; then
    say "left as it is: another deploy has brought its file here since"
    return 0
  fi
  if edited; then
    cp -p "$CONFIG" "$CONFIG.edited"
    say "$CONFIG was edited by hand; that file stays as $CONFIG.edited"
  fi
  if [ -f "$STATE/original" ]; then
    content() { cat "$STATE/original"; }
    stage
    chmod "$(stat -c %a "$STATE/original")" "$DRAFT"
    tested
    mv -f "$DRAFT" "$CONFIG"
    if [ "$(noted first)" = running ]; then load || die "httpd did not take the file from before" "see its error log" 3; fi
  fi
  if [ "$(noted first)" = stopped ] && running; then called -k graceful-stop -f "$CONFIG" || true; fi
  [ -f "$STATE/original" ] || rm -f "$CONFIG"
  rm -f "$CONFIG".[0-9] "$CONFIG".[0-9][0-9]
  rm -rf "$STATE"
  say "as it was before the first deploy"
}

look_at() {
  if edited; then
    show_edits
    say "$CONFIG was edited by hand, see above"
    exit 4
  fi
  say "$CONFIG is as deployed: $(noted deployed)"
}

command_line() {
  receive
  case $DO in
  bring)
    ! program >/dev/null || as_declared
    bring
    [ "$(noted owned)" = "$BELONGS" ] || note owned "$BELONGS"
    ;;
  restore) restore ;;
  look) look_at ;;
  *) odd "nothing to do" ;;
  esac
}

command_line
