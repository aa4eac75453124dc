# From outside: MANAGER, the URL of balancer-manager. SERVER, a command that is called with stop or start and a member's
# name; PROBE, one called with name and URL that succeeds when the member's server answers; RELOAD, one that reloads
# httpd. Without SERVER and RELOAD the script asks. CURL_OPTIONS, words for curl that asks the manager (-K FILE keeps a
# password out of the list of processes). In seconds: POLL between two looks, IDLE_LIMIT for requests under way, OK_LIMIT
# for servers and health checks, DRAIN_LIMIT for sessions, QUIET without a request for which they count as ended, SETTLE
# for which a member must stay idle, LOOK for shares. LIVE=accept goes on when httpd is not as described.
# JOURNAL, the file that keeps what was read before each change.
set -u
LC_ALL=C
export LC_ALL
MANAGER=${MANAGER:-http://localhost/balancer-manager}
SERVER=${SERVER:-} PROBE=${PROBE:-} RELOAD=${RELOAD:-} CURL_OPTIONS=${CURL_OPTIONS:-} LIVE=${LIVE:-}
POLL=${POLL:-1} IDLE_LIMIT=${IDLE_LIMIT:-300} OK_LIMIT=${OK_LIMIT:-300} DRAIN_LIMIT=${DRAIN_LIMIT:-10}
QUIET=${QUIET:-3} SETTLE=${SETTLE:-1} LOOK=${LOOK:-5}
JOURNAL=${JOURNAL:-$DEFAULT_JOURNAL}
SEEN=''

say() { printf '%s\n' "$*"; }

# die WHAT WHAT-TO-DO
die() {
  printf 'runbook: %s\nwhat to do: %s\n' "$1" "$2" >&2
  if [ -s "$JOURNAL" ]; then
    printf 'to go back: call this script with the word undo; %s keeps what was read before\n' "$JOURNAL" >&2
  fi
  exit 1
}

look_or_die() {
  look || die "$WHY" "set MANAGER to the balancer-manager of the host that passes requests to the balancer; a password goes into CURL_OPTIONS"
}

# recorded URL KEY: what was read before it was changed first
recorded() {
  U=$1 K=$2 awk -F"$TAB" '$1 == ENVIRON["U"] && $2 == ENVIRON["K"] { print $3; found = 1; exit } END { exit !found }' \
    "$JOURNAL" 2>/dev/null
}

remember() {
  recorded "$1" "$2" >/dev/null || printf '%s\t%s\t%s\n' "$1" "$2" "$(shown "$1" "$2")" >>"$JOURNAL" ||
    die "$JOURNAL cannot be written" "set JOURNAL to a file that can: it keeps what the undo needs"
}

# all_same URL KEY=VALUE...: the manager shows every value
all_same() {
  place=$1
  shift
  for pair; do
    if ! same "${pair%%=*}" "$(shown "$place" "${pair%%=*}")" "${pair#*=}"; then
      differing=$pair
      return 1
    fi
  done
}

# change URL KEY=VALUE...: httpd answers 200 also when it ignores a change, so every one is read back
change() {
  look_or_die
  known "$1" || die "balancer $BALANCER has no member $1" "compare the description with $MANAGER"
  one=$1
  for pair; do [ "$pair" = "$one" ] || remember "$one" "${pair%%=*}"; done
  if all_same "$@"; then
    say "   it is so already"
    return
  fi
  post "$@" || die "$MANAGER refuses the change of $1" "look into httpd's error log"
  look_or_die
  all_same "$@" || die "httpd did not take $differing of $1: it shows $(shown "$1" "${differing%%=*}")" \
    "use the manager of the host that passes the requests; with nonce=None, httpd 2.4.49 and newer takes no change"
  say "   done, and read back"
}

# restore URL KEY=VALUE...: to what was read before; VALUE is the description's, for want of a journal
restore() {
  one=$1
  shift
  for pair; do
    shift
    key=${pair%%=*}
    if was=$(recorded "$one" "$key") && ! same "$key" "$was" "${pair#*=}"; then pair=$key=$was; fi
    set -- "$@" "$pair"
  done
  change "$one" "$@"
}

# wait_until LIMIT STEADY CONDITION...: until it held for STEADY seconds at every look; fails when it does not hold after
# LIMIT seconds
wait_until() {
  limit=$1 steady=$2
  shift 2
  SEEN='' since='' begun=$(date +%s)
  while :; do
    now=$(date +%s)
    if look; then
      if "$@"; then
        since=${since:-$now}
        [ $((now - since)) -lt "$steady" ] || return 0
      else
        since=''
      fi
    else
      since=''
    fi
    if [ -z "$since" ] && [ $((now - begun)) -ge "$limit" ]; then
      [ -n "$ROWS" ] || look_or_die
      return 1
    fi
    sleep "$POLL"
  done
}

# idle URL: nothing under way, and nobody chose it since the last look
idle() {
  gone "$1" && [ "$(field "$1" 4)" = 0 ]
}

# gone URL: nobody chose it since the last look
gone() {
  before=$SEEN
  SEEN=$(field "$1" 6)
  [ -n "$SEEN" ] && [ "$SEEN" = "$before" ]
}

await_idle() {
  wait_until "$IDLE_LIMIT" "$SETTLE" idle "$1" || die "$1 still has $(field "$1" 4) requests under way after $IDLE_LIMIT s" \
    "let them end and start again with a greater IDLE_LIMIT; if ss shows no connection from httpd to it, the count is stuck: a restart of httpd mends it"
  say "   idle"
}

await_sessions() {
  if wait_until "$DRAIN_LIMIT" "$QUIET" gone "$1"; then say "   no request for $QUIET s"; else
    say "   its sessions still send requests after $DRAIN_LIMIT s: they move to other members now"
  fi
}

# free_of URL LETTERS: flags that the member had of its own before are no fault
free_of() {
  held=$(field "$1" 3)
  [ -n "$held" ] || return 1
  for letter in $2; do
    case $held in *"$letter"*) ;; *) continue ;; esac
    case $letter in
    [NDS]) [ "$(recorded "$1" "w_status_$letter")" = 1 ] || return 1 ;;
    *) return 1 ;;
    esac
  done
}

