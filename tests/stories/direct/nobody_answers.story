Nobody answers and the telephone system ends the call

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel  caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten    caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten    caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel  alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin   caller > alice  DialString=1001
  09:00:15.1  DialEnd     caller > alice  DialStatus=NOANSWER
  09:00:15.1  Hangup      alice           Cause=0
  09:00:15.1  Newexten    caller          Context=ext-local Extension=s-NOANSWER Priority=1 Application=Hangup AppData=19
  09:00:15.1  Hangup      caller          Cause=19

Calls
  direction  outcome    wait  talk  ended_by
  incoming   timed_out  15    0     pbx
Legs
  extension  outcome  ring  talk
  1001       missed   15    0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
