# Run by Terraform in the stack's folder, once for each host. In the environment: FRONT, a name for messages; ADDRESS,
# PORT, ACCOUNT, KEY_FILE, HOST_KEY; DO, what to do; HEADER, words for the host's command; COMMAND, its path, COMMAND_FILE,
# the same command here; WORDS_FILE, more words for it, and ADOPT_FILE, where the patch goes with which the
# description is what runs, both empty for none; REVIEWED and
# REVIEWED_DESCRIPTION, the sums of the file and of the DESCRIPTION that were reviewed, or empty; PRINT, a command that prints the file; BEFORE and AFTER, the fronts before and after in the roll;
# OUT and IN, commands that take the front out of the balancing address and back; CONNECT_LIMIT and RUN_LIMIT, in seconds.
set -eu
LC_ALL=C
export LC_ALL
umask 077

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# fail STEP WHAT WHAT-TO-DO WHAT-IT-RUNS
fail() {
  printf '%s, %s: %s\nwhat to do: %s\n' "$FRONT" "$1" "$2" "$3" >&2
  [ "$DO" != bring ] || printf 'which runs what:%s %s %s;%s\n' "${BEFORE:+ $BEFORE the new file;}" "$FRONT" "$4" \
    "${AFTER:+ $AFTER what ran before: not touched}" >&2
  exit 1
}

sum_of() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1; }

limited() {
  if command -v timeout >/dev/null; then timeout -k 5 "$RUN_LIMIT" "$@"; else "$@"; fi
}

# remote WORD...: the host is the one whose key is pinned, or there is no connection.
remote() {
  printf 'front %s\n' "$HOST_KEY" >"$work/known"
  limited ssh -T -o BatchMode=yes -o StrictHostKeyChecking=yes -o HostKeyAlias=front -o UserKnownHostsFile="$work/known" \
    -o GlobalKnownHostsFile=/dev/null -o CheckHostIP=no -o UpdateHostKeys=no -o ConnectTimeout="$CONNECT_LIMIT" \
    -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -o ForwardAgent=no ${KEY_FILE:+-o IdentitiesOnly=yes -i "$KEY_FILE"} \
    -p "$PORT" -l "$ACCOUNT" -- "$ADDRESS" "$@"
}

# refused: why there is no connection, by what can be seen from here
refused() {
  seen=$(limited ssh-keyscan -T "$CONNECT_LIMIT" -p "$PORT" "$ADDRESS" 2>/dev/null | sed 's/^[^ ]* //' || true)
  kind=${HOST_KEY%% *}
  if [ -z "$seen" ]; then
    fail connect "nothing answers at $ADDRESS port $PORT within $CONNECT_LIMIT s" "see that the host is up and that its address and port are right" "what ran before"
  elif ! printf '%s\n' "$seen" | cut -d' ' -f1,2 | grep -qxF "$(printf '%s\n' "$HOST_KEY" | cut -d' ' -f1,2)"; then
    fail connect "the host shows another $kind key than the one that is pinned" "find out why before you pin another: ssh-keyscan -t ${kind#ssh-} -p $PORT $ADDRESS" "what ran before"
  fi
  fail connect "$ACCOUNT may not log in${KEY_FILE:+ with $KEY_FILE}" "see that the key is there, is readable and stands in authorized_keys of $ACCOUNT" "what ran before"
}

command -v ssh >/dev/null || fail start "ssh is not installed here" "install OpenSSH's client" "what ran before"
eval "$PRINT" >"$work/file"
made=$(sum_of <"$work/file")
other=''
# reviewed WHAT SUM REVIEWED
reviewed() {
  [ -z "$3" ] || [ "$2" = "$3" ] ||
    other="$other${other:+; }the $1 is not the one that was reviewed: its sum is $2, and $3 was reviewed"
}
reviewed file "$made" "$REVIEWED"
reviewed description "$DESCRIPTION" "$REVIEWED_DESCRIPTION"
[ -z "$other" ] || fail review "$other" "review the difference that the plan shows, then give its sum as reviewed" "what ran before"
{
  printf 'do=%s\ncommand=%s\nsum=%s\n' "$DO" "$(sum_of <"$COMMAND_FILE")" "$made"
  for words in "$OWNED" "$HEADER"; do [ -z "$words" ] || printf '%s\n' "$words"; done
  [ -z "$WORDS_FILE" ] || cat "$WORDS_FILE"
  printf '\n'
  cat "$work/file"
} >"$work/message"

sudo='' status=0
[ "$ACCOUNT" = root ] || sudo='sudo -n '
remote "test -x $COMMAND || exit 6; ${sudo:+$sudo-l $COMMAND >/dev/null 2>&1 || exit 7}" </dev/null 2>"$work/said" || status=$?
case $status in
0) ;;
7) fail prepare "$ACCOUNT may not call $COMMAND" "run prepare.sh there once, as root" "what ran before" ;;
255 | 124) cat "$work/said" >&2 && refused ;;
*) fail prepare "the command $COMMAND is not there" "run prepare.sh there once, as root" "what ran before" ;;
esac
if [ "$DO" = bring ] && [ -n "$OUT" ]; then
  sh -c "$OUT" || fail out "the command that takes it out of the balancing address failed" "mend it: $OUT" "what ran before"
fi
{ remote "$sudo$COMMAND" <"$work/message" || echo $? >"$work/status"; } | tee "$work/told"
status=$(cat "$work/status" 2>/dev/null || echo 0)
if [ -n "$ADOPT_FILE" ]; then
  awk '/^--- httpd.conf$/ { patch = 1 } !/^[-+@ \\]/ { patch = 0 } patch' "$work/told" >"$work/patch"
  [ ! -s "$work/patch" ] || { cp "$work/patch" "$ADOPT_FILE" && printf '%s, adopt: the patch is in %s\n' "$FRONT" "$ADOPT_FILE"; }
fi
if [ "$DO" = bring ] && [ -n "$IN" ] && [ "$status" != 3 ]; then
  sh -c "$IN" || fail in "the command that takes it back into the balancing address failed" "mend it: $IN" "its file; it gets no requests"
fi
case $status in
0) ;;
1) fail "$DO" "it did not take the file, see above" "what is said above" "what ran before" ;;
3) fail "$DO" "it may serve nobody, see above" "look at it now: its error log" "a file that does not serve" ;;
4) fail "$DO" "a value that has to be live could not be set, see above" "set it by hand" "the new file, without that value" ;;
124) fail "$DO" "not done within $RUN_LIMIT s" "look at the host" "one of the two: it finishes or goes back by itself" ;;
255) fail "$DO" "the connection was lost" "deploy again: it goes on from where it is" "one of the two: it finishes or goes back by itself" ;;
*) fail "$DO" "its command ended with status $status" "see above" "one of the two: it finishes or goes back by itself" ;;
esac
