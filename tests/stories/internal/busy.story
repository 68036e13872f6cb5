One extension calls another that is busy

Channels
  carla  PJSIP/1003-00000001  1.1      1003
  daan   PJSIP/1004-00000002  1.2 1.1  1004

Events
  09:00:00.0  Newchannel     carla         ChannelState=4 Context=from-internal Exten=1004
  09:00:00.0  Newexten       carla         Context=from-internal Extension=1004 Priority=1 Application=Goto
  09:00:00.0  Newexten       carla         Context=ext-local Extension=1004 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1004,15)
  09:00:00.1  Newchannel     daan          ChannelState=0 Exten=s
  09:00:00.1  DialBegin      carla > daan  DialString=1004
  09:00:00.2  HangupRequest  daan          Cause=17
  09:00:00.2  DialEnd        carla > daan  DialStatus=BUSY
  09:00:00.2  Hangup         daan          Cause=17
  09:00:00.2  Newexten       carla         Context=ext-local Extension=s-BUSY Priority=1 Application=Hangup AppData=17
  09:00:00.2  Hangup         carla         Cause=17

Calls
  direction  outcome  wait  talk
  internal   busy     0     0
Legs
  extension  outcome  ring
  1004       busy     0
Visits
  group  outcome
