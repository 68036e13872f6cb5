The clock goes forward during a call

29 March 2026: at 02:00 winter time it is 03:00 summer time. The caller waits five seconds, not an hour.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  2026-03-29 01:59:57.0+01:00  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  2026-03-29 01:59:57.0+01:00  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  2026-03-29 01:59:57.0+01:00  Newchannel     alice           ChannelState=0 Exten=s
  2026-03-29 01:59:57.0+01:00  DialBegin      caller > alice  DialString=1001
  2026-03-29 03:00:02.0+02:00  DialEnd        caller > alice  DialStatus=ANSWER
  2026-03-29 03:00:02.0+02:00  BridgeEnter    alice           BridgeUniqueid=b1
  2026-03-29 03:00:02.0+02:00  BridgeEnter    caller          BridgeUniqueid=b1
  2026-03-29 03:00:32.0+02:00  HangupRequest  caller          Cause=16
  2026-03-29 03:00:32.0+02:00  BridgeLeave    caller          BridgeUniqueid=b1
  2026-03-29 03:00:32.0+02:00  BridgeLeave    alice           BridgeUniqueid=b1
  2026-03-29 03:00:32.0+02:00  Hangup         alice           Cause=16
  2026-03-29 03:00:32.0+02:00  Hangup         caller          Cause=16

Calls
  started                    answered        ended           outcome   wait  talk  duration
  2026-03-29T01:59:57+01:00  03:00:02+02:00  03:00:32+02:00  answered  5     30    30
Missed
  outside  state
