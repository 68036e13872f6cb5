The caller hangs up in the welcome before the queue

He never got to the queue: abandoned without waiting, and no visit.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel     caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten       caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten       caller  Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten       caller  Context=ext-queues Extension=400 Priority=2 Application=Playback AppData=welcome
  09:00:05.0  HangupRequest  caller
  09:00:05.0  Hangup         caller  Cause=16

Calls
  wait  talk
  0     0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
