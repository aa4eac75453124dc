# What operators changed in balancer-manager, which a reload would undo. MANAGER, its URL as this host asks it, is empty
# for a front without one. A reload brings the values of the file back, so what is shown after it is what later shows are
# compared with.
LIVE=refuse BALANCERS='' DECLARED='' PERSISTS=no REVIEWED_LIVE='' CHANGES='' MANAGER='' CURL_OPTIONS=''

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

# undone: those of the changes that the new file does not say as well
undone() {
  printf '%s\n' "$CHANGES" | awk -F"$TAB" '{ key = $1 FS $2 FS $3 }
    FILENAME == ARGV[1] { says[key] = $4; next }
    !(key in says) || !(says[key] == $4 || ($3 == "w_lf" && says[key] + 0 == $4 + 0))' "$STATE/live.declared" -
}

# adopted FILE FILE: the second, with the values of members that rows of the first name, as its lines say them
adopted() {
  awk -v TAB="$TAB" '
    FILENAME == ARGV[1] {
      split($0, row, TAB)
      member = tolower(row[1]) TAB row[2]
      if (row[3] ~ /^w_status_/) {
        if (!(member in flags)) flags[member] = ""
        if (row[4] == 1) flags[member] = flags[member] substr(row[3], 10)
        next
      }
      if (row[3] == "w_lf") { word = "loadfactor"; sub(/0$/, "", row[4]); sub(/\.0$/, "", row[4]) }
      else if (row[3] == "w_ls") word = "lbset"
      else if (row[3] == "w_wr") word = "route"
      else if (row[3] == "w_rr") word = "redirect"
      else next
      value[member TAB word] = row[4]
      next
    }
    # written LINE WORD VALUE: without the word where there is no value
    function written(line, word, value, at, rest) {
      if (!match(line, "[ \t]" word "=(\"[^\"]*\"|[^ \t]*)")) return value == "" ? line : line " " word "=" value
      at = RSTART
      rest = substr(line, at + RLENGTH)
      return substr(line, 1, at - 1) (value == "" ? "" : " " word "=" value) rest
    }
    tolower($1) == "<proxy" {
      balancer = tolower($2)
      gsub(/^"?balancer:\/\/|[">]/, "", balancer)
    }
    tolower($1) == "</proxy>" { balancer = "" }
    balancer != "" && tolower($1) == "balancermember" {
      url = $2
      gsub(/"/, "", url)
      sub(/^unix:[^|]*\|/, "", url)
      member = balancer TAB url
      count = split("loadfactor lbset route redirect", words, " ")
      for (i = 1; i <= count; i++)
        if ((member TAB words[i]) in value) $0 = written($0, words[i], value[member TAB words[i]])
      if (member in flags) $0 = written($0, "status", flags[member] == "" ? "" : "+" flags[member])
    }
    { print }' "$1" "$2"
}

# show_adoption: the patch with which the file says what is live; not of a file with secrets
show_adoption() {
  say "to adopt what was changed live, write the values above into the description"
  [ "$MODE" = 0644 ] || return 0
  # Of a status all flags count, not only those that were changed.
  awk -F"$TAB" 'FILENAME == ARGV[1] { if ($3 ~ /^w_status_/) flags[$1 FS $2] = 1; else print; next }
    $3 ~ /^w_status_/ && ($1 FS $2) in flags' "$STATE/live.carried" "$STATE/live.now" >"$STATE/live.adopted"
  adopted "$STATE/live.adopted" "$CONFIG" >"$STATE/live.patched"
  diff -u --label httpd.conf --label httpd.conf "$CONFIG" "$STATE/live.patched" || true
  rm -f "$STATE/live.adopted" "$STATE/live.patched"
}

# heed_review: what is live is what was reviewed, where that is demanded
heed_review() {
  [ -n "$REVIEWED_LIVE" ] || return 0
  WHY='httpd does not run'
  if ! running || ! live_rows >"$STATE/live.now"; then
    die "what is live cannot be seen: $WHY; nothing was changed" \
      "let this host ask its balancer-manager (Require local), or leave live out of what was reviewed"
  fi
  shows=$(sum "$STATE/live.now")
  [ "$shows" != "$REVIEWED_LIVE" ] || return 0
  if [ -f "$STATE/live" ]; then
    say "changed in balancer-manager since the last deploy:"
    changes_since "$STATE/live" "$STATE/live.now" | in_words
  fi
  die "what is live is not what was reviewed: its sum is $shows, and $REVIEWED_LIVE was reviewed; nothing was changed" \
    "review what is live, then give its sum"
}

heed_live() {
  CHANGES=''
  [ -z "$DECLARED" ] || mv -f "$DECLARED" "$STATE/live.declared"
  heed_review
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
  [ -z "$CHANGES" ] || [ -z "$DECLARED" ] || CHANGES=$(undone)
  [ -n "$CHANGES" ] || return 0
  say "changed in balancer-manager since the last deploy:"
  printf '%s\n' "$CHANGES" | in_words
  case $LIVE in
  refuse) die "a reload would undo what was changed live, see above; nothing was changed" \
    "put it into the description, undo it, or say live: \"carry\", \"adopt\" or \"discard\"" ;;
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
  if [ "$PERSISTS" = yes ]; then
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
  [ "$LIVE" != adopt ] || show_adoption
}
