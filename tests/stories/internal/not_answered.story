One extension calls another and nobody answers

Channels
  carla  PJSIP/1003-00000001  1.1      1003
  daan   PJSIP/1004-00000002  1.2 1.1  1004

Events
  09:00:00.0  Newchannel  carla         ChannelState=4 Context=from-internal Exten=1004
  09:00:00.0  Newexten    carla         Context=from-internal Extension=1004 Priority=1 Application=Goto
  09:00:00.0  Newexten    carla         Context=ext-local Extension=1004 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1004,15)
  09:00:00.1  Newchannel  daan          ChannelState=0 Exten=s
  09:00:00.1  DialBegin   carla > daan  DialString=1004
  09:00:15.1  DialEnd     carla > daan  DialStatus=NOANSWER
  09:00:15.1  Hangup      daan          Cause=0
  09:00:15.1  Newexten    carla         Context=ext-local Extension=s-NOANSWER Priority=1 Application=Hangup AppData=19
  09:00:15.1  Hangup      carla         Cause=19

Calls
  direction  outcome    wait  talk
  internal   no_answer  15    0
Legs
  extension  outcome  ring
  1004       missed   15
Visits
  group  outcome
Missed
  outside  state
