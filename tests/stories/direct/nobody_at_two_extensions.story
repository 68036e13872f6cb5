Two extensions one after the other, and nobody answers

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  femke   PJSIP/1006-00000002   1.2 1.1  1006
  gijs    PJSIP/1007-00000003   1.3 1.1  1007

Events
  09:00:00.0  Newchannel  caller          ChannelState=4 Context=from-trunk Exten=+31201230006
  09:00:00.0  Newexten    caller          Context=from-trunk Extension=+31201230006 Priority=1 Application=Set AppData=FROM_DID=+31201230006
  09:00:00.0  Newexten    caller          Context=ext-local Extension=1006 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1006,15)
  09:00:00.1  Newchannel  femke           ChannelState=0 Exten=s
  09:00:00.1  DialBegin   caller > femke  DialString=1006
  09:00:06.1  DialEnd     caller > femke  DialStatus=NOANSWER
  09:00:06.1  Hangup      femke           Cause=0
  09:00:06.1  Newchannel  gijs            ChannelState=0 Exten=s
  09:00:06.1  DialBegin   caller > gijs   DialString=1007
  09:00:12.1  DialEnd     caller > gijs   DialStatus=NOANSWER
  09:00:12.1  Hangup      gijs            Cause=0
  09:00:12.1  Hangup      caller          Cause=16

Calls
  direction  outcome    by  wait  talk
  incoming   timed_out  -   12    0
Legs
  extension  outcome  ring  talk
  1006       missed   6     0
  1007       missed   6     0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
