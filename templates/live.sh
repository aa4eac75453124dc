# What operators changed in balancer-manager, which a reload would undo. MANAGER, its URL as this host asks it, is empty
# for a front without one. A reload brings the values of the file back, so what is shown after it is what later shows are
# compared with.
LIVE=refuse BALANCERS='' DECLARED='' CHANGES='' MANAGER='' CURL_OPTIONS=''

# live_rows: a line for each value that can be set: balancer, member or -, key, value
live_rows() {
  for BALANCER in $BALANCERS; do
    look || return 1
    printf '%s\n' "$ROWS" | awk -F"$TAB" -v OFS="$TAB" -v B="$BALANCER" '
      $1 == "b" { print B, "-", "b_lbm", $2; print B, "-", "b_tmo", $3; print B, "-", "b_max", $4; print B, "-", "b_sforce", $5 }
      $1 == "m" {
        n = split("I N D S H R", letter, " ")
        for (i = 1; i <= n; i++) print B, $2, "w_status_" letter[i], (index($3, letter[i]) > 0) + 0
        print B, $2, "w_lf", $5; print B, $2, "w_ls", $7; print B, $2, "w_wr", $8; print B, $2, "w_rr", $9
      }'
  done
}

# changes_since FILE FILE: lines of the second that are other ones than in the first; without the members that came or went
changes_since() {
  awk -F"$TAB" -v OFS="$TAB" '{ key = $1 FS $2 FS $3 }
    NR == FNR { was[key] = $4; next }
    key in was && was[key] != $4 { print $1, $2, $3, $4, was[key] }' "$1" "$2"
}

in_words() {
  awk -F"$TAB" 'BEGIN {
      word["w_lf"] = "loadfactor"; word["w_ls"] = "lbset"; word["w_wr"] = "route"; word["w_rr"] = "redirect"
      word["b_lbm"] = "lbmethod"; word["b_tmo"] = "timeout"; word["b_max"] = "maxattempts"; word["b_sforce"] = "nofailover"
    }
    {
      place = $2 == "-" ? "balancer " $1 : $1 " " $2
      if ($3 ~ /^w_status_/) printf "  %s: status %s%s\n", place, $4 ? "+" : "-", substr($3, 10)
      else printf "  %s: %s %s, which was %s\n", place, word[$3], $4, $5
    }'
}

heed_live() {
  CHANGES=''
  if [ -z "$MANAGER" ] || ! running; then return 0; fi
  if [ ! -f "$STATE/live" ]; then
    say "changes that were made live before this deploy are not known"
    return 0
  fi
  if ! live_rows >"$STATE/live.now"; then
    [ "$LIVE" = discard ] || die "what was changed live cannot be seen: $WHY; nothing was changed" \
      "let this host ask its balancer-manager (Require local), or say live: \"discard\""
    say "what was changed live cannot be seen and is discarded: $WHY"
    return 0
  fi
  CHANGES=$(changes_since "$STATE/live" "$STATE/live.now")
  [ -n "$CHANGES" ] || return 0
  say "changed in balancer-manager since the last deploy:"
  printf '%s\n' "$CHANGES" | in_words
  case $LIVE in
  refuse) die "a reload would undo what was changed live, see above; nothing was changed" \
    "put it into the description, undo it, or say live: \"carry\" or live: \"discard\"" ;;
  discard) CHANGES='' ;;
  esac
}

# make_so: sets each value that is another one, and looks again
make_so() {
  unmade=''
  while IFS=$TAB read -r BALANCER place key value; do
    [ -n "$BALANCER" ] || continue
    look || return 1
    if ! known "$place"; then
      say "gone with the new file: $place"
    elif ! same "$key" "$(shown "$place" "$key")" "$value"; then
      if ! post "$place" "$key=$value" || ! look || ! same "$key" "$(shown "$place" "$key")" "$value"; then
        unmade="$unmade $place $key=$value"
      fi
    fi
  done <"$1"
  [ -z "$unmade" ]
}

# settle_live: where httpd keeps live values over a reload (BalancerPersist), those of the file are set; then what is to be
# carried is set again.
settle_live() {
  [ -n "$MANAGER" ] || return 0
  if [ -n "$DECLARED" ]; then
    printf '%s\n' "$DECLARED" >"$STATE/live.declared"
    make_so "$STATE/live.declared" || die "it serves, but keeps old values (BalancerPersist):$unmade" \
      "look at $MANAGER; a stop, the removal of the persisted values and a start bring the file's" 4
  fi
  if ! live_rows >"$STATE/live.new"; then
    rm -f "$STATE/live"
    say "its balancer-manager cannot be asked ($WHY): live changes will not be seen"
  else mv -f "$STATE/live.new" "$STATE/live"; fi
  [ -n "$CHANGES" ] || return 0
  printf '%s\n' "$CHANGES" | cut -f 1-4 >"$STATE/live.carried"
  make_so "$STATE/live.carried" || die "it serves, but what was changed live could not be set again:$unmade" "set it by hand in $MANAGER" 4
  say "set again after the reload, and read back"
}