# await_ok URL STEADY LETTERS
await_ok() {
  wait_until "$((OK_LIMIT + $2))" "$2" free_of "$1" "$3" || die "$1 has flags $(field "$1" 3) after $OK_LIMIT s and must be without $3" \
    "E is an error that the next request after its retry time clears, C a failed health check: mend the server or its health check, then go on by hand or undo"
  say "   it is"
}

all_usable() {
  for one; do
    case $(field "$one" 3) in '' | *[$UNUSABLE]*) return 1 ;; esac
  done
}

# counts_on URL...: the members that the proof counts on really serve
counts_on() {
  wait_until "$OK_LIMIT" 0 all_usable "$@" || die "$one has flags $(field "$one" 3), and this step counts on it" \
    "bring it back first (see the operations return and clear-error)"
}

# ask WHAT VARIABLE
ask() {
  printf '%s, then press Enter: ' "$1" >&2
  read -r _ || die "nobody pressed Enter" "set $2 to a command that does it"
}

# server stop|start NAME
server() {
  if [ -n "$SERVER" ]; then
    # shellcheck disable=SC2086
    $SERVER "$1" "$2" || die "'$SERVER $1 $2' failed" "see why, then start again or undo"
  else ask "$1 the server of $2" SERVER; fi
}

# answers NAME ADDRESS
answers() {
  if [ -n "$PROBE" ]; then
    # shellcheck disable=SC2086
    $PROBE "$1" "$2" >/dev/null 2>&1
    return
  fi
  socket=''
  address=$2
  case $address in unix:*) socket=${address#unix:} socket=${socket%%|*} address=${address#*|} ;; esac
  case $address in http://* | https://*) ;; *) return 1 ;; esac
  set -- -s -k -o /dev/null -w '%{http_code}' --noproxy '*' --max-time 10 "$address"
  [ -z "$socket" ] || set -- --unix-socket "$socket" "$@"
  case $(curl "$@") in [1234]??) return 0 ;; *) return 1 ;; esac
}

