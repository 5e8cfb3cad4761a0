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
# With -f a KIWI that somebody has stopped (SIGSTOP) has not ended.
wait -f $!
code=$?
# A trap ends the first wait early.
if [ -n "$cancelled" ]; then
  wait -f $!
  code=$?
fi
exit "$code"
