A caller reaches an extension by its direct number

Channels
  caller  PJSIP/trunk-00000001  1.1       +31612345678
  alice   PJSIP/1001-00000002   1.2  1.1  1001

Events
  09:00:00.0  Newchannel     caller          Exten=+31201230002 Context=from-trunk ChannelState=4
  09:00:00.1  Newchannel     alice           Exten=s ChannelState=0
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:04.1  DialEnd        caller > alice  DialStatus=ANSWER
  09:00:04.1  BridgeEnter    alice           BridgeUniqueid=b1
  09:00:04.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:34.1  HangupRequest  caller
  09:00:34.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:34.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:34.1  Hangup         alice           Cause=16
  09:00:34.2  Hangup         caller          Cause=16

Calls
  started   direction  caller        ddi           outcome   by    wait  ring  talk  hold  transfers  ended_by
  09:00:00  incoming   +31612345678  +31201230002  answered  1001     4     4    30     0          0  caller
Legs
  kind       role    extension  outcome   ring  talk
  outside    caller  -          answered     0    30
  extension  called  1001       answered     4    30
Visits
  contact_group  outcome
Missed
  started  state
