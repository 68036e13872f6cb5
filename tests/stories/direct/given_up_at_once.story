A caller hangs up before anything has rung

Less than half a second: no waiting, and still a missed call as long as no short-call threshold is set.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel     caller  ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller  Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller  Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.3  HangupRequest  caller  Cause=127
  09:00:00.3  Hangup         caller  Cause=127

Calls
  outcome    wait  ended_by
  abandoned  0     caller
Legs
  extension  outcome
Missed
  outside       state
  +31612345678  open
