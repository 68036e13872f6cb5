Two callers at the same time on one extension

The second rings while the first is in conversation, and is answered on the second line while the first is held.

Channels
  caller        PJSIP/trunk-00000001  1.1      +31612345678
  alice         PJSIP/1001-00000002   1.2 1.1  1001
  second        PJSIP/trunk-00000003  1.3      +31687654321
  alice_second  PJSIP/1001-00000004   1.4 1.3  1001

Events
  09:00:00.0  Newchannel     caller                 ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller                 Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller                 Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice                  ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice         DialString=1001
  09:00:03.1  DialEnd        caller > alice         DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice                  BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller                 BridgeUniqueid=b1
  09:00:10.0  Newchannel     second                 ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:10.0  Newexten       second                 Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:10.0  Newexten       second                 Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:10.1  Newchannel     alice_second           ChannelState=0 Exten=s
  09:00:10.1  DialBegin      second > alice_second  DialString=1001
  09:00:15.1  Hold           alice                  MusicClass=default
  09:00:15.1  DialEnd        second > alice_second  DialStatus=ANSWER
  09:00:15.1  BridgeEnter    alice_second           BridgeUniqueid=b2
  09:00:15.1  BridgeEnter    second                 BridgeUniqueid=b2
  09:00:25.1  HangupRequest  second                 Cause=16
  09:00:25.1  BridgeLeave    second                 BridgeUniqueid=b2
  09:00:25.1  BridgeLeave    alice_second           BridgeUniqueid=b2
  09:00:25.1  Hangup         alice_second           Cause=16
  09:00:25.1  Hangup         second                 Cause=16
  09:00:26.1  Unhold         alice
  09:00:40.1  HangupRequest  caller                 Cause=16
  09:00:40.1  BridgeLeave    caller                 BridgeUniqueid=b1
  09:00:40.1  BridgeLeave    alice                  BridgeUniqueid=b1
  09:00:40.1  Hangup         alice                  Cause=16
  09:00:40.1  Hangup         caller                 Cause=16

Calls
  started   caller        outcome   by    wait  talk  hold
  09:00:00  +31612345678  answered  1001  3     37    11
  09:00:10  +31687654321  answered  1001  5     10    0
Legs
  extension  outcome   ring  talk  hold
  1001       answered  3     37    11
  1001       answered  5     10    0
Visits
  group  outcome
