"""Stops a server when nobody uses it any more, even if its last user was killed.

Run as a script of its own: arguments are the lock file, the user and group to change to (or -1), and the
command. It goes to the background, waits for the lock that every user of the server has a share in, and then
becomes the command.
"""

import fcntl
import os
import sys


def main() -> None:
    lock_file, user_id, group_id, *command = sys.argv[1:]
    lock = os.open(lock_file, os.O_RDWR)
    if os.fork():
        return
    os.setsid()
    fcntl.flock(lock, fcntl.LOCK_EX)
    # Held by the command too: whoever comes meanwhile waits until the server is down, then starts it anew.
    os.set_inheritable(lock, True)
    if int(user_id) >= 0:
        os.setgroups([])
        os.setgid(int(group_id))
        os.setuid(int(user_id))
    os.execv(command[0], command)  # noqa: S606 - a fixed command, and no shell is wanted


if __name__ == "__main__":
    main()
