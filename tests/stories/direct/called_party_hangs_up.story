The called party ends the conversation

The ring lasts 2.5 seconds: halves are rounded up.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:02.6  DialEnd        caller > alice  DialStatus=ANSWER
  09:00:02.6  BridgeEnter    alice           BridgeUniqueid=b1
  09:00:02.6  BridgeEnter    caller          BridgeUniqueid=b1
  09:01:02.6  HangupRequest  alice           Cause=16
  09:01:02.6  BridgeLeave    alice           BridgeUniqueid=b1
  09:01:02.6  BridgeLeave    caller          BridgeUniqueid=b1
  09:01:02.6  Hangup         caller          Cause=16
  09:01:02.6  Hangup         alice           Cause=16

Calls
  direction  outcome   by    wait  talk  duration  ended_by
  incoming   answered  1001  3     60    60        callee
Legs
  extension  outcome   ring  talk
  1001       answered  3     60
Visits
  group  outcome
Missed
  outside  state
