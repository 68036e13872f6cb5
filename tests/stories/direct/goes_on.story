A conversation that goes on

It is answered, but what it will have been nobody knows yet: neither the call nor the telephone's part in it counts before its end.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel   caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten     caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel   alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin    caller > alice  DialString=1001
  09:00:03.1  DialEnd      caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter  alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter  caller          BridgeUniqueid=b1
  09:00:20.1  Hold         alice           MusicClass=default
  09:00:30.1  Unhold       alice

Calls
  direction  outcome      by    answered
  incoming   in_progress  1001  09:00:03
Legs
  extension  role    outcome      answered  ended
  -          caller  in_progress  09:00:03  -
  1001       called  in_progress  09:00:03  -
