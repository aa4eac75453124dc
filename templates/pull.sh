# Called by a timer on a machine that fetches what it has to serve. Before these lines: NAME, the front; STATE, a folder of
# this script's own; COMMAND, where the command of the front belongs; SERVICE, the unit of httpd; SECRETS, the file of its
# variables, or empty; and functions that print: print_command, the command; print_order, what it is sent; print_secrets.
set -eu
umask 077
LC_ALL=C PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin
export LC_ALL PATH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# fetch WHAT: complete, or not at all
fetch() {
  "print_$1" >"$work/$1" && [ -s "$work/$1" ] && return 0
  printf '%s: its %s cannot be fetched\nwhat to do: see what is said above; what ran before runs on\n' "$NAME" "$1" >&2
  exit 1
}

sum_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

noted() { cat "$STATE/$1" 2>/dev/null || true; }

fetch command
fetch order
renewed=''
if [ -n "$SECRETS" ]; then
  fetch secrets
  cmp -s "$work/secrets" "$SECRETS" || renewed=yes
fi
sum=$(sum_of "$work"/*)
mkdir -p "$STATE"
[ "$sum" != "$(noted taken)" ] || exit 0

# What was refused is tried again after a while: a member may be up by then.
if [ "$sum" = "$(noted refused)" ] && [ -n "$(find "$STATE/refused" -mmin -15)" ]; then exit 0; fi

install -m 0755 "$work/command" "$COMMAND"
[ -z "$renewed" ] || install -m 0600 "$work/secrets" "$SECRETS"
was=$(systemctl is-active "$SERVICE" 2>/dev/null || true)
if "$COMMAND" <"$work/order"; then
  # httpd has the variables of its start, also after a graceful reload.
  if [ -n "$renewed" ] && [ "$was" = active ]; then systemctl restart "$SERVICE"; fi
  printf '%s\n' "$sum" >"$STATE/taken"
  rm -f "$STATE/refused"
else
  printf '%s\n' "$sum" >"$STATE/refused"
  exit 1
fi
