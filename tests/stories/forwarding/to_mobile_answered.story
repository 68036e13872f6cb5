A forwarded call is answered on a mobile telephone

The extension is forwarded by the telephone system (*72): the caller is put through to an outside number. Answered outside is shown
apart: no extension answered it.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  mobile  PJSIP/trunk-00000002  1.2 1.1  0687654321

Events
  09:00:00.0  Newchannel     caller           ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller           Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller           Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.0  Newexten       caller           Context=outbound Extension=0687654321 Priority=1 Application=Set
  09:00:00.1  Newchannel     mobile           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      caller > mobile  DialString=0687654321@trunk
  09:00:06.1  DialEnd        caller > mobile  DialStatus=ANSWER
  09:00:06.1  BridgeEnter    mobile           BridgeUniqueid=b1
  09:00:06.1  BridgeEnter    caller           BridgeUniqueid=b1
  09:00:36.1  HangupRequest  caller           Cause=16
  09:00:36.1  BridgeLeave    caller           BridgeUniqueid=b1
  09:00:36.1  BridgeLeave    mobile           BridgeUniqueid=b1
  09:00:36.1  Hangup         mobile           Cause=16
  09:00:36.1  Hangup         caller           Cause=16

Calls
  direction  caller        outside       outcome           by  wait  talk
  incoming   +31612345678  +31612345678  answered_outside  -   6     30
Legs
  kind     extension  number        outcome   ring  talk
  outside  -          +31687654321  answered  6     30
Missed
  outside  state
