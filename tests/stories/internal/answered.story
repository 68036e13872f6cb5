One extension calls another

Channels
  carla  PJSIP/1003-00000001  1.1      1003
  daan   PJSIP/1004-00000002  1.2 1.1  1004

Events
  09:00:00.0  Newchannel     carla         ChannelState=4 Context=from-internal Exten=1004
  09:00:00.0  Newexten       carla         Context=from-internal Extension=1004 Priority=1 Application=Goto
  09:00:00.0  Newexten       carla         Context=ext-local Extension=1004 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1004,15)
  09:00:00.1  Newchannel     daan          ChannelState=0 Exten=s
  09:00:00.1  DialBegin      carla > daan  DialString=1004
  09:00:04.1  DialEnd        carla > daan  DialStatus=ANSWER
  09:00:04.1  BridgeEnter    daan          BridgeUniqueid=b1
  09:00:04.1  BridgeEnter    carla         BridgeUniqueid=b1
  09:00:14.1  HangupRequest  daan          Cause=16
  09:00:14.1  BridgeLeave    daan          BridgeUniqueid=b1
  09:00:14.1  BridgeLeave    carla         BridgeUniqueid=b1
  09:00:14.1  Hangup         carla         Cause=16
  09:00:14.1  Hangup         daan          Cause=16

Calls
  direction  extension  by    outside  outcome   wait  talk  ended_by
  internal   1003       1004  -        answered  4     10    callee
Legs
  role    extension  outcome   ring  talk
  caller  1003       answered  0     10
  called  1004       answered  4     10
Visits
  group  outcome
Missed
  outside  state
