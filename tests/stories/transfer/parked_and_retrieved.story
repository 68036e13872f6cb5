A call is parked and retrieved at another extension

Nobody talks to a parked caller.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  bram    PJSIP/1002-00000003   1.3      1002

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:03.1  DialEnd        caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:23.1  BlindTransfer  Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=700
  09:00:23.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:23.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:23.1  BridgeEnter    caller          BridgeUniqueid=park BridgeTechnology=holding_bridge
  09:00:23.1  ParkedCall     Parkee:caller   ParkerDialString=PJSIP/1001 Parkinglot=default ParkingSpace=701 ParkingTimeout=45 ParkingDuration=0
  09:00:23.1  Hangup         alice           Cause=16
  09:00:38.0  Newchannel     bram            ChannelState=4 Context=from-internal Exten=701
  09:00:38.0  Newexten       bram            Context=parkedcalls Extension=701 Priority=1 Application=ParkedCall AppData=default,701
  09:00:38.1  UnParkedCall   Parkee:caller Retriever:bram  ParkerDialString=PJSIP/1001 Parkinglot=default ParkingSpace=701 ParkingTimeout=30 ParkingDuration=15
  09:00:38.1  BridgeLeave    caller          BridgeUniqueid=park BridgeTechnology=holding_bridge
  09:00:38.1  BridgeEnter    bram            BridgeUniqueid=b2 Linkedid=1.1
  09:00:38.1  BridgeEnter    caller          BridgeUniqueid=b2
  09:01:08.1  HangupRequest  caller          Cause=16
  09:01:08.1  BridgeLeave    caller          BridgeUniqueid=b2
  09:01:08.1  BridgeLeave    bram            BridgeUniqueid=b2 Linkedid=1.1
  09:01:08.1  Hangup         caller          Cause=16
  09:01:08.1  Hangup         bram            Cause=16 Linkedid=1.1

Calls
  direction  outcome   by    wait  talk  duration
  incoming   answered  1001  3     50    65
Legs
  extension  outcome   talk
  1001       answered  20
  1002       answered  30
Missed
  outside  state