# await_answer NAME ADDRESS
await_answer() {
  if [ -z "$PROBE" ]; then
    case $2 in
    http://* | https://* | unix:*'|http://'*) ;;
    *)
      ask "make sure that $1 answers" PROBE
      return
      ;;
    esac
  fi
  wait_until "$OK_LIMIT" 0 answers "$1" "$2" || die "$1 does not answer below 500 after $OK_LIMIT s" \
    "start its server; where this machine cannot reach it, set PROBE to a command that can"
  say "   it answers"
}

# begin NAME ADDRESS: starts a server that does not answer
begin() { answers "$1" "$2" || server start "$1"; }

# add URL
add() {
  look_or_die
  if known "$1"; then
    say "   it is there already"
    return
  fi
  post - b_wyes=1 "b_nwrkr=$1" || die "httpd does not take $1" "there is no free place (growth), or it cannot read the URL: see its error log"
  look_or_die
  known "$1" || die "httpd did not take $1" "look into its error log"
  say "   done, and read back"
}

# shares: of LOOK seconds
shares() {
  look_or_die
  earlier=$ROWS
  sleep "$LOOK"
  look_or_die
  printf '%s\n%s\n' "$earlier" "$ROWS" | awk -F"$TAB" '$1 != "m" { next }
    $2 in before { more[$2] = $6 - before[$2]; all += more[$2]; order[++n] = $2; next }
    { before[$2] = $6 }
    END { for (i = 1; i <= n; i++) printf "   %s: %d requests%s\n", order[i], more[order[i]], all ? sprintf(", %.1f %%", 100 * more[order[i]] / all) : "" }'
}

total() { printf '%s\n' "$ROWS" | awk -F"$TAB" '$1 == "m" { sum += $6 } END { print sum + 0 }'; }

# renewed: the nonce or the counters are those of a new start
renewed() { [ "$NONCE" != "$old_nonce" ] || [ "$(total)" -lt "$old_total" ] || [ "$old_total" = 0 ]; }

# carried: all is as the journal says; what is not is set
carried() {
  all=0
  while IFS=$TAB read -r place key value; do
    if ! known "$place"; then
      say "   gone: $place"
    elif ! same "$key" "$(shown "$place" "$key")" "$value"; then
      say "   again: $place $key=$value"
      post "$place" "$key=$value"
      all=1
    fi
  done <"$JOURNAL"
  return $all
}

# reload_and_carry forgets|keeps: what httpd does with live changes
reload_and_carry() {
  look_or_die
  : >"$JOURNAL" || die "$JOURNAL cannot be written" "set JOURNAL to a file that can"
  printf '%s\n' "$ROWS" | while IFS=$TAB read -r kind place _; do
    keys='w_status_I w_status_N w_status_D w_status_H w_status_R w_status_S w_lf w_ls w_wr w_rr'
    [ "$kind" = m ] || keys='b_lbm b_tmo b_max b_sforce' place=-
    for key in $keys; do remember "$place" "$key"; done
  done
  old_nonce=$NONCE old_total=$(total)
  if [ -n "$RELOAD" ]; then
    # shellcheck disable=SC2086
    $RELOAD || die "'$RELOAD' failed" "httpd still runs as before: mend its configuration (apachectl -t)"
  else ask "reload httpd" RELOAD; fi
  if [ "$1" = forgets ]; then
    wait_until "$OK_LIMIT" 0 renewed || die "no sign of a reload after $OK_LIMIT s" "look into httpd's error log"
  fi
  wait_until "$OK_LIMIT" 3 carried || die "httpd does not take again what was live" "see $JOURNAL for all values"
  say "   all as before"
}

