The called telephone is not registered

Asterisk has no telephone to ring: there is no channel and no DialBegin at all, only the end with cause 20.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel  caller  ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten    caller  Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten    caller  Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newexten    caller  Context=ext-local Extension=s-CHANUNAVAIL Priority=1 Application=Hangup AppData=20
  09:00:00.1  Hangup      caller  Cause=20

Calls
  direction  outcome  wait  talk
  incoming   failed   0     0
Legs
  extension  outcome  ring  talk
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
