# Asking a balancer-manager of any httpd 2.4, and changing what it shows. MANAGER is its URL, BALANCER the balancer, LETTERS
# the words of statuses with their letters, CURL_OPTIONS words for curl.
TAB=$(printf '\t')
ROWS='' NONCE='' WHY='' FLAGS=''
export BALANCER LETTERS FLAGS

# Without a Referer of its own host, balancer-manager ignores all parameters (2.4.41 and newer).
manager() {
  # shellcheck disable=SC2086
  curl -sS -f --max-time 20 -e "$MANAGER" $CURL_OPTIONS "$@"
}

# answer: what the manager says to who only wants to know whether it answers
answer() {
  code=$(manager -o /dev/null -w '%{http_code}' "$MANAGER" 2>/dev/null) || true
  case $code in *[1-9]*) echo "$MANAGER answers $code" ;; *) echo "$MANAGER does not answer" ;; esac
}

# Reads the balancer: one row for it, one a member. Before 2.4.68 the XML has no nonce, the page has; before 2.4.49 the
# XML is shown only to who sends the nonce; before 2.4.21 only the page has the flags of members.
look() {
  ROWS='' FLAGS='' WHY=''
  page=$(manager "$MANAGER?xml=1") || {
    WHY=$(answer)
    return 1
  }
  case $page in
  *'<httpd:nonce>'*) html='' ;;
  *'<httpd:manager'*) html=$(manager "$MANAGER") || return 1 ;;
  *) html=$page ;;
  esac
  if [ -n "$html" ]; then
    WHY="$MANAGER shows no nonce of balancer $BALANCER"
    NONCE=$(printf '%s\n' "$html" | nonce_of_page) || return 1
  fi
  case $page in
  *'<httpd:manager'*) ;;
  *)
    FLAGS=$(printf '%s\n' "$html" | flags_of_page)
    page=$(manager -G --data-urlencode "b=$BALANCER" --data-urlencode "nonce=$NONCE" -d xml=1 "$MANAGER") || return 1
    ;;
  esac
  WHY="$MANAGER does not show balancer $BALANCER"
  ROWS=$(printf '%s\n' "$page" | rows)
  [ -n "$ROWS" ] || return 1
  [ -n "$html" ] || NONCE=$(setting 7)
}

nonce_of_page() {
  awk 'BEGIN { RS = "<"; balancer = tolower("?b=" ENVIRON["BALANCER"] "&") }
    !found {
      gsub(/&amp;/, "\\&")
      at = index(tolower($0), balancer)
      if (at == 0) next
      link = substr($0, at)
      at = index(link, "nonce=")
      if (at == 0) next
      link = substr(link, at + 6)
      sub(/["\047& >\n].*/, "", link)
      print link
      found = 1
    }
    END { exit !found }'
}

# One line a member of the balancer: the words for its flags.
flags_of_page() {
  awk 'BEGIN { RS = "<"; balancer = tolower("?b=" ENVIRON["BALANCER"] "&w=") }
    { gsub(/&amp;/, "\\&") }
    index(tolower($0), balancer) { cell = 1; next }
    cell && /^td>/ && ++cell == 6 { print substr($0, 4); cell = 0 }'
}

rows() {
  awk 'BEGIN {
      RS = "<"; OFS = "\t"; wanted = tolower("balancer://" ENVIRON["BALANCER"])
      count = split(ENVIRON["LETTERS"], pairs, " ")
      for (i = 1; i <= count; i++) { split(pairs[i], pair, "="); letter[pair[1]] = pair[2] }
      split(ENVIRON["FLAGS"], flags, "\n")
    }
    function plain(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text)
      gsub(/&amp;/, "\\&", text)
      return text
    }
    function letters(status, words, n, i, found) {
      n = split(status, words, " ")
      for (i = 1; i <= n; i++) found = found letter[words[i]]
      return found
    }
    { at = index($0, ">"); tag = substr($0, 1, at - 1); sub(/[ \t\r\n].*/, "", tag) }
    tag == "httpd:balancer" { split("", b); member = 0; next }
    tag == "httpd:worker" { split("", w); member = 1; next }
    tag == "/httpd:worker" {
      member = 0
      name = w["name"]
      if (name ~ /^unix:/) sub(/^[^|]*\|/, "", name)
      if (tolower(b["name"]) != wanted) next
      place++
      if (w["status"] ~ /^(OK|Disabled|Error|Stopped|Standby|Uninitialized)$/ && place in flags) w["status"] = flags[place]
      print "m", name, letters(w["status"]), w["busy"], w["loadfactor"], w["elected"], w["lbset"], w["route"], w["redirect"]
      next
    }
    tag == "/httpd:balancer" {
      if (tolower(b["name"]) == wanted)
        print "b", b["lbmethod"], b["timeout"], b["maxattempts"], (b["nofailover"] == "On") + 0, b["stickysession"], b["nonce"]
      next
    }
    substr(tag, 1, 6) == "httpd:" {
      # Names are not escaped, all else is (httpd 2.4.71).
      value = tag == "httpd:name" ? substr($0, at + 1) : plain(substr($0, at + 1))
      if (member) w[substr(tag, 7)] = value
      else b[substr(tag, 7)] = value
    }'
}

# field URL NUMBER: of a member's row
field() { printf '%s\n' "$ROWS" | M=$1 N=$2 awk -F"$TAB" '$1 == "m" && $2 == ENVIRON["M"] { print $(ENVIRON["N"] + 0) }'; }

# setting NUMBER: of the balancer's row
setting() { printf '%s\n' "$ROWS" | N=$1 awk -F"$TAB" '$1 == "b" { print $(ENVIRON["N"] + 0) }'; }

known() { [ "$1" = - ] || [ -n "$(field "$1" 2)" ]; }

# shown URL KEY: what the manager shows of what a key of its form sets; the URL - stands for the balancer
shown() {
  case $2 in
  w_status_?) case $(field "$1" 3) in *"${2#w_status_}"*) echo 1 ;; *) echo 0 ;; esac ;;
  w_lf) field "$1" 5 ;;
  w_ls) field "$1" 7 ;;
  w_wr) field "$1" 8 ;;
  w_rr) field "$1" 9 ;;
  b_lbm) setting 2 ;;
  b_tmo) setting 3 ;;
  b_max) setting 4 ;;
  b_sforce) setting 5 ;;
  b_ss) setting 6 ;;
  esac
}

# same KEY ONE OTHER: of a stickysession the XML shows the cookie only
same() {
  case $1 in
  w_lf) awk 'BEGIN { exit !(ARGV[1] + 0 == ARGV[2] + 0) }' "$2" "$3" ;;
  b_ss) [ "$(printf '%s' "${2%%|*}" | sed 's/^-$//')" = "$(printf '%s' "${3%%|*}" | sed 's/^-$//')" ] ;;
  *) [ "$2" = "$3" ] ;;
  esac
}

# post URL KEY=VALUE...: httpd truncates a load factor as a binary fraction, so it is given half a hundredth more
post() {
  target=$1
  shift
  for pair; do
    shift
    case $pair in
    w_lf=100.00) ;;
    w_lf=*.[0-9][0-9]) pair=${pair}5 ;;
    esac
    set -- "$@" --data-urlencode "$pair"
  done
  [ "$target" = - ] || set -- --data-urlencode "w=$target" "$@"
  manager -o /dev/null --data-urlencode "b=$BALANCER" --data-urlencode "nonce=$NONCE" "$@" "$MANAGER"
}

