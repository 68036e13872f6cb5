A call is transferred to a voicemail box

A person had answered: it stays an answered call, and no miss.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:03.1  DialEnd        caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:23.1  Unhold         alice
  09:00:23.1  BlindTransfer  Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=*1007
  09:00:23.1  Newexten       caller          Context=from-internal Extension=*1007 Priority=1 Application=Goto
  09:00:23.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:23.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:23.1  Hangup         alice           Cause=16
  09:00:23.1  Newexten       caller          Context=from-internal Extension=*1007 Priority=2 Application=VoiceMail AppData=1007@default,u
  09:00:43.1  HangupRequest  caller
  09:00:43.1  Hangup         caller          Cause=0

Calls
  outcome   by    wait  talk  transfers
  answered  1001  3     20    1
Legs
  kind       extension  outcome   talk
  extension  1001       answered  20
  voicemail  -          diverted  0
Missed
  outside  state
