A colleague's telephone is forwarded to a mobile

He was called inside: the call is internal, wherever it was answered.

Channels
  carla   PJSIP/1003-00000001   1.1      1003
  mobile  PJSIP/trunk-00000002  1.2 1.1  0687654321

Events
  09:00:00.0  Newchannel     carla           ChannelState=4 Context=from-internal Exten=1007
  09:00:00.0  Newexten       carla           Context=from-internal Extension=1007 Priority=1 Application=Goto
  09:00:00.0  Newexten       carla           Context=ext-local Extension=1007 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1007,15)
  09:00:00.0  Newexten       carla           Context=outbound Extension=0687654321 Priority=1 Application=Set
  09:00:00.1  Newchannel     mobile          ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      carla > mobile  DialString=0687654321@trunk
  09:00:06.1  DialEnd        carla > mobile  DialStatus=ANSWER
  09:00:06.1  BridgeEnter    mobile          BridgeUniqueid=b1
  09:00:06.1  BridgeEnter    carla           BridgeUniqueid=b1
  09:00:16.1  HangupRequest  carla           Cause=16
  09:00:16.1  BridgeLeave    carla           BridgeUniqueid=b1
  09:00:16.1  BridgeLeave    mobile          BridgeUniqueid=b1
  09:00:16.1  Hangup         mobile          Cause=16
  09:00:16.1  Hangup         carla           Cause=16

Calls
  direction  extension  called  outcome   wait  talk
  internal   1003       1007    answered  6     10
Missed
  outside  state
