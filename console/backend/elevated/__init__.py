"""The steps of a plan that need an administrator, run by a helper process that is asked for once.

Windows can't lift a running process to an administrator, so the same program is started again, through
UAC, as ``wcn elevated-helper``. What that helper does is settled before UAC asks: its command line holds
a digest over a one-time key and the whole plan. It runs nothing but that plan's scripts, each once and
in order, out of the installed resources, and ends when the console does.

Nobody else can make use of it, since three things must fit together: the process at the other end of
the pipe is the one that started it (the system tells, not the peer), that process knows the key, which
is on no command line and in no file, and the plan it hands over is the one with that digest.
"""
