The provider sends all calls to one destination and names the line apart

The line called stands in a variable (FROM_DID), not in what was dialled.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=s
  09:00:00.0  VarSet         caller          ChannelState=4 Exten=s Variable=FROM_DID Value=+31201230002
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
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
  direction  ddi           called        outcome   by
  incoming   +31201230002  +31201230002  answered  1001
Missed
  outside  state
