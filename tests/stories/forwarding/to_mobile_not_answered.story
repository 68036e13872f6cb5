A call forwarded to a mobile telephone is not answered there

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  mobile  PJSIP/trunk-00000002  1.2 1.1  0687654321

Events
  09:00:00.0  Newchannel  caller           ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten    caller           Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten    caller           Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.0  Newexten    caller           Context=outbound Extension=0687654321 Priority=1 Application=Set
  09:00:00.1  Newchannel  mobile           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin   caller > mobile  DialString=0687654321@trunk
  09:00:20.1  DialEnd     caller > mobile  DialStatus=NOANSWER
  09:00:20.1  Hangup      mobile           Cause=0
  09:00:20.1  Hangup      caller           Cause=19

Calls
  direction  outcome    by  wait  talk
  incoming   timed_out  -   20    0
Legs
  kind     outcome  ring
  outside  missed   20
Missed
  outside       state
  +31612345678  open
