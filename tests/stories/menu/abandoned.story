The caller hangs up in the menu

He gave up before anybody was asked: abandoned, after no waiting.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel     caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten       caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten       caller  Context=ivr-1 Extension=s Priority=1 Application=Answer
  09:00:00.1  Newexten       caller  Context=ivr-1 Extension=s Priority=3 Application=BackGround AppData=welcome
  09:00:11.0  HangupRequest  caller
  09:00:11.0  Hangup         caller  Cause=16

Calls
  outcome    wait  talk  ended_by
  abandoned  0     0     caller
Legs
  kind          outcome
  announcement  diverted
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
