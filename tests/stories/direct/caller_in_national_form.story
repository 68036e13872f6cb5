The provider gives the caller's number without the country

0612345678 is +31612345678.

Channels
  caller  PJSIP/trunk-00000001  1.1      0612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:03.1  DialEnd        caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:13.1  HangupRequest  caller          Cause=16
  09:00:13.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:13.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:13.1  Hangup         alice           Cause=16
  09:00:13.1  Hangup         caller          Cause=16

Calls
  caller        outside       outcome
  +31612345678  +31612345678  answered
Missed
  outside  state
