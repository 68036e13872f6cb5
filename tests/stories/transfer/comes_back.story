A blind transfer that nobody answers comes back

The one who transferred is rung again, and talks to the caller a second time.

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  alice        PJSIP/1001-00000002   1.2 1.1  1001
  carla        PJSIP/1003-00000003   1.3 1.1  1003
  alice_again  PJSIP/1001-00000004   1.4 1.1  1001

Events
  09:00:00.0  Newchannel     caller                ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller                Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller                Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice                 ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice        DialString=1001
  09:00:03.1  DialEnd        caller > alice        DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice                 BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller                BridgeUniqueid=b1
  09:00:23.1  Unhold         alice
  09:00:23.1  BlindTransfer  Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=1003
  09:00:23.1  Newexten       caller                Context=from-internal Extension=1003 Priority=1 Application=Goto
  09:00:23.1  BridgeLeave    caller                BridgeUniqueid=b1
  09:00:23.1  BridgeLeave    alice                 BridgeUniqueid=b1
  09:00:23.1  Hangup         alice                 Cause=16
  09:00:23.2  Newchannel     carla                 ChannelState=0 Exten=s
  09:00:23.2  DialBegin      caller > carla        DialString=1003
  09:00:38.2  DialEnd        caller > carla        DialStatus=NOANSWER
  09:00:38.2  Hangup         carla                 Cause=0
  09:00:38.2  Newchannel     alice_again           ChannelState=0 Exten=s
  09:00:38.2  DialBegin      caller > alice_again  DialString=1001
  09:00:41.2  DialEnd        caller > alice_again  DialStatus=ANSWER
  09:00:41.2  BridgeEnter    alice_again           BridgeUniqueid=b2
  09:00:41.2  BridgeEnter    caller                BridgeUniqueid=b2
  09:00:51.2  HangupRequest  alice_again           Cause=16
  09:00:51.2  BridgeLeave    alice_again           BridgeUniqueid=b2
  09:00:51.2  BridgeLeave    caller                BridgeUniqueid=b2
  09:00:51.2  Hangup         caller                Cause=16
  09:00:51.2  Hangup         alice_again           Cause=16

Calls
  outcome   by    wait  talk  transfers
  answered  1001  3     30    1
Legs
  extension  outcome   ring  talk
  1001       answered  3     20
  1003       diverted  15    0
  1001       answered  3     10
Missed
  outside  state
