A blind transfer that nobody answers

The call was answered once and stays an answered call.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  carla   PJSIP/1003-00000003   1.3 1.1  1003

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:03.1  DialEnd        caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:23.1  Unhold         alice
  09:00:23.1  BlindTransfer  Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=1003
  09:00:23.1  Newexten       caller          Context=from-internal Extension=1003 Priority=1 Application=Goto
  09:00:23.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:23.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:23.1  Hangup         alice           Cause=16
  09:00:23.1  Newchannel     carla           ChannelState=0 Exten=s
  09:00:23.1  DialBegin      caller > carla  DialString=1003
  09:00:38.1  DialEnd        caller > carla  DialStatus=NOANSWER
  09:00:38.1  Hangup         carla           Cause=0
  09:00:38.1  Newexten       caller          Context=ext-local Extension=s-NOANSWER Priority=1 Application=Hangup AppData=19
  09:00:38.1  Hangup         caller          Cause=19

Calls
  outcome   by    wait  talk  transfers  ended_by
  answered  1001  3     20    1          pbx
Legs
  extension  outcome   ring  talk
  1001       answered  3     20
  1003       missed    15    0
Missed
  outside  state
