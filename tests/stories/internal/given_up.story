One extension calls another and hangs up while it rings

Channels
  carla  PJSIP/1003-00000001  1.1      1003
  daan   PJSIP/1004-00000002  1.2 1.1  1004

Events
  09:00:00.0  Newchannel     carla         ChannelState=4 Context=from-internal Exten=1004
  09:00:00.0  Newexten       carla         Context=from-internal Extension=1004 Priority=1 Application=Goto
  09:00:00.0  Newexten       carla         Context=ext-local Extension=1004 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1004,15)
  09:00:00.1  Newchannel     daan          ChannelState=0 Exten=s
  09:00:00.1  DialBegin      carla > daan  DialString=1004
  09:00:02.1  HangupRequest  carla         Cause=127
  09:00:02.1  DialEnd        carla > daan  DialStatus=CANCEL
  09:00:02.1  Hangup         daan          Cause=127
  09:00:02.1  Hangup         carla         Cause=127

Calls
  direction  outcome    wait  talk  ended_by
  internal   no_answer  2     0     caller
Legs
  extension  outcome  ring
  1004       missed   2
Visits
  group  outcome
