A blind transfer to an outside number

It stays one incoming call, answered by the first.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  far     PJSIP/trunk-00000003  1.3 1.1  +31201112233

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
  09:00:23.1  BlindTransfer  Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=+31201112233
  09:00:23.1  Newexten       caller          Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:23.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:23.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:23.1  Hangup         alice           Cause=16
  09:00:23.1  Newexten       caller          Context=outbound Extension=+31201112233 Priority=1 Application=Set
  09:00:23.2  Newchannel     far             ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:23.2  DialBegin      caller > far    DialString=+31201112233@trunk
  09:00:28.1  DialEnd        caller > far    DialStatus=ANSWER
  09:00:28.1  BridgeEnter    far             BridgeUniqueid=b2
  09:00:28.1  BridgeEnter    caller          BridgeUniqueid=b2
  09:00:58.1  HangupRequest  far             Cause=16
  09:00:58.1  BridgeLeave    far             BridgeUniqueid=b2
  09:00:58.1  BridgeLeave    caller          BridgeUniqueid=b2
  09:00:58.1  Hangup         caller          Cause=16
  09:00:58.1  Hangup         far             Cause=16

Calls
  direction  caller        outside       outcome   by    wait  talk  transfers
  incoming   +31612345678  +31612345678  answered  1001  3     50    1
Legs
  kind       extension  number        outcome   talk
  extension  1001       1001          answered  20
  outside    -          +31201112233  answered  30
