A blind transfer to a hunt group

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  bram    PJSIP/1002-00000003   1.3 1.1  1002
  carla   PJSIP/1003-00000004   1.4 1.1  1003

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
  09:00:23.1  BlindTransfer  Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=600
  09:00:23.1  Newexten       caller          Context=from-internal Extension=600 Priority=1 Application=Goto
  09:00:23.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:23.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:23.1  Hangup         alice           Cause=16
  09:00:23.1  Newexten       caller          Context=ext-group Extension=600 Priority=1 Application=Dial AppData=PJSIP/1002&PJSIP/1003,12,HhTtr
  09:00:23.1  Newchannel     bram            ChannelState=0 Exten=s
  09:00:23.1  Newchannel     carla           ChannelState=0 Exten=s
  09:00:23.2  DialBegin      caller > bram   DialString=1002
  09:00:23.2  DialBegin      caller > carla  DialString=1003
  09:00:27.2  DialEnd        caller > bram   DialStatus=CANCEL
  09:00:27.2  DialEnd        caller > carla  DialStatus=ANSWER
  09:00:27.2  Hangup         bram            Cause=26
  09:00:27.2  BridgeEnter    carla           BridgeUniqueid=b2
  09:00:27.2  BridgeEnter    caller          BridgeUniqueid=b2
  09:00:57.2  HangupRequest  caller          Cause=16
  09:00:57.2  BridgeLeave    caller          BridgeUniqueid=b2
  09:00:57.2  BridgeLeave    carla           BridgeUniqueid=b2
  09:00:57.2  Hangup         carla           Cause=16
  09:00:57.2  Hangup         caller          Cause=16

Calls
  outcome   by    group  wait  talk  transfers
  answered  1001  600    3     50    1
Legs
  extension  group  outcome             ring  talk
  1001       -      answered            3     20
  1002       600    answered_elsewhere  4     0
  1003       600    answered            4     30
Visits
  group  entered   outcome   wait
  600    09:00:23  answered  4
Missed
  outside  state