# made_here URL KEY VALUE: an interrupted run of these very steps changed it, and it was as described before
made_here() { [ "$PASSED" != none ] && [ "$(recorded "$1" "$2")" = "$3" ]; }

# resume: where an interrupted run of these very steps got to. PASSED is the number of its last whole step, or none.
resume() {
  PASSED=none
  [ -s "$JOURNAL.steps" ] || return 0
  if [ "$(head -n 1 "$JOURNAL.steps")" != "$STEPS" ]; then
    die "another run is not finished: $JOURNAL.steps" "finish or undo it first; where nobody needs it any more, remove the file"
  fi
  PASSED=$(tail -n 1 "$JOURNAL.steps")
  case $PASSED in *[!0-9]*) PASSED=0 ;; esac
  say "goes on behind step $PASSED of an interrupted run"
}

# step NUMBER: succeeds when it has to be carried out
step() {
  [ "$PASSED" != none ] && [ "$1" -le "$PASSED" ] || return 0
  say "$1. passed before"
  return 1
}

# passed NUMBER
passed() { printf '%s\n' "$1" >>"$JOURNAL.steps" || die "$JOURNAL.steps cannot be written" "set JOURNAL to a file that can"; }

# described URL LETTERS FACTOR: notes where httpd is not as described
described() {
  known "$1" || die "balancer $BALANCER has no member $1" "compare the description with $MANAGER"
  for letter in I N D S H R; do
    case $2 in *"$letter"*) flag=1 ;; *) flag=0 ;; esac
    [ "$(shown "$1" "w_status_$letter")" = $flag ] || made_here "$1" "w_status_$letter" $flag || STATUS_DIFFERS="$STATUS_DIFFERS $1:$letter"
  done
  same w_lf "$(shown "$1" w_lf)" "$3" || FACTORS_DIFFER="$FACTORS_DIFFER $1"
}

# compare from|anywhere: the steps were proved from the described state, or begin at any
compare() {
  look_or_die
  STATUS_DIFFERS='' FACTORS_DIFFER=''
  members_described
  if [ "$1" = from ] && [ -n "$STATUS_DIFFERS" ] && [ "$LIVE" != accept ]; then
    die "httpd is not as described, and the steps were proved for what is described: status of$STATUS_DIFFERS" \
      "undo what was done before, or describe it, or set LIVE=accept: what members had of their own stays"
  fi
  [ "$PASSED" = none ] || return 0
  printf '%s\n' "$STEPS" >"$JOURNAL.steps" || die "$JOURNAL.steps cannot be written" "set JOURNAL to a file that can"
  [ -n "$STATUS_DIFFERS$FACTORS_DIFFER" ] || : >"$JOURNAL" || die "$JOURNAL cannot be written" "set JOURNAL to a file that can"
}

# Nothing is left to undo: the journal has done its work.
tidy() {
  look_or_die
  [ -s "$JOURNAL" ] || { rm -f "$JOURNAL"; return; }
  while IFS=$TAB read -r place key value; do
    same "$key" "$(shown "$place" "$key")" "$value" || return 0
  done <"$JOURNAL"
  rm -f "$JOURNAL"
}

run() {
  for program in curl awk sed; do
    command -v "$program" >/dev/null || die "$program is not installed" "install it"
  done
  trap 'die "interrupted" "see which step was the last, then go on by hand or undo"' INT TERM HUP
  case $1 in
  forward) resume && forward ;;
  undo) PASSED=none && look_or_die && back ;;
  *)
    printf 'usage: %s [forward|undo]\n' "$0" >&2
    exit 2
    ;;
  esac
  rm -f "$JOURNAL.steps"
  tidy
  say "done"
}
