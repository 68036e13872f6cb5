A serial hunt group: the first does not answer, the second does

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  bram    PJSIP/1002-00000002   1.2 1.1  1002
  carla   PJSIP/1003-00000003   1.3 1.1  1003

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230003
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230003 Priority=1 Application=Set AppData=FROM_DID=+31201230003
  09:00:00.0  Newexten       caller          Context=ext-group Extension=600 Priority=1 Application=Dial AppData=PJSIP/1002,8,HhTtr
  09:00:00.1  Newchannel     bram            ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > bram   DialString=1002
  09:00:08.1  DialEnd        caller > bram   DialStatus=NOANSWER
  09:00:08.1  Hangup         bram            Cause=0
  09:00:08.1  Newexten       caller          Context=ext-group Extension=600 Priority=2 Application=Dial AppData=PJSIP/1003,8,HhTtr
  09:00:08.1  Newchannel     carla           ChannelState=0 Exten=s
  09:00:08.1  DialBegin      caller > carla  DialString=1003
  09:00:10.1  DialEnd        caller > carla  DialStatus=ANSWER
  09:00:10.1  BridgeEnter    carla           BridgeUniqueid=b1
  09:00:10.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:40.1  HangupRequest  caller          Cause=16
  09:00:40.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:40.1  BridgeLeave    carla           BridgeUniqueid=b1
  09:00:40.1  Hangup         carla           Cause=16
  09:00:40.1  Hangup         caller          Cause=16

Calls
  outcome   group  by    wait  talk
  answered  600    1003  10    30
Legs
  extension  group  outcome   ring  talk
  1002       600    diverted  8     0
  1003       600    answered  2     30
Visits
  group  outcome   wait  talk
  600    answered  10    30
