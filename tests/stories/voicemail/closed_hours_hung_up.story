The caller hangs up during the closing announcement

Nobody could have answered: closed, not abandoned.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  22:00:00.0  Newchannel     caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  22:00:00.0  Newexten       caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  22:00:00.0  Newexten       caller  Context=night Extension=closed Priority=1 Application=Playback AppData=office-closed
  22:00:04.0  HangupRequest  caller
  22:00:04.0  Hangup         caller  Cause=16

Calls
  outcome  wait  talk
  closed   0     0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
