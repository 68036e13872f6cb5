A parked call comes back to who parked it

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  alice        PJSIP/1001-00000002   1.2 1.1  1001
  alice_again  PJSIP/1001-00000003   1.3 1.1  1001

Events
  09:00:00.0  Newchannel         caller                ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten           caller                Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten           caller                Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel         alice                 ChannelState=0 Exten=s
  09:00:00.1  DialBegin          caller > alice        DialString=1001
  09:00:03.1  DialEnd            caller > alice        DialStatus=ANSWER
  09:00:03.1  BridgeEnter        alice                 BridgeUniqueid=b1
  09:00:03.1  BridgeEnter        caller                BridgeUniqueid=b1
  09:00:23.1  BlindTransfer      Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=700
  09:00:23.1  BridgeLeave        caller                BridgeUniqueid=b1
  09:00:23.1  BridgeLeave        alice                 BridgeUniqueid=b1
  09:00:23.1  BridgeEnter        caller                BridgeUniqueid=park BridgeTechnology=holding_bridge
  09:00:23.1  ParkedCall         Parkee:caller         ParkerDialString=PJSIP/1001 Parkinglot=default ParkingSpace=701 ParkingTimeout=45 ParkingDuration=0
  09:00:23.1  Hangup             alice                 Cause=16
  09:01:08.1  ParkedCallTimeOut  Parkee:caller         ParkerDialString=PJSIP/1001 Parkinglot=default ParkingSpace=701 ParkingTimeout=0 ParkingDuration=45
  09:01:08.1  BridgeLeave        caller                BridgeUniqueid=park BridgeTechnology=holding_bridge
  09:01:08.1  Newexten           caller                Context=park-dial Extension=PJSIP/1001 Priority=1 Application=Dial AppData=PJSIP/1001,30
  09:01:08.1  Newchannel         alice_again           ChannelState=0 Exten=s
  09:01:08.1  DialBegin          caller > alice_again  DialString=1001
  09:01:12.1  DialEnd            caller > alice_again  DialStatus=ANSWER
  09:01:12.1  BridgeEnter        alice_again           BridgeUniqueid=b2
  09:01:12.1  BridgeEnter        caller                BridgeUniqueid=b2
  09:01:22.1  HangupRequest      alice_again           Cause=16
  09:01:22.1  BridgeLeave        alice_again           BridgeUniqueid=b2
  09:01:22.1  BridgeLeave        caller                BridgeUniqueid=b2
  09:01:22.1  Hangup             caller                Cause=16
  09:01:22.1  Hangup             alice_again           Cause=16

Calls
  direction  outcome   by    wait  talk  duration
  incoming   answered  1001  3     30    79
Legs
  extension  outcome   ring  talk
  1001       answered  3     20
  1001       answered  4     10
