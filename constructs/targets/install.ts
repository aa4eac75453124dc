/**
 * Puts a configuration in its place: a draft of an unpredictable name beside the one in place, which nobody else may
 * read, is written, tested by httpd and then moved, the very same file. Owner and mode of a file that is there stay;
 * others may not read one with secrets. A link is replaced, never followed; a folder of that name is refused.
 *
 * Folders of the layout that this machine does not have are replaced in a copy for the test: httpd refuses a file whose
 * ServerRoot, runtime folder or log folder is missing, and the file may be meant for another machine.
 */
export const INSTALL = `# Written by cdktf-httpd-balancer; run by Terraform in this stack's folder.
set -eu
umask "$UMASK"
mkdir -p "$DIRECTORY"
folder=$(cd "$DIRECTORY" && pwd)
target=$folder/$FILE
if [ -d "$target" ]; then
  echo "$target is a folder: move it away, or choose another directory" >&2
  exit 1
fi
work=$(mktemp -d)
draft=$(mktemp "$folder/.$FILE.XXXXXXXXXX")
trap 'rm -rf "$work" "$draft"' EXIT
trap 'exit 1' HUP INT TERM
if [ -f "$target" ] && [ ! -L "$target" ]; then
  cp -p "$target" "$draft"
  if [ "$UMASK" = 077 ]; then chmod o= "$draft"; fi
else
  chmod =rw "$draft"
fi
locked=
[ -w "$draft" ] || { locked=yes; chmod u+w "$draft"; }
eval "$PRINT" > "$draft"
if [ -n "$locked" ]; then chmod u-w "$draft"; fi
httpd=$(command -v "$PROGRAM" || command -v "/usr/sbin/$PROGRAM" || true)
if [ -z "$httpd" ]; then
  echo "$PROGRAM is not installed here: $FILE was not tested"
else
  set --
  [ -d "$SERVER_ROOT" ] || set -- "$@" -e "s|^ServerRoot .*|ServerRoot $work|"
  [ -d "$RUNTIME_FOLDER" ] || set -- "$@" -e "s|^DefaultRuntimeDir .*|DefaultRuntimeDir $work|"
  [ -d "$(dirname "$ERROR_LOG")" ] || set -- "$@" -e "s|^ErrorLog .*|ErrorLog $work/error.log|"
  [ -d "$(dirname "$ACCESS_LOG")" ] || set -- "$@" -e "s|^CustomLog [^ ]*|CustomLog $work/access.log|"
  tested=$draft
  if [ $# -gt 0 ]; then
    tested=$work/$FILE
    sed "$@" "$draft" > "$tested"
  fi
  if ! "$httpd" -t -f "$tested"; then
    echo "httpd refuses the new $FILE; the one in place was kept" >&2
    exit 1
  fi
fi
sync "$draft" 2>/dev/null || sync
move=-f
if ( cd "$work" && : > from && mv -fT from to ) 2>/dev/null; then move=-fT; fi
mv "$move" "$draft" "$target"
`;

/** Removes what {@link INSTALL} put there, and drafts of it that a machine going down left behind. */
export const REMOVE = `rm -f "$DIRECTORY/$FILE" "$DIRECTORY/.$FILE".??????????
rmdir "$DIRECTORY" 2>/dev/null || true`;
