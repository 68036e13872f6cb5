A call goes on over midnight

It belongs to the day on which it started, whole.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  2026-11-23 23:59:40.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  2026-11-23 23:59:40.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  2026-11-23 23:59:40.0  Newchannel     alice           ChannelState=0 Exten=s
  2026-11-23 23:59:40.0  DialBegin      caller > alice  DialString=1001
  2026-11-23 23:59:45.0  DialEnd        caller > alice  DialStatus=ANSWER
  2026-11-23 23:59:45.0  BridgeEnter    alice           BridgeUniqueid=b1
  2026-11-23 23:59:45.0  BridgeEnter    caller          BridgeUniqueid=b1
  2026-11-24 00:00:45.0  HangupRequest  caller          Cause=16
  2026-11-24 00:00:45.0  BridgeLeave    caller          BridgeUniqueid=b1
  2026-11-24 00:00:45.0  BridgeLeave    alice           BridgeUniqueid=b1
  2026-11-24 00:00:45.0  Hangup         alice           Cause=16
  2026-11-24 00:00:45.0  Hangup         caller          Cause=16

Calls
  started              answered  ended                outcome   wait  talk
  2026-11-23T23:59:40  23:59:45  2026-11-24T00:00:45  answered  5     60
Missed
  outside  state
