#!/bin/bash
# Runs KIWI, passes a cancel on to it, and collects the processes that their parents left behind.
#
# usage: init.sh COMMAND...     (file descriptor 3: where to write that KIWI is about to start)
set -u

# SIGTERM means cancel. The signal may come again: KIWI must not be disturbed while it cleans up.
cancelled=
cancel() {
  cancelled=yes
  trap '' TERM
  [ -z "${!-}" ] || kill -INT -- "-$!"
}
trap cancel TERM

[ -z "$cancelled" ] || exit 130
echo started >&3

# Job control gives KIWI a process group of its own; without it the shell would also make it deaf to SIGINT.
set -m
"$@" 3>&- &
kiwi=$!
wait "$kiwi"
code=$?
# A trap ends a wait early, and so does somebody who stops KIWI for a while (SIGSTOP): it has not ended then.
while kill -0 "$kiwi" 2>/dev/null; do
  sleep 0.1
  wait "$kiwi"
  code=$?
done
exit "$code"
