Outside opening hours the caller hears an announcement

The dialplan sends the caller to an announcement: nothing rings. That is closed, and a miss.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  22:00:00.0  Newchannel  caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  22:00:00.0  Newexten    caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  22:00:00.0  Newexten    caller  Context=night Extension=closed Priority=1 Application=Playback AppData=office-closed
  22:00:12.0  Newexten    caller  Context=night Extension=closed Priority=2 Application=Hangup
  22:00:12.0  Hangup      caller  Cause=16

Calls
  started   outcome  wait  talk
  22:00:00  closed   0     0
Legs
  kind          outcome   ring
  announcement  diverted  0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
